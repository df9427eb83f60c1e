// Text that was rendered before: a query of a known shape needs no plan, only its values in their places.
#pragma once

#include "bound_values.hpp"
#include "shape.hpp"
#include "sink.hpp"

#include <asynchrormous/sql/render.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace orm::inline v0::sql {

// Threads: each has its own, through of_this_thread().
class shape_cache {
public:
    static shape_cache& of_this_thread();

    // The statement of this shape with these values. None when it is not known, or when a value that stands
    // for two of the known one is two here.
    std::optional<statement> find(std::uint64_t shape, std::span<const parameter* const> values) const;

    // `values` are those of the query in collect_values()'s order, `written` its text.
    void add(std::uint64_t shape, std::span<const parameter* const> values, const sql_sink& written);

private:
    struct entry {
        std::string text{};
        std::size_t values = 0;
        bool locks = false;
        std::vector<std::uint32_t> places{};  // for each parameter, which of the values it is
        std::vector<std::pair<std::uint32_t, std::uint32_t>> same{};  // values that are one
    };

    std::unordered_map<std::uint64_t, entry> entries_;
};

// What is made of a query.
enum class statement_kind : std::uint8_t { select, exists, aggregate };

// The statement that `write` spells, or what it spelled for the shape before. `write(sql_sink&)` returns
// false when no row can match. `also` is what the statement has beside the query.
template <class Write>
statement remembered(const query& rows, statement_kind kind, Write write,
                     std::span<const expression_ptr> also = {}) {
    shape_cache& cache = shape_cache::of_this_thread();
    std::uint64_t shape = mix(rows.shape(), static_cast<std::uint64_t>(kind));
    value_list values;
    values.reserve(8);
    collect_values(rows, values);
    for (const expression_ptr& each : also) {
        shape = mix(shape, each->shape());
        collect_values(*each, values);
    }
    if (auto known = cache.find(shape, values)) return std::move(*known);
    sql_sink out;
    if (!write(out)) {
        statement no_rows;
        no_rows.empty = true;
        return no_rows;
    }
    cache.add(shape, values, out);
    return out.take();
}

}  // namespace orm::inline v0::sql
