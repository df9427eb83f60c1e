#include "shape_cache.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

// A program has as many shapes as it has kinds of queries. Beyond this it makes them up as it goes, and
// remembering is worth nothing: start again.
constexpr std::size_t most_shapes = 4096;

}  // namespace

shape_cache& shape_cache::of_this_thread() {
    static thread_local shape_cache cache;
    return cache;
}

bool shape_cache::find(std::uint64_t shape, std::span<const bound_value> values, statement& into) const {
    const auto found = entries_.find(shape);
    if (found == entries_.end()) return false;
    const entry& known = found->second;
    if (known.values != values.size()) return false;
    for (const auto& [first, second] : known.same)
        if (values[first] != values[second]) return false;
    into.text = known.text;
    into.locks = known.locks;
    into.plain = known.plain;
    into.parameters.reserve(known.places.size());
    for (const std::uint32_t place : known.places) values[place].append_to(into.parameters);
    return true;
}

void shape_cache::add(std::uint64_t shape, std::span<const bound_value> values,
                      std::span<const bound_value> sources, const statement& written) {
    if (entries_.size() == most_shapes) entries_.clear();
    entry made{.text = written.text, .values = values.size(), .locks = written.locks, .plain = written.plain};
    for (const bound_value& source : sources) {
        const auto place = std::find(values.begin(), values.end(), source);
        if (place == values.end()) return;  // a value that is not the query's own: not remembered
        made.places.push_back(static_cast<std::uint32_t>(place - values.begin()));
    }
    for (std::uint32_t i = 1; i < values.size(); ++i) {
        const auto first = std::find(values.begin(), values.begin() + i, values[i]);
        if (first != values.begin() + i)
            made.same.emplace_back(static_cast<std::uint32_t>(first - values.begin()), i);
    }
    entries_.insert_or_assign(shape, std::move(made));
}

}  // namespace orm::inline v0::sql
