// The values bound in a query, wherever they stand in its text.
#pragma once

#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/query.hpp>

#include <cstdint>
#include <vector>

namespace orm::inline v0::sql {

// A value where a node or a clause keeps it. Lifetime: theirs.
class bound_value {
public:
    bound_value(const parameter& kept) noexcept : kept_(&kept) {}
    // A bound of a slice, sent as bigint. Requires: at most its largest.
    bound_value(const std::uint64_t& number) noexcept : number_(&number) {}

    void append_to(parameter_list& parameters) const;
    type type_of_value() const noexcept;

    // Whether it is the same place, whatever is kept there.
    friend bool operator==(const bound_value&, const bound_value&) = default;

private:
    const parameter* kept_ = nullptr;
    const std::uint64_t* number_ = nullptr;
};

using value_list = std::vector<bound_value>;

// In an order that only the structure decides: equal shapes have their values in the same places.
void collect_values(const query& rows, value_list& into);
void collect_values(const expression& node, value_list& into);

}  // namespace orm::inline v0::sql
