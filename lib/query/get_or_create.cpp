#include <asynchrormous/query/get_or_create.hpp>
#include <asynchrormous/sql/error.hpp>

#include <string>

namespace orm::inline v0::query_detail {

void throw_null_given(const sql::column& to) {
    throw query_error("column \"" + std::string(to.name) + "\" was given NULL, and has no NULLs");
}

void throw_out_of_range(const sql::column& to) {
    throw query_error("column \"" + std::string(to.name) + "\" (" + std::string(sql::name_of(to.type)) +
                      ") cannot hold the integer that it was given");
}

sql::statement insert_unless_there(const sql::table& into, row_image image, bool anyway,
                                   std::vector<const sql::column*>& returning) {
    returning = std::move(image.returning);
    if (returning.empty()) returning.push_back(&into.key());
    sql::statement made;
    made.text =
        sql::render_insert_rows(into, image.columns, 1, anyway ? "" : " ON CONFLICT DO NOTHING", returning);
    made.parameters = std::move(image.values);
    return made;
}

}  // namespace orm::inline v0::query_detail
