// Numbers distinct keys 0, 1, 2, … and finds them again: an open hash table over the keys' bytes in
// PostgreSQL's binary format, so that it is one for keys of all types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0::query_detail {

class key_groups {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // Room for so many keys.
    explicit key_groups(std::size_t expected = 0);

    // The key's number, a new one if it was not there.
    std::size_t add(std::string_view key);
    std::size_t find(std::string_view key) const noexcept;

    std::size_t size() const noexcept { return ends_.size(); }
    std::string_view key(std::size_t group) const noexcept {
        const std::size_t begin = group == 0 ? 0 : ends_[group - 1];
        return {bytes_.data() + begin, ends_[group] - begin};
    }

private:
    struct place {
        std::uint64_t hash = 0;
        std::size_t group = none;
    };

    std::size_t place_of(std::string_view key, std::uint64_t hash) const noexcept;
    void grow();

    std::string bytes_{};
    std::vector<std::size_t> ends_{};
    std::vector<place> table_;  // a power of two, at most half full
};

}  // namespace orm::inline v0::query_detail
