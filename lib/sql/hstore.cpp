#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/hstore.hpp>

#include <algorithm>

namespace orm::inline v0 {

namespace {

struct before {
    bool operator()(const hstore::value_type& pair, std::string_view key) const noexcept {
        return pair.first < key;
    }
};

}  // namespace

hstore::hstore(std::initializer_list<value_type> pairs) {
    for (const value_type& each : pairs) set(each.first, each.second);
}

hstore::const_iterator hstore::find(std::string_view key) const noexcept {
    const auto place = std::lower_bound(begin(), end(), key, before());
    return place != end() && place->first == key ? place : end();
}

const std::optional<std::string>& hstore::at(std::string_view key) const {
    const auto place = find(key);
    if (place == end()) throw query_error("the hstore has no key '" + std::string(key.substr(0, 63)) + "'");
    return place->second;
}

void hstore::set(std::string key, std::optional<std::string> value) {
    const auto place = std::lower_bound(pairs_.begin(), pairs_.end(), std::string_view(key), before());
    if (place != pairs_.end() && place->first == key)
        place->second = std::move(value);
    else
        pairs_.emplace(place, std::move(key), std::move(value));
}

bool hstore::erase(std::string_view key) {
    const auto place = find(key);
    if (place == end()) return false;
    pairs_.erase(place);
    return true;
}

}  // namespace orm::inline v0
