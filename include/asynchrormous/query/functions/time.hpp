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

// The zone's name; null: UTC. And an instant as the local time there.
ORM_EXPORT sql::expression_ptr zone_or_utc(sql::expression_ptr zone);
ORM_EXPORT sql::expression_ptr local_time(sql::expression_ptr of, sql::expression_ptr zone);

// What is smaller than a day.
struct any_moment {
    template <class T>
    static constexpr bool takes = std::is_same_v<T, timestamp> || std::is_same_v<T, timestamptz>;
};

template <class T>
inline constexpr bool is_instant = std::is_same_v<without_optional<T>, timestamptz>;

template <reflect::fixed_string Text, class Kind, class Scope, class E, class Zone>
constexpr bool check_time() {
    if constexpr (!E::template valid_in<Scope>() || !Zone::template valid_in<Scope>()) {
        return false;
    } else if constexpr (!check_argument<Text, Kind, typename E::template type_in<Scope>>()) {
        return false;
    } else if constexpr (std::is_same_v<Zone, in_utc>) {
        return true;
    } else {
        using argument = typename E::template type_in<Scope>;
        static_assert(is_instant<argument> || zone_without_instant<argument>::value,
                      "asynchrormous: only the parts of a timestamptz differ from zone to zone: leave the "
                      "zone out; the template argument is the argument's type");
        if constexpr (!is_instant<argument>)
            return false;
        else
            return check_argument<"AT TIME ZONE", any_text, typename Zone::template type_in<Scope>>();
    }
}

template <class E, class Zone, class Scope>
inline constexpr bool time_is_nullable = model_detail::is_optional<typename E::template type_in<Scope>>;
template <class E, class Zone, class Scope>
    requires(!std::is_same_v<Zone, in_utc>)
inline constexpr bool time_is_nullable<E, Zone, Scope> =
    any_optional<typename E::template type_in<Scope>, typename Zone::template type_in<Scope>>;

// Text has {0} where the argument goes: a date, or local time. Kind: what the argument has to be.
template <reflect::fixed_string Text, class Result, class Kind, class E, class Zone>
struct part_of_time : expression_methods<part_of_time<Text, Result, Kind, E, Zone>> {
    E of;
    Zone zone;

    constexpr part_of_time(E e, Zone z) : of(std::move(e)), zone(std::move(z)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        return check_time<Text, Kind, Scope, E, Zone>();
    }
    template <class Scope>
    using type_in = nullable_t<Result, time_is_nullable<E, Zone, Scope>>;

    template <class Scope>
    sql::expression_ptr bind() const {
        sql::expression_ptr argument = of.template bind<Scope>();
        if constexpr (is_instant<typename E::template type_in<Scope>>)
            argument = local_time(std::move(argument), zone.template bind<Scope>());
        return sql::call({Text.view()}, std::move(argument), sql_type_of<Result>);
    }
};

// Text is DATE_TRUNC of a unit; an instant brings its zone, which knows which of two equal local hours it is.
template <reflect::fixed_string Text, class Kind, class E, class Zone>
struct truncated_time : expression_methods<truncated_time<Text, Kind, E, Zone>> {
    E of;
    Zone zone;

    constexpr truncated_time(E e, Zone z) : of(std::move(e)), zone(std::move(z)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        return check_time<Text, Kind, Scope, E, Zone>();
    }
    template <class Scope>
    using type_in = nullable_t<typename E::template type_in<Scope>, time_is_nullable<E, Zone, Scope>>;

    template <class Scope>
    sql::expression_ptr bind() const {
        constexpr sql::type type = sql_type_of<type_in<Scope>>;
        sql::expression_ptr argument = of.template bind<Scope>();
        if constexpr (is_instant<type_in<Scope>>)
            return sql::call({Text.view()}, {std::move(argument), zone_or_utc(zone.template bind<Scope>())},
                             type);
        else if constexpr (type.kind == sql::type_kind::date)
            return sql::call(
                {"{0}::date"},
                sql::call({Text.view()}, sql::call({"{0}::timestamp"}, std::move(argument), {}), {}), type);
        else
            return sql::call({Text.view()}, std::move(argument), type);
    }
};

