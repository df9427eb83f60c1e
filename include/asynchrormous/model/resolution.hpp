// "author__name__icontains" against the metadata of a table: one function for all models and paths, used
// at compile time by the typed layer and usable at run time with names from elsewhere.
// The longest field path comes first, then transforms, then the lookup (Django's order).
#pragma once

#include <asynchrormous/model/did_you_mean.hpp>
#include <asynchrormous/model/lookup_chain.hpp>
#include <asynchrormous/model/path_text.hpp>
#include <asynchrormous/model/relation_hops.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace orm::inline v0::model_detail {

inline constexpr std::size_t most_hops = 16;

// One relation that a path follows: a foreign key among the columns, or one of the relations.
struct path_step {
    std::uint16_t index = 0;
    bool relation = false;
};

struct resolution {
    path_error error = path_error::none;
    std::uint8_t hop_count = 0;
    std::uint8_t step_count = 0;
    bool to_rows = false;   // ends in a relation without a column: the target is the key of its rows
    bool nullable = false;  // a hop or the target is, or a transform can give NULL
    const sql::column* target = nullptr;
    lookup_chain chain{};
    sql::hop hops[most_hops]{};
    path_step steps[most_hops]{};
    // Of an error: where the offending segment is in the text, the model it was looked up in, and what was
    // meant.
    std::size_t begin = 0;
    std::size_t size = 0;
    const sql::table* at = nullptr;
    std::string_view nearest{};
};

constexpr const lookup_chain& chain_in(const resolution& found) { return found.chain; }

// Lifetime: the path points into `from`.
constexpr sql::path path_of(const sql::table& root, const resolution& from) {
    return {&root, std::span<const sql::hop>(from.hops, from.hop_count), from.target};
}

constexpr std::string_view without_minus(std::string_view name) {
    return name.starts_with('-') ? name.substr(1) : name;
}

// What a name at the beginning of a text stands for; of size 0: nothing.
struct field_match {
    const sql::column* column = nullptr;
    const sql::relation* relation = nullptr;
    const sql::table* into = nullptr;  // named as a relation: "author" or "books", not "author_id"
    std::size_t size = 0;              // of the text that named it
};

// The longest name of a field that the text begins with, up to its end or "__".
constexpr field_match match_field(const sql::table& table, std::string_view text) {
    field_match best;
    const char first = text.empty() ? '\0' : text[0];
    const auto named = [&](std::string_view name) {
        return name.size() > best.size && name[0] == first && begins_with_name(text, name);
    };
    for (const sql::column& column : table.columns) {
        if (named(column.field)) best = {&column, nullptr, column.target, column.field.size()};
        if (named(column.name)) best = {&column, nullptr, nullptr, column.name.size()};
    }
    for (const sql::relation& relation : table.relations)
        if (named(relation.field)) best = {nullptr, &relation, relation.target, relation.field.size()};
    if (best.size == 0 && !table.columns.empty() && table.key().primary_key && named("pk"))
        best = {&table.key(), nullptr, nullptr, 2};
    return best;
}

class resolver {
public:
    constexpr resolver(const sql::table& root, std::string_view text, names what,
                       const defined_names& defined)
        : at_(&root), text_(text), what_(what), defined_(defined) {}

    constexpr resolution run() {
        field_match match = match_field(*at_, text_);
        if (match.size == 0) return fail(path_error::no_such_field);
        while (true) {
            if (!enter(match)) return result_;
            position_ += match.size;
            result_.chain.type = result_.target->type;
            if (position_ == text_.size()) return result_;
            position_ += 2;
            const field_match next = match.into ? match_field(*match.into, rest()) : field_match{};
            if (next.size == 0) return end_of_path(match);
            if (match.column && !follow(*match.column)) return fail(path_error::too_many_hops);
            at_ = match.into;
            match = next;
        }
    }

private:
    constexpr std::string_view rest() const { return text_.substr(position_); }
    constexpr std::string_view segment() const { return first_segment(rest()); }

