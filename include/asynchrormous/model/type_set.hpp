// Sets of PostgreSQL types: which ones a lookup or a transform is for.
#pragma once

#include <asynchrormous/sql/type.hpp>

#include <cstdint>
#include <initializer_list>

namespace orm::inline v0 {

class type_set {
public:
    constexpr type_set() = default;
    constexpr type_set(std::initializer_list<sql::type_kind> kinds) {
        for (const sql::type_kind kind : kinds) scalars_ |= bit(kind);
    }

    constexpr bool has(sql::type type) const {
        return ((type.array ? arrays_ : scalars_) & bit(type.kind)) != 0;
    }
    // Arrays of these types, instead of the types themselves.
    constexpr type_set as_arrays() const { return {0, scalars_}; }

    friend constexpr type_set operator|(type_set a, type_set b) {
        return {a.scalars_ | b.scalars_, a.arrays_ | b.arrays_};
    }
    friend constexpr type_set operator-(type_set a, type_set b) {
        return {a.scalars_ & ~b.scalars_, a.arrays_ & ~b.arrays_};
    }
    static constexpr type_set every_scalar() { return {~std::uint64_t{1}, 0}; }

private:
    constexpr type_set(std::uint64_t scalars, std::uint64_t arrays) : scalars_(scalars), arrays_(arrays) {}
    static constexpr std::uint64_t bit(sql::type_kind kind) {
        return std::uint64_t{1} << static_cast<unsigned>(kind);
    }

    std::uint64_t scalars_ = 0;
    std::uint64_t arrays_ = 0;
};

namespace types {

inline constexpr type_set scalars = type_set::every_scalar();
inline constexpr type_set arrays = scalars.as_arrays();
inline constexpr type_set any = scalars | arrays;
inline constexpr type_set json{sql::type_kind::json, sql::type_kind::jsonb};
inline constexpr type_set texts{sql::type_kind::text, sql::type_kind::varchar, sql::type_kind::bpchar,
                                sql::type_kind::name, sql::type_kind::enumeration};
inline constexpr type_set hstores{sql::type_kind::hstore};
inline constexpr type_set integers{sql::type_kind::int2, sql::type_kind::int4, sql::type_kind::int8};
inline constexpr type_set numbers =
    integers | type_set{sql::type_kind::float4, sql::type_kind::float8, sql::type_kind::numeric};
inline constexpr type_set timestamps{sql::type_kind::timestamp, sql::type_kind::timestamptz};
inline constexpr type_set dates = timestamps | type_set{sql::type_kind::date};

inline constexpr type_set times{sql::type_kind::time, sql::type_kind::timetz};
inline constexpr type_set with_clock = timestamps | times | type_set{sql::type_kind::interval};
inline constexpr type_set ranges{sql::type_kind::int4range, sql::type_kind::int8range,
                                 sql::type_kind::numrange,  sql::type_kind::tsrange,
                                 sql::type_kind::tstzrange, sql::type_kind::daterange};
inline constexpr type_set multiranges{sql::type_kind::int4multirange, sql::type_kind::int8multirange,
                                      sql::type_kind::nummultirange,  sql::type_kind::tsmultirange,
                                      sql::type_kind::tstzmultirange, sql::type_kind::datemultirange};
inline constexpr type_set sets = ranges | multiranges;  // of values, both of them
inline constexpr type_set addresses{sql::type_kind::inet, sql::type_kind::cidr};
inline constexpr type_set geometric{sql::type_kind::point, sql::type_kind::line, sql::type_kind::lseg,
                                    sql::type_kind::box,   sql::type_kind::path, sql::type_kind::polygon,
                                    sql::type_kind::circle};
// PostgreSQL has no min() and max() of these.
inline constexpr type_set without_order =
    sets | geometric | json | hstores | type_set{sql::type_kind::boolean,  sql::type_kind::uuid,
                                                 sql::type_kind::bytea,    sql::type_kind::macaddr,
                                                 sql::type_kind::macaddr8, sql::type_kind::bit,
                                                 sql::type_kind::varbit,   sql::type_kind::xml,
                                                 sql::type_kind::tsvector, sql::type_kind::tsquery};

}  // namespace types

}  // namespace orm::inline v0
