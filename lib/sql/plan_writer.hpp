// Spells a plan in PostgreSQL: a method for each clause, called in the order of the grammar.
#pragma once

#include "plan.hpp"
#include "sink.hpp"

#include <cstddef>
#include <string_view>

namespace orm::inline v0::sql {

class plan_writer {
public:
    // `around`: of a subquery, the writer of the query around it.
    plan_writer(sql_sink& out, const plan& from, const plan_writer* around = nullptr) noexcept
        : out_(out), plan_(from), around_(around) {}

    // The whole SELECT of the plan's selection.
    void rows() const;
    // Of the same rows, whether there is one: what it selects has no meaning.
    void any_row() const;

    // Its clauses. With DISTINCT the ordering's values are selected too, as PostgreSQL wants to see them.
    void select() const;
    void select_list() const;
    void from() const;
    void where() const;
    void group_by() const;
    void order_by() const;
    void limit(bool only_one = false) const;
    void lock() const;
    void combination() const;  // its members

    // A value, or a condition as a value.
    void value(const term& of) const;
    void column(const column_ref& of) const;
    void key() const;  // of the plan's own table

private:
    void join(std::size_t source) const;
    void derived(const derived_rows& rows) const;
    void member(const plan& of) const;
    void tree(const planned_tree& of) const;

    enum class context : std::uint8_t { top, all, any };
    void conditions(std::string_view keyword, const std::vector<term>& all) const;
    void condition(const term& what, context around) const;
    void group(const term& what, context around) const;
    void odd(const term& what) const;
    void guarded(const term& what, context around) const;
    void leaf(const term& what) const;
    void comparison(const term& what) const;
    void infix(const term& what, std::string_view op) const;
    void in(const term& what) const;
    void like(const term& what, bool fold_case, bool open_start, bool open_end) const;
    void text(const term& side) const;
    void pattern(const term& side, bool open_start, bool open_end) const;

    void call(std::string_view text, const term& of) const;
    void aggregate(const term& of) const;
    void over(const term& of) const;
    void frame(const window_frame& of) const;
    void choice(const term& of) const;
    void subquery(const term& of) const;
    void exists(const plan& inner) const;
    void values(const term& of, std::size_t first, std::size_t count) const;
    void terms(const term& of, std::size_t first, const std::vector<direction>& how) const;
    void direction_of(const direction& how) const;

    sql_sink& out_;
    const plan& plan_;
    const plan_writer* around_;
};

}  // namespace orm::inline v0::sql
