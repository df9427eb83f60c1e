#include <asynchrormous/query/save.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

bool contains(std::span<const sql::column* const> columns, const sql::column* one) {
    return std::find(columns.begin(), columns.end(), one) != columns.end();
}

bool is_zero(const sql::parameter& value) {
    return value.bytes &&
           std::all_of(value.bytes->begin(), value.bytes->end(), [](char byte) { return byte == 0; });
}

// Takes the columns to be set and their values out of the image; the key comes last.
sql::statement update_statement(const sql::table& of, row_image& image, const save_plan& plan) {
    std::vector<const sql::column*> columns;
    sql::statement update;
    sql::parameter key;
    const auto take = [&](const sql::column* column, sql::parameter& value) {
        if (column->primary_key) {
            key = std::move(value);
        } else if (plan.mode != save_mode::some || contains(plan.columns, column)) {
            columns.push_back(column);
            update.parameters.push_back(std::move(value));
        }
    };
    for (std::size_t i = 0; i < image.columns.size(); ++i) take(image.columns[i], image.values[i]);
    for (std::size_t i = 0; i < image.left.size(); ++i) take(image.left[i], image.left_values[i]);
    update.parameters.push_back(std::move(key));
    std::erase_if(image.returning, [](const sql::column* each) { return each->generated.empty(); });
    update.text = sql::render_update_row(of, columns, image.returning);
    return update;
}

sql::statement upsert_statement(const sql::table& into, row_image& image) {
    sql::statement upsert;
    upsert.text = sql::render_upsert(into, image.columns, image.left, image.returning);
    upsert.parameters = std::move(image.values);
    for (sql::parameter& value : image.left_values) upsert.parameters.push_back(std::move(value));
    return upsert;
}

}  // namespace

void refuse_unsaved(const sql::table& of, const sql::parameter& key, std::string_view method) {
    const sql::column& own = of.key();
    const bool given_by_database = own.identity || (own.target && own.target->key().identity);
    if (!given_by_database || !is_zero(key)) return;
    throw query_error(std::string(of.model) + ": " + std::string(method) +
                      " of a row that was never saved: its key is 0");
}

sql::query row_by_key(const sql::path& key, sql::parameter value) {
    return sql::query(*key.root).filter(
        sql::compare(sql::lookup_kind::exact, sql::field(key), sql::value(std::move(value))));
}

sql::statement save_statement(const sql::table& into, row_image& image, const save_plan& plan) {
    if (plan.mode == save_mode::some && plan.columns.empty()) return {.empty = true};
    const bool update = plan.mode == save_mode::update || plan.mode == save_mode::some;
    if (update && !image.has_key)
        throw query_error(std::string(into.model) +
                          ": save() cannot update a row without a primary key: it was never saved");
    if (update) return update_statement(into, image, plan);
    if (image.has_key && plan.mode == save_mode::either) return upsert_statement(into, image);
    return {sql::render_insert(into, image.columns, 1, image.returning), std::move(image.values)};
}

}  // namespace orm::inline v0::query_detail
