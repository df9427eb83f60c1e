// dates<"published">(date_part::month), datetimes<"added">(time_part::hour, "Europe/Warsaw"): the distinct
// months, hours, … that a field has, as a QuerySet of their beginnings. NULL is none of them.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/query/annotate.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/query/scope.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/query.hpp>
#include <asynchrormous/sql/timestamp.hpp>

#include <cstdint>
#include <string_view>

namespace orm::inline v0 {

// Weeks begin on Monday.
enum class date_part : std::uint8_t { year, quarter, month, week, day };
enum class time_part : std::uint8_t { hour, minute, second };

enum class date_order : std::uint8_t { ascending, descending };

// What the errors spell. All are false.
template <class Model, reflect::fixed_string Path, class Column>
struct dates_of_no_date {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Path, class Column>
struct datetimes_of_no_time {
    static constexpr bool value = false;
};

namespace query_detail {

// How the distinct beginnings of what `of` has are asked for. An empty zone is UTC; only instants have one.
struct date_question {
    date_part day{};
    std::optional<time_part> hour{};
    std::string_view zone{};
    date_order order{};
};
// The value cut to its part: a date of a date or of what has one, or a value of the same type.
ORM_EXPORT sql::query distinct_dates(const sql::query& rows, sql::expression_ptr of, sql::type kind,
                                     bool as_date, const date_question& asked);

template <class T>
inline constexpr bool has_time = std::is_same_v<T, timestamp> || std::is_same_v<T, timestamptz>;

// dates() takes what has a date, datetimes() what has a time, too.
template <class Scope, reflect::fixed_string Name, bool Dates, class Target = target_in<Scope, Name>>
struct dates_of {
    static constexpr bool check() {
        if constexpr (!Target::valid) {
            return false;
        } else {
            using found = without_optional<typename Target::type>;
            constexpr bool timed = has_time<found>;
            constexpr bool dated = timed || std::is_same_v<found, date>;
            static_assert(!Dates || dated || dates_of_no_date<model_of<Scope>, Name, found>::value,
                          "asynchrormous: dates<…>() are those of a date, timestamp or timestamptz; the "
                          "template arguments are model, name and type");
            static_assert(Dates || timed || datetimes_of_no_time<model_of<Scope>, Name, found>::value,
                          "asynchrormous: datetimes<…>() are those of a timestamp or timestamptz, a date has "
                          "dates<…>(); the template arguments are model, name and type");
            return Dates ? dated : timed;
        }
    }
    static constexpr bool valid = check();

    template <bool Valid, class T>
    struct type_of {
        using type = date;
    };
    template <class T>
    struct type_of<true, T> {
        using type = std::conditional_t<Dates, date, without_optional<typename T::type>>;
    };
    template <class Known>
    struct rows_beside;
    template <class... Known>
    struct rows_beside<entry_list<Known...>> {
        using type = typename rows_with<
            tuples_of,
            typename joined_entries<entry_list<selected_field<Name, typename type_of<valid, Target>::type>>,
                                    typename left_out<Known>::type...>::type>::type;
    };
    using rows = typename rows_beside<typename names_of_scope<Scope>::type>::type;

    static sql::query ask(const sql::query& of, const date_question& asked) {
        if constexpr (valid)
            return distinct_dates(of, Target::reference(),
                                  postgres::codec<without_optional<typename Target::type>>::type, Dates,
                                  asked);
        else
            return of;
    }
};

}  // namespace query_detail

}  // namespace orm::inline v0
