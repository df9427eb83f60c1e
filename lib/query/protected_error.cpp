#include <asynchrormous/query/protected_error.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

protected_error::~protected_error() = default;
restricted_error::~restricted_error() = default;

namespace query_detail {

namespace {

void note(std::vector<const sql::table*>& seen, const sql::table* one) {
    if (one && std::find(seen.begin(), seen.end(), one) == seen.end()) seen.push_back(one);
}

// By its name among all that relations lead to.
const sql::table* table_near(const sql::table& start, std::string_view name) {
    std::vector<const sql::table*> seen{&start};
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const sql::table& each = *seen[i];
        if (each.name == name) return &each;
        for (const sql::column& column : each.columns) note(seen, column.target);
        for (const sql::relation& relation : each.relations) {
            note(seen, relation.target);
            note(seen, relation.through);
        }
    }
    return nullptr;
}

// Of the key whose constraint has the name that create_tables() gives, "book_author_id_fkey", or of the only
// key of the table.
std::optional<sql::delete_rule> rule_of(const sql::table& in, std::string_view constraint) {
    const sql::column* only = nullptr;
    std::size_t keys = 0;
    for (const sql::column& each : in.columns) {
        if (!each.target) continue;
        const std::string made = std::string(in.name) + "_" + std::string(each.name) + "_fkey";
        if (made == constraint) return each.on_delete;
        only = &each;
        ++keys;
    }
    return keys == 1 ? std::optional(only->on_delete) : std::nullopt;
}

sql::delete_rule rule_behind(const integrity_error& e, const sql::table& deleted) {
    const sql::table* const keeper = table_near(deleted, e.report().table);
    if (!keeper) return sql::delete_rule::protect;
    return rule_of(*keeper, e.report().constraint).value_or(sql::delete_rule::protect);
}

}  // namespace

// SQLSTATE 23001 is what PostgreSQL 18 says of ON DELETE RESTRICT, before it was 23503 as for any key.
std::exception_ptr decode_deleted::failed(std::exception_ptr why) const noexcept {
    try {
        std::rethrow_exception(why);
    } catch (const integrity_error& e) {
        if (e.sqlstate() != "23503" && e.sqlstate() != "23001") return why;
        const sql::delete_rule rule = rule_behind(e, *deleted);
        if (rule == sql::delete_rule::restrict)
            return std::make_exception_ptr(restricted_error(e.report(), e.sql()));
        // The default that set_default writes may be missing, too.
        if (rule == sql::delete_rule::do_nothing || rule == sql::delete_rule::set_default) return why;
        return std::make_exception_ptr(protected_error(e.report(), e.sql()));
    } catch (...) {
        return why;
    }
}

}  // namespace query_detail

}  // namespace orm::inline v0