template <reflect::fixed_string Text, class Result, class Kind, class E>
constexpr auto part_of(E&& of) {
    return part_of_time<Text, Result, Kind, operand_t<E>, in_utc>(as_expression(std::forward<E>(of)), {});
}
template <reflect::fixed_string Text, class Result, class Kind, class E, class Zone>
constexpr auto part_of(E&& of, Zone&& zone) {
    return part_of_time<Text, Result, Kind, operand_t<E>, operand_t<Zone>>(
        as_expression(std::forward<E>(of)), as_expression(std::forward<Zone>(zone)));
}
template <reflect::fixed_string Text, class Kind, class E>
constexpr auto truncate(E&& of) {
    return truncated_time<Text, Kind, operand_t<E>, in_utc>(as_expression(std::forward<E>(of)), {});
}
template <reflect::fixed_string Text, class Kind, class E, class Zone>
constexpr auto truncate(E&& of, Zone&& zone) {
    return truncated_time<Text, Kind, operand_t<E>, operand_t<Zone>>(as_expression(std::forward<E>(of)),
                                                                     as_expression(std::forward<Zone>(zone)));
}

}  // namespace query_detail

// Each takes a date, timestamp or timestamptz, and for the latter a zone by its name: "Europe/Warsaw". A date
// has no hours.
// clang-format off
template <class E, class... Zone> constexpr auto ExtractYear(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(YEAR FROM {0})::int", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto ExtractIsoYear(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(ISOYEAR FROM {0})::int", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto ExtractQuarter(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(QUARTER FROM {0})::int", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto ExtractMonth(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(MONTH FROM {0})::int", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
// ISO 8601; the week with the year's first Thursday is 1.
template <class E, class... Zone> constexpr auto ExtractWeek(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(WEEK FROM {0})::int", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
// Sunday is 1, Saturday is 7.
template <class E, class... Zone> constexpr auto ExtractWeekDay(E&& of, Zone&&... zone) { return query_detail::part_of<"(EXTRACT(DOW FROM {0})::int + 1)", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
// Monday is 1, Sunday is 7.
template <class E, class... Zone> constexpr auto ExtractIsoWeekDay(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(ISODOW FROM {0})::int", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto ExtractDay(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(DAY FROM {0})::int", std::int32_t, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto ExtractHour(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(HOUR FROM {0})::int", std::int32_t, query_detail::any_moment>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto ExtractMinute(E&& of, Zone&&... zone) { return query_detail::part_of<"EXTRACT(MINUTE FROM {0})::int", std::int32_t, query_detail::any_moment>(std::forward<E>(of), std::forward<Zone>(zone)...); }
// Cut, not rounded: 59.7 is in second 59.
template <class E, class... Zone> constexpr auto ExtractSecond(E&& of, Zone&&... zone) { return query_detail::part_of<"FLOOR(EXTRACT(SECOND FROM {0}))::int", std::int32_t, query_detail::any_moment>(std::forward<E>(of), std::forward<Zone>(zone)...); }

// The beginning of the year, …, as a value of the argument's type.
template <class E, class... Zone> constexpr auto TruncYear(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('year', {*})", any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto TruncQuarter(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('quarter', {*})", any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto TruncMonth(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('month', {*})", any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
// Weeks begin on Monday.
template <class E, class... Zone> constexpr auto TruncWeek(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('week', {*})", any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto TruncDay(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('day', {*})", any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto TruncHour(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('hour', {*})", query_detail::any_moment>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto TruncMinute(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('minute', {*})", query_detail::any_moment>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto TruncSecond(E&& of, Zone&&... zone) { return query_detail::truncate<"DATE_TRUNC('second', {*})", query_detail::any_moment>(std::forward<E>(of), std::forward<Zone>(zone)...); }
template <class E, class... Zone> constexpr auto TruncDate(E&& of, Zone&&... zone) { return query_detail::part_of<"{0}::date", date, any_date>(std::forward<E>(of), std::forward<Zone>(zone)...); }

// When the statement began, and when the transaction did: the same in all its statements.
constexpr auto Now() { return query_detail::make_call<"STATEMENT_TIMESTAMP()", fixed<timestamptz>>(); }
constexpr auto TransactionNow() { return query_detail::make_call<"CURRENT_TIMESTAMP", fixed<timestamptz>>(); }
// clang-format on

}  // namespace orm::inline v0
