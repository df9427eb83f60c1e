// Values of the extension hstore: texts by keys, some of them NULL.
#pragma once

#include <asynchrormous/export.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// In the order of the keys' bytes, each key once.
class ORM_EXPORT hstore {
public:
    using value_type = std::pair<std::string, std::optional<std::string>>;
    using const_iterator = std::vector<value_type>::const_iterator;

    hstore() = default;
    // Of a key that comes twice the last value holds.
    hstore(std::initializer_list<value_type> pairs);

    const_iterator begin() const noexcept { return pairs_.begin(); }
    const_iterator end() const noexcept { return pairs_.end(); }
    std::size_t size() const noexcept { return pairs_.size(); }
    bool empty() const noexcept { return pairs_.empty(); }

    bool contains(std::string_view key) const noexcept { return find(key) != end(); }
    const_iterator find(std::string_view key) const noexcept;
    // Throws: query_error when there is no such key.
    const std::optional<std::string>& at(std::string_view key) const;

    // Replaces the value of a key that is there.
    void set(std::string key, std::optional<std::string> value);
    // Whether it was there.
    bool erase(std::string_view key);

    friend bool operator==(const hstore&, const hstore&) = default;

private:
    std::vector<value_type> pairs_{};
};

}  // namespace orm::inline v0
