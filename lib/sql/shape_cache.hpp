// Text that was rendered before: a query of a known shape needs no plan, only its values in their places.
#pragma once

#include "bound_values.hpp"
#include "shape.hpp"
#include "sink.hpp"

#include <asynchrormous/sql/render.hpp>

#include <cstdint>
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

    // Memory for the values of one statement, kept for the next one.
    struct borrowed_list {
        explicit borrowed_list(shape_cache& from) noexcept
            : values(from.lent_ ? own : from.spare_), lender(from), outer(std::exchange(from.lent_, true)) {}
        ~borrowed_list() {
            values.clear();
            lender.lent_ = outer;
        }
        borrowed_list(const borrowed_list&) = delete;

        value_list own{};
        value_list& values;
        shape_cache& lender;
        bool outer;
    };

    // Gives the statement of this shape with these values. False when it is not known, or when a value that
    // stands for two of the known one is two here.
    bool find(std::uint64_t shape, std::span<const bound_value> values, statement& into) const;

    // `values` are those of the query in collect_values()'s order, `written` what was made of it from
    // `sources`.
    void add(std::uint64_t shape, std::span<const bound_value> values, std::span<const bound_value> sources,
             const statement& written);

private:
    struct entry {
        shared_text text{};
        std::size_t values = 0;
        bool locks = false;
        bool plain = false;
        std::vector<std::uint32_t> places{};  // for each parameter, which of the values it is
        std::vector<std::pair<std::uint32_t, std::uint32_t>> same{};  // values that are one
    };

    std::unordered_map<std::uint64_t, entry> entries_;
    value_list spare_{};
    bool lent_ = false;
};

// What is made of a query.
enum class statement_kind : std::uint8_t { select, exists, aggregate, update, delete_ };

// What a statement is made of: the query, and what it has beside it.
class statement_parts {
public:
    statement_parts(const query& rows, statement_kind kind)
        : shape(mix(rows.shape(), static_cast<std::uint64_t>(kind))), kind_(kind) {
        collect_values(rows, values);
    }

    // `name` is static: what the value is for.
    void add(const expression_ptr& value, const void* name = nullptr) {
        shape = mix(mix(shape, value->shape()), name);
        collect_values(*value, values);
    }

    shape_cache& cache() const noexcept { return list_.lender; }
    bool reads() const noexcept { return kind_ < statement_kind::update; }

    std::uint64_t shape;

private:
    statement_kind kind_;
    const shape_cache::borrowed_list list_{shape_cache::of_this_thread()};

public:
    value_list& values = list_.values;
};

// The statement that `write` spells, or what it spelled for the shape before. `write(sql_sink&)` returns
// false when no row can match.
template <class Write>
statement remembered(const statement_parts& parts, Write write) {
    shape_cache& cache = parts.cache();
    const std::uint64_t shape = parts.shape;
    const value_list& values = parts.values;
    statement made;
    if (cache.find(shape, values, made)) return made;
    sql_sink out;
    if (!write(out)) {
        made.empty = true;
        return made;
    }
    if (parts.reads()) out.note_reading();
    made = out.take();
    cache.add(shape, values, out.sources(), made);
    return made;
}

}  // namespace orm::inline v0::sql
