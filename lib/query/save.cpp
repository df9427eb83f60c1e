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
        } else if (plan.mode != save_mode::some || contains(plan.columns, column) || column->version ||
                   column->auto_now) {
            columns.push_back(column);
            update.parameters.push_back(std::move(value));
        }
    };
    for (std::size_t i = 0; i < image.columns.size(); ++i) take(image.columns[i], image.values[i]);
    for (std::size_t i = 0; i < image.left.size(); ++i) take(image.left[i], image.left_values[i]);
    update.parameters.push_back(std::move(key));
    if (image.version) update.parameters.push_back(std::move(image.version_was));
    std::erase_if(image.returning, [](const sql::column* each) { return each->generated.empty(); });
    update.text = sql::render_update_row(of, columns, image.returning, image.version);
    return update;
}

// xmax is 0 in a row that was inserted: nobody has locked it to update it.
sql::statement upsert_statement(const sql::table& into, row_image& image, bool tell_created) {
    sql::statement upsert;
    std::string text = sql::render_upsert(into, image.columns, image.left, image.returning, image.version);
    if (tell_created) text += image.returning.empty() ? " RETURNING (xmax = 0)" : ", (xmax = 0)";
    upsert.text = std::move(text);
    upsert.parameters = std::move(image.values);
    for (sql::parameter& value : image.left_values) upsert.parameters.push_back(std::move(value));
    if (image.version) upsert.parameters.push_back(std::move(image.version_was));
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
    if (image.has_key && plan.mode == save_mode::either) {
        const bool was_read = image.version && !is_zero(image.version_was);
        if (was_read) return update_statement(into, image, plan);
        return upsert_statement(into, image, plan.tell_created);
    }
    return {sql::render_insert(into, image.columns, 1, image.returning), std::move(image.values)};
}

}  // namespace orm::inline v0::query_detail
