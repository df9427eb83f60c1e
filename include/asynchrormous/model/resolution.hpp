// "author__name__icontains" against the metadata of a table: one function for all models and paths, used
// at compile time by the typed layer and usable at run time with names from elsewhere.
// The longest field path comes first, then a transform, then the lookup (Django's order).
#pragma once

#include <asynchrormous/model/did_you_mean.hpp>
#include <asynchrormous/model/lookup_names.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace orm::inline v0::model_detail {

inline constexpr std::size_t most_hops = 16;

enum class path_error : std::uint8_t {
    none,
    no_such_field,
    no_such_lookup,
    lookup_not_for_type,
    not_a_relation,
    too_many_hops,
};

struct resolution {
    path_error error = path_error::none;
    std::uint8_t hop_count = 0;
    model_detail::transform transform = model_detail::transform::none;
    sql::lookup_kind lookup = sql::lookup_kind::exact;
    bool nullable = false;  // a hop or the target is
    const sql::column* target = nullptr;
    sql::hop hops[most_hops]{};
    // Of an error: where the offending segment is in the text, the model it was looked up in, and what was
    // meant.
    std::size_t begin = 0;
    std::size_t size = 0;
    const sql::table* at = nullptr;
    std::string_view nearest{};
};

// Lifetime: the path points into `from`.
constexpr sql::path path_of(const sql::table& root, const resolution& from) {
    return {&root, std::span<const sql::hop>(from.hops, from.hop_count), from.target};
}

constexpr std::string_view without_minus(std::string_view name) {
    return name.starts_with('-') ? name.substr(1) : name;
}

struct column_match {
    const sql::column* column = nullptr;
    std::size_t size = 0;   // of the text that named it
    bool relation = false;  // named as a relation: "author", not "author_id"
};

// The longest name of a column that the text begins with, up to its end or "__".
constexpr column_match match_column(const sql::table& table, std::string_view text) {
    column_match best;
    const auto consider = [&](const sql::column& column, std::string_view name, bool relation) {
        if (name.size() <= best.size || !text.starts_with(name)) return;
        if (text.size() == name.size() || text.substr(name.size()).starts_with("__"))
            best = {&column, name.size(), relation};
    };
    for (const sql::column& column : table.columns) {
        consider(column, column.field, column.target != nullptr);
        consider(column, column.name, false);
    }
    if (best.column == nullptr && !table.columns.empty()) consider(table.key(), "pk", false);
    return best;
}

constexpr sql::hop hop_of(const sql::column& foreign_key) {
    return {&foreign_key, &foreign_key.target->key(), foreign_key.target, false, foreign_key.nullable};
}

class resolver {
public:
    constexpr resolver(const sql::table& root, std::string_view text, names what)
        : at_(&root), text_(text), what_(what) {}

    constexpr resolution run() {
        column_match match = match_column(*at_, text_);
        if (!match.column) return fail(path_error::no_such_field);
        while (true) {
            position_ += match.size;
            result_.target = match.column;
            result_.nullable = result_.nullable || match.column->nullable;
            if (position_ == text_.size()) return result_;
            position_ += 2;
            const column_match next =
                match.relation ? match_column(*match.column->target, rest()) : column_match{};
            if (!next.column) return end_of_path(match);
            if (result_.hop_count == most_hops) return fail(path_error::too_many_hops);
            result_.hops[result_.hop_count++] = hop_of(*match.column);
            at_ = match.column->target;
            match = next;
        }
    }

private:
    constexpr std::string_view rest() const { return text_.substr(position_); }
    constexpr std::string_view segment() const { return rest().substr(0, rest().find("__")); }

    // What follows the last column.
    constexpr resolution end_of_path(const column_match& match) {
        const lookup_name* name = find_lookup(segment());
        if (what_ == names::fields || (match.relation && !name)) {
            if (match.relation) at_ = match.column->target;
            return fail(match.relation ? path_error::no_such_field : path_error::not_a_relation);
        }
        if (name && name->part != transform::none) {
            if (!allows(*match.column, name->part)) return fail(path_error::lookup_not_for_type);
            result_.transform = name->part;
            position_ += name->name.size();
            if (position_ == text_.size()) return result_;
            position_ += 2;
            name = find_lookup(segment());
        }
        if (!name || segment().size() != rest().size()) return fail(path_error::no_such_lookup);
        if (!allows(*match.column, result_.transform, *name)) return fail(path_error::lookup_not_for_type);
        result_.lookup = name->lookup;
        return result_;
    }

    constexpr resolution fail(path_error error) {
        result_.error = error;
        result_.at = at_;
        result_.begin = position_;
        result_.size = segment().size();
        if (error == path_error::lookup_not_for_type || error == path_error::not_a_relation) return result_;
        nearest_name nearest(segment());
        if (error == path_error::no_such_field) consider_fields(nearest);
        if (position_ > 0 && what_ == names::lookups)
            for (const lookup_name& lookup : lookup_names) nearest.consider(lookup.name);
        result_.nearest = nearest.best();
        return result_;
    }

    constexpr void consider_fields(nearest_name& nearest) const {
        for (const sql::column& column : at_->columns) {
            nearest.consider(column.field);
            nearest.consider(column.name);
        }
    }

    const sql::table* at_;
    std::string_view text_;
    names what_;
    std::size_t position_ = 0;
    resolution result_{};
};

constexpr resolution resolve(const sql::table& root, std::string_view text, names what) {
    return resolver(root, text, what).run();
}

}  // namespace orm::inline v0::model_detail