    // The field becomes the target. A foreign key is followed only when more comes after it.
    constexpr bool enter(const field_match& match) {
        result_.to_rows = match.relation != nullptr;
        if (match.relation) return enter_rows(*match.relation);
        result_.target = match.column;
        result_.nullable = result_.nullable || match.column->nullable;
        return true;
    }

    constexpr bool enter_rows(const sql::relation& relation) {
        const relation_hops hops = hops_of(*at_, relation);
        const auto index = static_cast<std::uint16_t>(&relation - at_->relations.data());
        const bool known = hops.error == relation_error::none;
        if (!known || !add_step({index, true}, {hops.at, hops.size})) {
            fail(known ? path_error::too_many_hops : path_error::invalid_relation);
            return false;
        }
        result_.target = &relation.target->key();
        result_.nullable = true;
        return true;
    }

    constexpr bool follow(const sql::column& foreign_key) {
        const sql::hop hop = hop_of(foreign_key);
        return add_step({foreign_key.index, false}, {&hop, 1});
    }

    constexpr bool add_step(path_step step, std::span<const sql::hop> hops) {
        if (result_.hop_count + hops.size() > most_hops) return false;
        for (const sql::hop& hop : hops) result_.hops[result_.hop_count++] = hop;
        result_.steps[result_.step_count++] = step;
        return true;
    }

    // What follows the last field. A relation has comparisons of its key, and no transforms.
    constexpr resolution end_of_path(const field_match& match) {
        if (match.into && (what_ != names::lookups || !is_known_name(segment()))) {
            at_ = match.into;
            return fail(path_error::no_such_field);
        }
        if (what_ == names::fields) return fail(path_error::not_a_relation);
        if (rest().empty()) return fail(path_error::no_such_lookup);
        result_.chain = resolve_chain(result_.target->type, rest(), what_, defined_);
        if (result_.chain.error != path_error::none) {
            position_ += result_.chain.begin;
            return fail(result_.chain.error);
        }
        if (!suits_key(match)) return fail(path_error::lookup_not_for_type);
        result_.nullable = result_.nullable || result_.chain.may_be_null;
        return result_;
    }

    constexpr bool suits_key(const field_match& match) const {
        if (result_.chain.size > 0) return !match.into;
        return result_.chain.lookup->of_keys || !(match.into || result_.target->target);
    }

    constexpr bool is_known_name(std::string_view name) const {
        if (is_lookup_name(name) || is_transform_name(name)) return true;
        for (const lookup_info* each : defined_.lookups)
            if (each->name == name) return true;
        return false;
    }

    constexpr resolution fail(path_error error) {
        result_.error = error;
        result_.at = at_;
        result_.begin = position_;
        result_.size = segment().size();
        if (error == path_error::no_such_lookup) result_.nearest = result_.chain.nearest;
        if (error != path_error::no_such_field) return result_;
        nearest_name nearest(segment());
        consider_fields(nearest);
        if (position_ > 0 && what_ == names::lookups)
            for (const lookup_info& lookup : lookup_table) nearest.consider(lookup.name);
        result_.nearest = nearest.best();
        return result_;
    }

    constexpr void consider_fields(nearest_name& nearest) const {
        for (const sql::column& column : at_->columns) {
            nearest.consider(column.field);
            nearest.consider(column.name);
        }
        for (const sql::relation& relation : at_->relations) nearest.consider(relation.field);
    }

    const sql::table* at_;
    std::string_view text_;
    names what_;
    const defined_names& defined_;
    std::size_t position_ = 0;
    resolution result_{};
};

constexpr resolution resolve(const sql::table& root, std::string_view text, names what,
                             const defined_names& defined = {}) {
    return resolver(root, text, what, defined).run();
}

}  // namespace orm::inline v0::model_detail
