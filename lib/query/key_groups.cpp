#include "key_groups.hpp"

#include <asynchrormous/postgres/wire.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

namespace orm::inline v0::query_detail {

namespace {

// Most keys are numbers of eight bytes, the last of which differ. The multiplication spreads them over the
// upper bits, from which the shift brings them down.
std::uint64_t hash_of(std::string_view key) noexcept {
    if (key.size() != 8) return std::hash<std::string_view>()(key);
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): its size was looked at above
    auto number = static_cast<std::uint64_t>(postgres::wire::load<std::int64_t>(key.data()));
    number *= 0x9e3779b97f4a7c15u;
    return number ^ number >> 32;
}

bool same(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    if (a.size() != 8) return a == b;
    std::uint64_t first = 0, second = 0;
    std::memcpy(&first, a.data(), 8);
    std::memcpy(&second, b.data(), 8);
    return first == second;
}

}  // namespace

key_groups::key_groups(std::size_t expected) : table_(std::bit_ceil(std::max<std::size_t>(expected, 8) * 2)) {
    ends_.reserve(expected);
    bytes_.reserve(expected * 8);
}

std::size_t key_groups::place_of(std::string_view wanted, std::uint64_t hash) const noexcept {
    const std::size_t mask = table_.size() - 1;
    std::size_t at = hash & mask;
    while (table_[at].group != none && (table_[at].hash != hash || !same(key(table_[at].group), wanted)))
        at = (at + 1) & mask;
    return at;
}

std::size_t key_groups::find(std::string_view key) const noexcept {
    return table_[place_of(key, hash_of(key))].group;
}

std::size_t key_groups::add(std::string_view key) {
    const std::uint64_t hash = hash_of(key);
    std::size_t at = place_of(key, hash);
    if (table_[at].group != none) return table_[at].group;
    if (2 * (size() + 1) > table_.size()) {
        grow();
        at = place_of(key, hash);
    }
    table_[at] = {hash, size()};
    bytes_ += key;
    ends_.push_back(bytes_.size());
    return size() - 1;
}

void key_groups::grow() {
    const std::vector<place> old = std::move(table_);
    table_.assign(old.size() * 2, {});
    const std::size_t mask = table_.size() - 1;
    for (const place& each : old) {
        if (each.group == none) continue;
        std::size_t at = each.hash & mask;
        while (table_[at].group != none) at = (at + 1) & mask;
        table_[at] = each;
    }
}

}  // namespace orm::inline v0::query_detail
