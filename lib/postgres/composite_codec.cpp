#include <asynchrormous/postgres/composite_codec.hpp>

namespace orm::inline v0::postgres::detail {

record_reader::record_reader(field_view field, std::size_t members, sql::type type)
    : rest_(field.null() ? std::string_view() : field.bytes()), type_(type) {
    const std::uint32_t fields = wire::take_count(rest_, type);
    if (fields != members)
        throw decode_error("the type " + std::string(sql::name_of(type)) + " has " + std::to_string(fields) +
                           " attributes, but its struct " + std::to_string(members) + " members");
}

field_view record_reader::next() {
    oid_ = wire::take_count(rest_, type_);
    return wire::take_part_or_null(rest_, type_);
}

void record_reader::require_end() const {
    if (!rest_.empty()) throw_malformed(type_, "there are bytes behind its attributes");
}

void record_reader::throw_unreadable(std::string_view member, sql::type wanted) const {
    try {
        detail::throw_unreadable(oid_, wanted);
    } catch (const decode_error& why) {
        throw decode_error(std::string(sql::name_of(type_)) + ", member " + std::string(member) + ": " +
                           why.what());
    }
}

void record_reader::throw_null(std::string_view member) const {
    throw decode_error(std::string(sql::name_of(type_)) + ", member " + std::string(member) +
                       ": NULL; make it a std::optional");
}

}  // namespace orm::inline v0::postgres::detail
