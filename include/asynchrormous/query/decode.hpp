// The small results: one row, one row or none, a count, the number of rows changed.
#pragma once

#include <asynchrormous/query/errors.hpp>
#include <asynchrormous/query/rows.hpp>

#include <optional>

namespace orm::inline v0::query_detail {

template <class M, class Row, class Value = row_value_t<Row>>
struct decode_one : loads_for<Row> {
    Value operator()(const postgres::result_view& result, const sql::statement& from) const {
        if (result.rows() == 0) return without_rows(from);
        if (result.rows() > 1)
            throw multiple_objects_returned<M>(multiple_objects_text(
                reflect::type_name<M>(), static_cast<std::size_t>(result.rows()), from));
        return std::move(decode_rows<Row>()(result, from).front());
    }
    Value without_rows(const sql::statement& asked) const {
        throw does_not_exist<M>(does_not_exist_text(reflect::type_name<M>(), asked));
    }
};

template <class Row, class Value = row_value_t<Row>>
struct decode_optional : loads_for<Row> {
    std::optional<Value> operator()(const postgres::result_view& result, const sql::statement& from) const {
        if (result.rows() == 0) return std::nullopt;
        return std::move(decode_rows<Row>()(result, from).front());
    }
};

// A result that has one row whatever was asked: aggregates.
template <class Row>
struct decode_single {
    Row operator()(const postgres::result_view& result, const sql::statement& from) const {
        return std::move(decode_rows<Row>()(result, from).front());
    }
};

struct ORM_EXPORT decode_count {
    std::int64_t operator()(const postgres::result_view& result, const sql::statement&) const;
};

struct ORM_EXPORT decode_exists {
    bool operator()(const postgres::result_view& result, const sql::statement&) const;
};

struct ORM_EXPORT decode_affected {
    std::int64_t operator()(const postgres::result_view& result, const sql::statement&) const;
};

}  // namespace orm::inline v0::query_detail
