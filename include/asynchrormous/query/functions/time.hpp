// Parts of dates and times, dates and times cut to a unit, the server's clock; by Django's names.
//     ExtractYear(F<"published">)   TruncMonth(F<"added">, "Europe/Warsaw")
// A timestamptz is an instant: its parts are those in the zone that is given, else in UTC, whatever zone the
// session is in. PostgreSQL documentation: 9.9 Date/Time Functions.
#pragma once

#include <asynchrormous/query/call.hpp>

#include <cstdint>

namespace orm::inline v0 {

// What the error about a zone spells. False.
template <class Argument>
struct zone_without_instant {
    static constexpr bool value = false;
};

namespace query_detail {

struct in_utc {
    template <class>
    static constexpr bool valid_in() {
        return true;
    }
    template <class>
    static sql::expression_ptr bind() {
        return nullptr;
    }
};

// An instant as local time, or local time as an instant. No zone: UTC.
ORM_EXPORT sql::expression_ptr at_zone(sql::expression_ptr of, sql::expression_ptr zone, bool local);

enum class time_result : std::uint8_t { number, date, same };

// Text has {0} where the argument goes: a date, or local time.
template <reflect::fixed_string Text, time_result Result, class E, class Zone>
struct time_expression : expression_methods<time_expression<Text, Result, E, Zone>> {
    E of;
    Zone zone;

    constexpr time_expression(E e, Zone z) : of(std::move(e)), zone(std::move(z)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        if constexpr (!E::template valid_in<Scope>() || !Zone::template valid_in<Scope>()) {
            return false;
        } else if constexpr (!check_argument<Text, any_date, argument<Scope>>()) {
            return false;
        } else {
            constexpr bool fits = std::is_same_v<Zone, in_utc> || is_instant<Scope>;
            static_assert(
                fits || zone_without_instant<argument<Scope>>::value,
                "asynchrormous: only the parts of a timestamptz differ from zone to zone: leave the zone "
                "out; the template argument is the argument's type");
            return fits;
        }
    }
    template <class Scope>
    using type_in = nullable_t<
        std::conditional_t<Result == time_result::number, std::int32_t,
                           std::conditional_t<Result == time_result::date, date,
                                              without_optional<typename E::template type_in<Scope>>>>,
        model_detail::is_optional<typename E::template type_in<Scope>>>;

    template <class Scope>
    sql::expression_ptr bind() const {
        constexpr sql::type type = sql_type_of<type_in<Scope>>;
        sql::expression_ptr argument = of.template bind<Scope>();
        sql::expression_ptr where = zone.template bind<Scope>();
        if constexpr (is_instant<Scope>) argument = at_zone(std::move(argument), where, true);
        sql::expression_ptr made = sql::call({Text.view()}, std::move(argument), type);
        if constexpr (Result != time_result::same)
            return made;
        else if constexpr (is_instant<Scope>)
            return at_zone(std::move(made), std::move(where), false);
        else if constexpr (type.kind == sql::type_kind::date)
            return sql::call({"{0}::date"}, std::move(made), type);
        else
            return made;
    }

private:
    template <class Scope>
    using argument = typename E::template type_in<Scope>;
    template <class Scope>
    static constexpr bool is_instant = std::is_same_v<without_optional<argument<Scope>>, timestamptz>;
};

template <reflect::fixed_string Text, time_result Result, class E>
constexpr auto time_function(E&& of) {
    return time_expression<Text, Result, operand_t<E>, in_utc>(as_expression(std::forward<E>(of)), {});
}
template <reflect::fixed_string Text, time_result Result, class E, class Zone>
constexpr auto time_function(E&& of, Zone&& zone) {
    return time_expression<Text, Result, operand_t<E>, operand_t<Zone>>(
        as_expression(std::forward<E>(of)), as_expression(std::forward<Zone>(zone)));
}

}  // namespace query_detail

// Each takes a date, timestamp or timestamptz, and for the latter a zone by its name: "Europe/Warsaw".
// clang-format off
template <class... A> constexpr auto ExtractYear(A&&... of) { return query_detail::time_function<"EXTRACT(YEAR FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
template <class... A> constexpr auto ExtractIsoYear(A&&... of) { return query_detail::time_function<"EXTRACT(ISOYEAR FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
template <class... A> constexpr auto ExtractQuarter(A&&... of) { return query_detail::time_function<"EXTRACT(QUARTER FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
template <class... A> constexpr auto ExtractMonth(A&&... of) { return query_detail::time_function<"EXTRACT(MONTH FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
// ISO 8601; the week with the year's first Thursday is 1.
template <class... A> constexpr auto ExtractWeek(A&&... of) { return query_detail::time_function<"EXTRACT(WEEK FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
// Sunday is 1, Saturday is 7.
template <class... A> constexpr auto ExtractWeekDay(A&&... of) { return query_detail::time_function<"(EXTRACT(DOW FROM {0})::int + 1)", query_detail::time_result::number>(std::forward<A>(of)...); }
// Monday is 1, Sunday is 7.
template <class... A> constexpr auto ExtractIsoWeekDay(A&&... of) { return query_detail::time_function<"EXTRACT(ISODOW FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
template <class... A> constexpr auto ExtractDay(A&&... of) { return query_detail::time_function<"EXTRACT(DAY FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
template <class... A> constexpr auto ExtractHour(A&&... of) { return query_detail::time_function<"EXTRACT(HOUR FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
template <class... A> constexpr auto ExtractMinute(A&&... of) { return query_detail::time_function<"EXTRACT(MINUTE FROM {0})::int", query_detail::time_result::number>(std::forward<A>(of)...); }
// Cut, not rounded: 59.7 is in second 59.
template <class... A> constexpr auto ExtractSecond(A&&... of) { return query_detail::time_function<"FLOOR(EXTRACT(SECOND FROM {0}))::int", query_detail::time_result::number>(std::forward<A>(of)...); }

// The beginning of the year, …, as a value of the argument's type.
template <class... A> constexpr auto TruncYear(A&&... of) { return query_detail::time_function<"DATE_TRUNC('year', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
template <class... A> constexpr auto TruncQuarter(A&&... of) { return query_detail::time_function<"DATE_TRUNC('quarter', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
template <class... A> constexpr auto TruncMonth(A&&... of) { return query_detail::time_function<"DATE_TRUNC('month', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
// Weeks begin on Monday.
template <class... A> constexpr auto TruncWeek(A&&... of) { return query_detail::time_function<"DATE_TRUNC('week', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
template <class... A> constexpr auto TruncDay(A&&... of) { return query_detail::time_function<"DATE_TRUNC('day', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
template <class... A> constexpr auto TruncHour(A&&... of) { return query_detail::time_function<"DATE_TRUNC('hour', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
template <class... A> constexpr auto TruncMinute(A&&... of) { return query_detail::time_function<"DATE_TRUNC('minute', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
template <class... A> constexpr auto TruncSecond(A&&... of) { return query_detail::time_function<"DATE_TRUNC('second', {0}::timestamp)", query_detail::time_result::same>(std::forward<A>(of)...); }
template <class... A> constexpr auto TruncDate(A&&... of) { return query_detail::time_function<"{0}::date", query_detail::time_result::date>(std::forward<A>(of)...); }

// When the statement began, and when the transaction did: the same in all its statements.
constexpr auto Now() { return query_detail::make_call<"STATEMENT_TIMESTAMP()", fixed<timestamptz>>(); }
constexpr auto TransactionNow() { return query_detail::make_call<"CURRENT_TIMESTAMP", fixed<timestamptz>>(); }
// clang-format on

}  // namespace orm::inline v0
