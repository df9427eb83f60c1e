// What is made of parts with their sizes in front: ranges, composite types, hstore. Every size comes from
// outside.
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/postgres/wire.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace orm::inline v0::postgres::wire {

// Take from the front. Throw: decode_error, naming `type`, where the bytes end before.
ORM_EXPORT std::uint32_t take_count(std::string_view& rest, sql::type type);
ORM_EXPORT field_view take_part(std::string_view& rest, sql::type type);
ORM_EXPORT field_view take_part_or_null(std::string_view& rest, sql::type type);

// Appends what `append` appends, with its size in front.
template <class Append>
void append_sized(std::string& out, Append append) {
    const std::size_t before = out.size();
    out.append(4, '\0');
    append();
    store(out.data() + before, static_cast<std::int32_t>(out.size() - before - 4));
}

inline void append_null(std::string& out) { wire::append(out, std::int32_t{-1}); }

}  // namespace orm::inline v0::postgres::wire
