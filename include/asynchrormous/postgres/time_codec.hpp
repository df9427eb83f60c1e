// Times of day and intervals. PostgreSQL counts a zone's offset west of Greenwich (date.c, interval_send).
#pragma once

#include <asynchrormous/postgres/number_codec.hpp>
#include <asynchrormous/sql/interval.hpp>
#include <asynchrormous/sql/time_of_day.hpp>

#include <string>

namespace orm::inline v0::postgres {

template <>
struct ORM_EXPORT codec<time_of_day> {
    static constexpr sql::type type{sql::type_kind::time};

    static void encode(time_of_day value, std::string& out) { wire::append(out, value.to_postgres()); }
    static time_of_day decode(field_view field);
};

template <>
struct ORM_EXPORT codec<time_of_day_tz> {
    static constexpr sql::type type{sql::type_kind::timetz};

    static void encode(const time_of_day_tz& value, std::string& out);
    static time_of_day_tz decode(field_view field);
};

template <>
struct ORM_EXPORT codec<interval> {
    static constexpr sql::type type{sql::type_kind::interval};

    static void encode(const interval& value, std::string& out);
    static interval decode(field_view field);
};

}  // namespace orm::inline v0::postgres
