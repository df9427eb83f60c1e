#include <asynchrormous/query/assignment.hpp>
#include <asynchrormous/query/raw.hpp>
#include <asynchrormous/query/write.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace orm::inline v0::query_detail {

void throw_unset_key(const sql::table& of, const sql::column& column) {
    const std::string target(column.target->model);
    throw query_error(std::string(of.model) + "." + std::string(column.field) +
                      " refers to no row: its key is 0; save the " + target +
                      " first, or set the key of one that exists" +
                      (column.nullable ? ", or std::nullopt for none" : ""));
}

void refuse_unset_key(const sql::table& of, const sql::column& column, const sql::parameter& value) {
    if (!column.target || !column.target->key().identity || !value.bytes) return;
    const auto is_zero = [](char byte) { return byte == 0; };
    if (std::all_of(value.bytes->begin(), value.bytes->end(), is_zero)) throw_unset_key(of, column);
}

sql::parameter raw_value(lookup_value value) {
    if (value.fit != lookup_value::range_fit::exact)
        throw query_error(
            "raw SQL got an integer beyond PostgreSQL's bigint; give it as text and cast it there");
    return std::move(value.value);
}

void refuse_unset_keys(const sql::table& of, const row_image& image) {
    for (std::size_t i = 0; i < image.columns.size(); ++i)
        refuse_unset_key(of, *image.columns[i], image.values[i]);
}

sql::expression_ptr assigned_value(const sql::table& of, const sql::column& column, lookup_value value) {
    if (value.fit != lookup_value::range_fit::exact)
        throw query_error("update() got an integer that column \"" + std::string(column.name) + "\" (" +
                          std::string(sql::name_of(column.type)) + ") cannot hold");
    if (value.null && !column.nullable)
        throw query_error("update() got NULL for column \"" + std::string(column.name) +
                          "\", which has no NULLs");
    refuse_unset_key(of, column, value.value);
    return sql::value(std::move(value.value));
}

}  // namespace orm::inline v0::query_detail
