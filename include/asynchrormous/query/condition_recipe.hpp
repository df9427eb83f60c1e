// What filter() keeps of conditions whose structure stands in the program text: a constant recipe, and the
// values, encoded. No tree is built for a query whose text is known.
#pragma once

#include <asynchrormous/model/lookup_chain.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/sql/query.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

enum class recipe_kind : std::uint8_t { lookup, all, any, odd, negate };

// One step of a recipe; operands come before what joins them.
struct recipe_step {
    recipe_kind kind = recipe_kind::lookup;
    std::uint8_t operands = 0;  // of all, any and odd
    const model_detail::lookup_chain* chain = nullptr;
    const sql::expression_ptr& (*field)() = nullptr;
};

// Lifetime: static, its address is the identity of the structure.
struct condition_recipe {
    const recipe_step* steps = nullptr;
    std::uint32_t size = 0;
};

// Whether lookups of this chain have a structure that no value changes: the bounds of years are computed,
// keys of JSON are bound.
constexpr bool has_fixed_structure(const model_detail::lookup_chain& chain) {
    for (const model_detail::transform_step& step : chain.transforms())
        if (step.by->year != model_detail::year_kind::none ||
            step.by->argument != model_detail::transform_argument::none)
            return false;
    return true;
}

class pending_lookups;

// Takes the values of a recipe's lookups, in their order, and adds the condition to the rows.
class ORM_EXPORT condition_writer {
public:
    // Throws: as sql::query::filter().
    condition_writer(const sql::query& rows, const condition_recipe& recipe, bool negated);
    condition_writer(const condition_writer&) = delete;
    ~condition_writer();

    sql::type type() const noexcept { return step_->chain->type; }  // of what the next one compares

    void flag(bool yes);
    void text(std::string_view text, sql::type type);
    // The bytes of a value that fits.
    std::string& bytes(sql::type type);
    void any(lookup_value value);

    sql::query filtered();

private:
    void next_lookup() noexcept;
    sql::expression_ptr whole_tree();

    const sql::query& rows_;
    intrusive_ptr<pending_lookups> made_;
    const recipe_step* step_;
    std::vector<std::pair<const recipe_step*, lookup_value>> unusual_{};  // values that change the structure
};

// The value of a lookup of what has the C++ type Column.
template <class Column, operand Right, bool Custom, class V>
void write_value(condition_writer& out, const V& value) {
    if constexpr (Right == operand::flag) {
        out.flag(value);
    } else if constexpr (Right == operand::text && std::is_convertible_v<const V&, std::string_view>) {
        out.text(value, {sql::type_kind::text});
    } else if constexpr (Right == operand::same && std::is_same_v<Column, V> && std::is_arithmetic_v<V> &&
                         !Custom) {
        postgres::codec<V>::encode(value, out.bytes(out.type()));
    } else if constexpr (Right == operand::same && std::is_same_v<Column, std::string> &&
                         std::is_convertible_v<const V&, std::string_view>) {
        out.text(value, out.type());
    } else {
        out.any(encode_value<Column, Right, Custom>(out.type(), value));
    }
}

}  // namespace orm::inline v0::query_detail
