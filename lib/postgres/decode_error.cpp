#include <asynchrormous/postgres/decode_error.hpp>

#include <string>

namespace orm::inline v0 {

decode_error::~decode_error() = default;

decode_error decode_error::in_column(std::string_view name) const {
    return decode_error("column \"" + std::string(name) + "\": " + what());
}

namespace postgres::detail {

void throw_wrong_size(field_view field, sql::type type) {
    const std::string name(sql::name_of(type));
    if (field.null())
        throw decode_error("NULL of type " + name + " read into a C++ type that is no std::optional");
    throw decode_error("a value of type " + name + " cannot have " + std::to_string(field.size) + " bytes");
}

void throw_unreadable(std::uint32_t oid, sql::type wanted) {
    std::string name(sql::name_of_oid(oid));
    if (name.empty()) name = "with oid " + std::to_string(oid);
    throw decode_error("a value of PostgreSQL's type " + name + " cannot be read as " +
                       std::string(sql::name_of(wanted)) + "; change the C++ type, or cast in SQL");
}

void throw_malformed(sql::type type, std::string_view what) {
    throw decode_error("malformed " + std::string(sql::name_of(type)) +
                       " from the server: " + std::string(what));
}

}  // namespace postgres::detail
}  // namespace orm::inline v0
