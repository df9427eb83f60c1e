#include <asynchrormous/postgres/nd_array_codec.hpp>
#include <asynchrormous/postgres/wire.hpp>

#include <cstdint>

namespace orm::inline v0::postgres::detail {

namespace {

constexpr std::int32_t header_size = 12;     // dimensions, has NULLs, oid
constexpr std::int32_t dimension_size = 8;   // size, lower bound
constexpr std::int32_t most_dimensions = 6;  // MAXDIM

}  // namespace

std::string flattened(field_view field, sql::type type, std::vector<std::size_t>& extents) {
    if (field.size < header_size) throw_wrong_size(field, type);
    const std::int32_t dimensions = wire::load<std::int32_t>(field.data);
    if (dimensions < 0 || dimensions > most_dimensions ||
        field.size < header_size + dimensions * dimension_size)
        throw_malformed(type, "its number of dimensions is out of range");
    std::int64_t count = 1;
    for (std::int32_t i = 0; i < dimensions; ++i) {
        const std::int32_t extent = wire::load<std::int32_t>(field.data + header_size + i * dimension_size);
        count *= extent;
        if (extent < 1 || count > field.size) throw_malformed(type, "an extent is out of range");
        extents.push_back(static_cast<std::size_t>(extent));
    }
    std::string out(field.data, static_cast<std::size_t>(header_size));
    wire::store(out.data(), dimensions == 0 ? 0 : 1);
    if (dimensions > 0) {
        wire::append(out, static_cast<std::int32_t>(count));
        wire::append(out, std::int32_t{1});
    }
    const std::int32_t skipped = header_size + dimensions * dimension_size;
    return out.append(field.data + skipped, static_cast<std::size_t>(field.size - skipped));
}

void set_extents(std::string& out, std::size_t begin, std::span<const std::size_t> extents) {
    if (extents.empty()) return;
    std::string sizes;
    for (const std::size_t extent : extents) {
        wire::append(sizes, static_cast<std::int32_t>(extent));
        wire::append(sizes, std::int32_t{1});
    }
    wire::store(out.data() + begin, static_cast<std::int32_t>(extents.size()));
    out.replace(begin + header_size, dimension_size, sizes);
}

}  // namespace orm::inline v0::postgres::detail
