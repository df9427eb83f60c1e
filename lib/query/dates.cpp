#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/dates.hpp>

#include <array>
#include <string>

namespace orm::inline v0::query_detail {

namespace {

// PostgreSQL documentation: 9.9.2 date_trunc. With a zone it knows which of two equal local hours it is.
struct cut {
    std::string_view text;
    std::string_view in_utc;
    std::string_view in_zone;
};

#define ORM_CUT(part)                                                                \
    {"DATE_TRUNC('" part "', {0}::timestamp)", "DATE_TRUNC('" part "', {0}, 'UTC')", \
     "DATE_TRUNC('" part "', {0}, {1})"}
constexpr std::array<cut, 5> date_cuts{
    {ORM_CUT("year"), ORM_CUT("quarter"), ORM_CUT("month"), ORM_CUT("week"), ORM_CUT("day")}};
constexpr std::array<cut, 3> time_cuts{{ORM_CUT("hour"), ORM_CUT("minute"), ORM_CUT("second")}};
#undef ORM_CUT

const cut& cut_of(const date_question& asked) {
    return asked.hour ? time_cuts.at(static_cast<std::size_t>(*asked.hour))
                      : date_cuts.at(static_cast<std::size_t>(asked.day));
}

sql::expression_ptr zone_name(std::string_view zone) {
    sql::parameter name{postgres::codec<std::string>::type, std::string()};
    postgres::codec<std::string>::encode(std::string(zone), *name.bytes);
    return sql::value(std::move(name));
}

// A null pointer is UTC.
sql::expression_ptr truncated(sql::expression_ptr of, sql::type kind, const cut& to,
                              const sql::expression_ptr& zone) {
    if (kind.kind != sql::type_kind::timestamptz) return sql::call({to.text}, std::move(of), kind);
    if (!zone) return sql::call({to.in_utc}, std::move(of), kind);
    return sql::call({to.in_zone}, {std::move(of), zone}, kind);
}

sql::expression_ptr date_of(sql::expression_ptr of, sql::type kind, const sql::expression_ptr& zone) {
    constexpr sql::type type = postgres::codec<date>::type;
    if (kind.kind != sql::type_kind::timestamptz) return sql::call({"({0})::date"}, std::move(of), type);
    if (!zone) return sql::call({"({0} AT TIME ZONE 'UTC')::date"}, std::move(of), type);
    return sql::call({"({0} AT TIME ZONE {1})::date"}, {std::move(of), zone}, type);
}

}  // namespace

sql::query distinct_dates(const sql::query& rows, sql::expression_ptr of, sql::type kind, bool as_date,
                          const date_question& asked) {
    const sql::expression_ptr zone = asked.zone.empty() ? nullptr : zone_name(asked.zone);
    sql::expression_ptr what = truncated(of, kind, cut_of(asked), zone);
    if (as_date) what = date_of(std::move(what), kind, zone);
    return rows.filter(sql::is_null(std::move(of), false))
        .select({{{}, what}})
        .distinct()
        .order_by({{what, asked.order == date_order::descending, true}});
}

}  // namespace orm::inline v0::query_detail
