#include <asynchrormous/postgres/to_text.hpp>
#include <asynchrormous/query/errors.hpp>

namespace orm::inline v0 {

object_does_not_exist::~object_does_not_exist() = default;
multiple_objects::~multiple_objects() = default;
object_not_updated::~object_not_updated() = default;
concurrent_update::~concurrent_update() = default;
column_mismatch::~column_mismatch() = default;

namespace query_detail {

std::string does_not_exist_text(std::string_view model, const sql::statement& query) {
    const std::string asked = query.empty ? "its conditions can match no row" : query.text.str();
    return std::string(model) + " matching the query does not exist: " + asked;
}

std::string multiple_objects_text(std::string_view model, std::size_t found, const sql::statement& query) {
    const std::string count = found < get_limit ? std::to_string(found) : "more than 20";
    return "get() returned " + count + " rows of " + std::string(model) +
           " instead of one: " + query.text.str();
}

std::string not_updated_text(std::string_view model) {
    return "save() of a " + std::string(model) +
           " was to update a row, and there is none with its key: it was deleted, or never saved. Without "
           "update_fields and force_update save() would insert it";
}

std::string stale_text(std::string_view model, const sql::parameter& key, std::string_view method) {
    return std::string(method) + " of the " + std::string(model) + " with the key " + postgres::to_text(key) +
           ": another one has changed or deleted it since it was read; read it again, and decide then";
}

}  // namespace query_detail

}  // namespace orm::inline v0
