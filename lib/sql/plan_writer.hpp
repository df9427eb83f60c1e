// Spells a plan in PostgreSQL: a method for each clause, called in the order of the grammar.
#pragma once

#include "plan.hpp"
#include "sink.hpp"

#include <string_view>

namespace orm::inline v0::sql {

class plan_writer {
public:
    plan_writer(sql_sink& out, const plan& from) noexcept : out_(out), plan_(from) {}

    // Everything but the select list.
    void from() const;
    void where() const;
    void order_by() const;
    void limit(bool only_one = false) const;

    // `SELECT [DISTINCT] list FROM … LIMIT …` of the plan's selection.
    void rows() const;
    // With DISTINCT also the ordering's columns, which PostgreSQL wants to see selected.
    void select_list() const;

    void scalar(const operand& side) const;
    void column(const column_ref& of) const;
    void key() const;  // of the plan's own table

private:
    void bare_column(const column_ref& of) const;

    enum class context : std::uint8_t { top, all, any };
    void any_condition(const condition& what, context around) const;
    void group(const condition& what, context around) const;
    void guarded(const condition& what, context around) const;
    void leaf(const condition& what) const;
    void comparison(const condition& what) const;
    void infix(const condition& what, std::string_view op) const;
    void like(const condition& what, bool fold_case, bool open_start, bool open_end) const;
    void text(const operand& side) const;
    void pattern(const operand& side, bool open_start, bool open_end) const;
    void matched(const operand& side, const condition& of) const;
    void not_null(const operand& side) const;

    sql_sink& out_;
    const plan& plan_;
};

}  // namespace orm::inline v0::sql
