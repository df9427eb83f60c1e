#include <asynchrormous/postgres/hstore_codec.hpp>
#include <asynchrormous/postgres/wire_parts.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace orm::inline v0::postgres {

void codec<hstore>::encode(const hstore& value, std::string& out) {
    wire::append(out, static_cast<std::int32_t>(value.size()));
    for (const auto& [key, of] : value) {
        wire::append_sized(out, [&, &text = key] { out += text; });
        if (of)
            wire::append_sized(out, [&, &text = *of] { out += text; });
        else
            wire::append_null(out);
    }
}

hstore codec<hstore>::decode(field_view field) {
    std::string_view rest = field.null() ? std::string_view() : field.bytes();
    hstore result;
    for (std::uint32_t left = wire::take_count(rest, type); left > 0; --left) {
        std::string key(wire::take_part(rest, type).bytes());
        const field_view value = wire::take_part_or_null(rest, type);
        result.set(std::move(key), value.null() ? std::nullopt : std::optional<std::string>(value.bytes()));
    }
    if (!rest.empty()) detail::throw_malformed(type, "there are bytes behind its pairs");
    return result;
}

}  // namespace orm::inline v0::postgres
