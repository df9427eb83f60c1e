// What follows the last column of a path: transforms, each of what the one before gives, then a lookup.
// One function for fields, annotations and names from outside: it knows nothing but the type it begins with.
#pragma once

#include <asynchrormous/model/did_you_mean.hpp>
#include <asynchrormous/model/lookup_names.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace orm::inline v0::model_detail {

inline constexpr std::size_t most_transforms = 8;

enum class path_error : std::uint8_t {
    none,
    no_such_field,
    no_such_lookup,
    lookup_not_for_type,
    not_a_relation,
    too_many_hops,
    invalid_relation,  // of the model `at`, whose own check says what is wrong
    too_many_transforms,
};

// Lifetime: the argument is a part of the text that was resolved.
struct transform_step {
    const transform_info* by = nullptr;
    sql::type of{};
    std::string_view argument{};
};

struct lookup_chain {
    path_error error = path_error::none;
    std::uint8_t size = 0;
    transform_step steps[most_transforms]{};
    const lookup_info* lookup = exact_lookup;
    sql::type type{};          // of what is compared
    bool may_be_null = false;  // by a transform
    // Of an error: where the offending segment is in the text, and what was meant.
    std::size_t begin = 0;
    std::size_t length = 0;
    std::string_view nearest{};

    constexpr std::span<const transform_step> transforms() const { return {steps, size}; }
    constexpr const transform_info* last() const { return size > 0 ? steps[size - 1].by : nullptr; }
};

// The chain with another lookup at its end.
constexpr lookup_chain with_lookup(lookup_chain chain, const lookup_info& by) {
    chain.lookup = &by;
    return chain;
}

// Lookups and transforms that the program defines; they come after the library's own.
struct defined_names {
    std::span<const lookup_info* const> lookups{};
    std::span<const transform_info* const> transforms{};
};

class chain_resolver {
public:
    constexpr chain_resolver(sql::type type, std::string_view text, names what, const defined_names& defined)
        : text_(text), what_(what), defined_(defined) {
        result_.type = type;
    }

    // An empty text is no transform and `exact`.
    constexpr lookup_chain run() {
        if (text_.empty()) return result_;
        while (true) {
            if (const lookup_info* lookup = last_is_lookup()) {
                result_.lookup = lookup;
                return result_;
            }
            const transform_info* by = transform();
            if (!by) return fail_here();
            if (result_.size == most_transforms) return fail(path_error::too_many_transforms);
            add(*by);
            if (position_ == text_.size()) return result_;
            position_ += 2;
        }
    }

private:
    constexpr std::string_view rest() const { return text_.substr(position_); }
    constexpr std::string_view segment() const { return first_segment(rest()); }
    constexpr bool at_last() const { return segment().size() == rest().size(); }

    constexpr const lookup_info* last_is_lookup() const {
        if (what_ != names::lookups || !at_last()) return nullptr;
        if (const lookup_info* found = find_lookup(segment(), result_.type)) return found;
        for (const lookup_info* each : defined_.lookups)
            if (same_text(each->name, segment()) && each->of.has(result_.type)) return each;
        return nullptr;
    }

    // A name that is a lookup of other types is no key of a JSON object.
    constexpr const transform_info* transform() const {
        if (const transform_info* found = defined_transform(segment())) return found;
        if (const transform_info* found = find_transform(segment(), result_.type)) {
            if (found->argument != transform_argument::keys) return found;
            if (what_ == names::lookups && at_last() && is_any_lookup(segment())) return nullptr;
            return has_empty_key() ? nullptr : found;
        }
        return nullptr;
    }

    constexpr void add(const transform_info& by) {
        const std::size_t size = by.argument == transform_argument::keys ? size_of_keys() : segment().size();
        result_.steps[result_.size++] = {&by, result_.type, rest().substr(0, size)};
        result_.type = result_of(by, result_.type);
        result_.may_be_null = result_.may_be_null || by.may_be_null;
        position_ += size;
    }

    // All that follow, up to a lookup at the end or a transform that the program defines.
    constexpr std::size_t size_of_keys() const {
        std::size_t size = segment().size();
        while (size < rest().size()) {
            const std::string_view behind = rest().substr(size + 2);
            const std::string_view next = first_segment(behind);
            const bool last = what_ == names::lookups && next.size() == behind.size();
            if (defined_transform(next) || (last && is_any_lookup(next))) break;
            size += 2 + next.size();
        }
        return size;
    }

    constexpr bool has_empty_key() const {
        return rest().ends_with("__") || rest().find("____") != std::string_view::npos;
    }

    constexpr const transform_info* defined_transform(std::string_view name) const {
        for (const transform_info* each : defined_.transforms)
            if (same_text(each->name, name) && each->of.has(result_.type)) return each;
        return nullptr;
    }

    constexpr bool is_any_lookup(std::string_view name) const {
        for (const lookup_info* each : defined_.lookups)
            if (same_text(each->name, name)) return true;
        return is_lookup_name(name);
    }

    constexpr bool is_any_transform(std::string_view name) const {
        for (const transform_info* each : defined_.transforms)
            if (same_text(each->name, name)) return true;
        return is_transform_name(name);
    }

    constexpr lookup_chain fail_here() {
        const bool lookup = is_any_lookup(segment());
        if (lookup && what_ != names::lookups) return fail(path_error::not_a_relation);
        if ((lookup && at_last()) || is_any_transform(segment()))
            return fail(path_error::lookup_not_for_type);
        return fail(path_error::no_such_lookup);
    }

    constexpr lookup_chain fail(path_error error) {
        result_.error = error;
        result_.begin = position_;
        result_.length = segment().size();
        if (error != path_error::no_such_lookup) return result_;
        nearest_name nearest(segment());
        if (what_ == names::lookups)
            for (const lookup_info& each : lookup_table)
                if (each.of.has(result_.type)) nearest.consider(each.name);
        for (const transform_info& each : transform_table)
            if (each.of.has(result_.type) && !each.name.empty()) nearest.consider(each.name);
        result_.nearest = nearest.best();
        return result_;
    }

    std::string_view text_;
    names what_;
    const defined_names& defined_;
    std::size_t position_ = 0;
    lookup_chain result_{};
};

// "lower__startswith", of a text; "owner__name", of a jsonb; "gt", of an annotation's number.
constexpr lookup_chain resolve_chain(sql::type type, std::string_view text, names what,
                                     const defined_names& defined = {}) {
    return chain_resolver(type, text, what, defined).run();
}

}  // namespace orm::inline v0::model_detail
