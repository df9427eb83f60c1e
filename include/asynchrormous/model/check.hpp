// What can be wrong with a model, found by one plain function over its table and its meta.
// The first problem is reported (diagnose.hpp); a model without one is valid.
#pragma once

#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/model/did_you_mean.hpp>
#include <asynchrormous/model/resolution.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace orm::inline v0::model_detail {

enum class model_error : std::uint8_t {
    none,
    no_columns,
    unsupported_type,
    meta_names_no_member,
    meta_names_other_struct,
    duplicate_column,
    name_too_long,
    no_primary_key,
    several_primary_keys,
    nullable_primary_key,
    foreign_key_type,
    max_length_without_text,
    numeric_size_without_decimal,
    on_delete_without_foreign_key,
    set_null_without_optional,
    set_default_without_default,
    version_type,
    auto_now_type,
    no_such_field_in_ordering,
    no_such_field_in_group,
};

struct model_problem {
    model_error kind = model_error::none;
    std::size_t column = 0;
    std::string_view name{};     // the member or the text that is wrong
    std::string_view nearest{};  // the valid name that may have been meant
};

constexpr std::size_t longest_identifier = 63;  // PostgreSQL cuts longer ones silently

constexpr bool is_text(sql::type type) {
    using enum sql::type_kind;
    return !type.array && (type.kind == text || type.kind == varchar);
}

constexpr bool is_moment(sql::type type) {
    using enum sql::type_kind;
    return !type.array && (type.kind == timestamptz || type.kind == timestamp || type.kind == date);
}

class model_checker {
public:
    constexpr model_checker(const sql::table& table, const member_source* sources,
                            std::span<const meta_entry> entries)
        : table_(table), sources_(sources), entries_(entries) {}

    constexpr model_problem run(bool needs_key) const {
        if (table_.columns.empty()) return {model_error::no_columns};
        if (table_.name.size() > longest_identifier) return {model_error::name_too_long, 0, table_.name};
        for (const sql::column& column : table_.columns)
            if (const model_problem problem = check(column); problem.kind != model_error::none)
                return problem;
        for (const meta_entry& entry : entries_)
            if (const model_problem problem = check(entry); problem.kind != model_error::none) return problem;
        return needs_key ? check_key() : model_problem{};
    }

    constexpr model_problem check_key() const {
        std::size_t keys = 0;
        for (const sql::column& column : table_.columns) keys += column.primary_key;
        if (keys == 0) return {model_error::no_primary_key};
        const sql::column& key = table_.key();
        if (keys > 1) return {model_error::several_primary_keys, key.index, key.field};
        if (key.nullable) return {model_error::nullable_primary_key, key.index, key.field};
        return {};
    }

private:
    constexpr model_problem check(const sql::column& column) const {
        const auto problem = [&](model_error kind) {
            return model_problem{kind, column.index, column.field};
        };
        if (column.type.kind == sql::type_kind::unknown) return problem(model_error::unsupported_type);
        if (column.name.size() > longest_identifier) return problem(model_error::name_too_long);
        for (const sql::column& other : table_.columns.subspan(0, column.index))
            if (other.name == column.name || other.field == column.field)
                return {model_error::duplicate_column, column.index, column.field, column.name};
        if (column.target && !column.target->columns.empty() &&
            !same_key(column.type, column.target->key().type))
            return problem(model_error::foreign_key_type);
        if (column.max_length != 0 && column.type.kind != sql::type_kind::varchar)
            return problem(model_error::max_length_without_text);
        if (column.precision != 0 && column.type != sql::type{sql::type_kind::numeric})
            return problem(model_error::numeric_size_without_decimal);
        if (column.version &&
            (!is_integer(column.type) || column.nullable || column.primary_key || column.target))
            return problem(model_error::version_type);
        if ((column.auto_now || column.auto_now_add) && !is_moment(column.type))
            return problem(model_error::auto_now_type);
        if (column.target == nullptr) return {};
        if (column.on_delete == sql::delete_rule::set_null && !column.nullable)
            return problem(model_error::set_null_without_optional);
        if (column.on_delete == sql::delete_rule::set_default && column.db_default.empty() &&
            !column.nullable)
            return problem(model_error::set_default_without_default);
        return {};
    }

    // varchar and text hold the same keys.
    static constexpr bool same_key(sql::type key, sql::type target) {
        return key == target || (is_text(key) && is_text(target));
    }

    constexpr model_problem check(const meta_entry& entry) const {
        if (entry.kind == option::ordering) return check_ordering(entry.field);
        if (entry.field.empty()) return {};
        const sql::column* column = find(entry.field);
        if (entry.kind == option::group_field)
            return column ? model_problem{} : missing(model_error::no_such_field_in_group, entry.field);
        if (!column) return missing(model_error::meta_names_no_member, entry.field);
        if (entry.owner && entry.owner != sources_[column->index].owner)
            return {model_error::meta_names_other_struct, column->index, entry.field};
        if (entry.kind == option::on_delete && !column->target)
            return {model_error::on_delete_without_foreign_key, column->index, entry.field};
        return {};
    }

    constexpr model_problem check_ordering(std::string_view term) const {
        const resolution found = resolve(table_, without_minus(term), names::fields);
        if (found.error == path_error::none) return {};
        return {model_error::no_such_field_in_ordering, 0, term, found.nearest};
    }

    constexpr const sql::column* find(std::string_view field) const {
        for (const sql::column& column : table_.columns)
            if (column.field == field) return &column;
        return nullptr;
    }

    constexpr model_problem missing(model_error kind, std::string_view name) const {
        nearest_name nearest(name);
        for (const sql::column& column : table_.columns) nearest.consider(column.field);
        return {kind, 0, name, nearest.best()};
    }

    const sql::table& table_;
    const member_source* sources_;
    std::span<const meta_entry> entries_;
};

constexpr model_problem find_problem(const sql::table& table, const member_source* sources,
                                     std::span<const meta_entry> entries, bool needs_key) {
    return model_checker(table, sources, entries).run(needs_key);
}

}  // namespace orm::inline v0::model_detail
