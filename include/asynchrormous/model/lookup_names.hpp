// The lookups by name: how they are spelled in SQL, which types they are for, and what they take.
// One row of the table is one lookup for some types; the same name has a row for each meaning.
#pragma once

#include <asynchrormous/model/path_text.hpp>
#include <asynchrormous/model/transform.hpp>
#include <asynchrormous/model/type_set.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstdint>
#include <string_view>

namespace orm::inline v0 {

// What stands on the right of a lookup.
enum class operand : std::uint8_t {
    same,   // what the column holds, another column or an expression
    list,   // several of these
    pair,   // two of these, the lower first
    flag,   // true or false
    text,   // text, whatever the column holds
    texts,  // several texts
};

namespace model_detail {

// What may follow the last field of a path.
enum class names : std::uint8_t { fields, transforms, lookups };

struct lookup_info {
    std::string_view name{};
    sql::lookup_kind kind = sql::lookup_kind::custom;
    operand right = operand::same;
    type_set of = types::any;
    std::string_view text{};  // "{0} @> {1}"; empty: the SQL layer knows how to spell it
    bool of_keys = false;     // also of foreign keys
    bool on_request = true;   // safe to be asked for by name from outside: no errors, no run-away patterns
};

// What can be compared as text.
inline constexpr type_set textual = types::scalars - types::sets - types::hstores;
inline constexpr type_set plain_scalars = textual - types::json;

// clang-format off
inline constexpr lookup_info lookup_table[] = {
    {"exact", sql::lookup_kind::exact, operand::same, types::any, {}, true},
    {"in", sql::lookup_kind::in, operand::list, types::any, {}, true},
    {"gt", sql::lookup_kind::gt, operand::same, types::any, {}, true},
    {"gte", sql::lookup_kind::gte, operand::same, types::any, {}, true},
    {"lt", sql::lookup_kind::lt, operand::same, types::any, {}, true},
    {"lte", sql::lookup_kind::lte, operand::same, types::any, {}, true},
    {"isnull", sql::lookup_kind::isnull, operand::flag, types::any, {}, true},
    {"range", sql::lookup_kind::range, operand::pair},

    {"iexact", sql::lookup_kind::iexact, operand::text, textual},
    {"contains", sql::lookup_kind::contains, operand::text, plain_scalars},
    {"icontains", sql::lookup_kind::icontains, operand::text, textual},
    {"startswith", sql::lookup_kind::startswith, operand::text, textual},
    {"istartswith", sql::lookup_kind::istartswith, operand::text, textual},
    {"endswith", sql::lookup_kind::endswith, operand::text, textual},
    {"iendswith", sql::lookup_kind::iendswith, operand::text, textual},
    {"regex", sql::lookup_kind::regex, operand::text, textual, {}, false, false},
    {"iregex", sql::lookup_kind::iregex, operand::text, textual, {}, false, false},

    {"contains", sql::lookup_kind::contains, operand::same, types::arrays | types::json | types::sets | types::hstores, "{0} @> {1}"},
    {"contained_by", sql::lookup_kind::custom, operand::same, types::arrays | types::json | types::sets | types::hstores, "{0} <@ {1}"},
    {"overlap", sql::lookup_kind::custom, operand::same, types::arrays | types::sets, "{0} && {1}"},
    {"fully_lt", sql::lookup_kind::custom, operand::same, types::sets, "{0} << {1}"},
    {"fully_gt", sql::lookup_kind::custom, operand::same, types::sets, "{0} >> {1}"},
    {"not_lt", sql::lookup_kind::custom, operand::same, types::sets, "{0} &> {1}"},
    {"not_gt", sql::lookup_kind::custom, operand::same, types::sets, "{0} &< {1}"},
    {"adjacent_to", sql::lookup_kind::custom, operand::same, types::sets, "{0} -|- {1}"},
    {"net_contains", sql::lookup_kind::custom, operand::same, types::addresses, "{0} >>= {1}"},
    {"net_contained_by", sql::lookup_kind::custom, operand::same, types::addresses, "{0} <<= {1}"},
    {"net_overlap", sql::lookup_kind::custom, operand::same, types::addresses, "{0} && {1}"},
    {"has_key", sql::lookup_kind::custom, operand::text, types::json | types::hstores, "{0} ? {1}"},
    {"has_keys", sql::lookup_kind::custom, operand::texts, types::json | types::hstores, "{0} ?& {1}"},
    {"has_any_keys", sql::lookup_kind::custom, operand::texts, types::json | types::hstores, "{0} ?| {1}"},

    {"search", sql::lookup_kind::custom, operand::text, types::texts, "to_tsvector({0}) @@ plainto_tsquery({1})"},
    {"trigram_similar", sql::lookup_kind::custom, operand::text, types::texts, "{0} % {1}", false, false},
    {"trigram_word_similar", sql::lookup_kind::custom, operand::text, types::texts, "{0} %> {1}", false, false},
    {"trigram_strict_word_similar", sql::lookup_kind::custom, operand::text, types::texts, "{0} %>> {1}", false, false},
};
// clang-format on

inline constexpr const lookup_info* exact_lookup = &lookup_table[0];

constexpr const lookup_info* find_lookup(std::string_view name, sql::type of) {
    const std::size_t size = name.size();
    for (const lookup_info& each : lookup_table)
        if (each.name.size() == size && same_text(each.name, name) && each.of.has(of)) return &each;
    return nullptr;
}

// The lookup that F<…>.contains(…) and the like mean for a type; null: none.
constexpr const lookup_info* find_lookup(sql::lookup_kind kind, sql::type of) {
    for (const lookup_info& each : lookup_table)
        if (each.kind == kind && each.of.has(of)) return &each;
    return nullptr;
}

constexpr bool has_lookup(sql::lookup_kind kind, sql::type of) { return find_lookup(kind, of) != nullptr; }

constexpr bool is_lookup_name(std::string_view name) {
    const std::size_t size = name.size();
    for (const lookup_info& each : lookup_table)
        if (each.name.size() == size && same_text(each.name, name)) return true;
    return false;
}

constexpr bool is_transform_name(std::string_view name) {
    for (const transform_info& each : transform_table)
        if (each.argument == transform_argument::none && same_text(each.name, name)) return true;
    return false;
}

// Lookups of the SQL layer that compare text and take patterns of it.
constexpr bool is_text_lookup(sql::lookup_kind lookup) {
    using enum sql::lookup_kind;
    return lookup == iexact || lookup == regex || lookup == iregex ||
           (lookup >= contains && lookup <= iendswith);
}

constexpr bool is_text_lookup(const lookup_info& by) { return by.text.empty() && is_text_lookup(by.kind); }

constexpr bool accepts_null(const lookup_info& by) {
    return by.kind == sql::lookup_kind::exact || by.kind == sql::lookup_kind::iexact;
}

}  // namespace model_detail
}  // namespace orm::inline v0
