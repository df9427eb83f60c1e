#include "clause.hpp"
#include "nodes.hpp"
#include "shape.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/query.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

namespace {

constexpr std::uint64_t largest_bigint = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::uint64_t shape_of_terms(const std::vector<ordering>& terms) noexcept {
    std::uint64_t shape = shape_of(terms.size());
    for (const ordering& term : terms)
        shape = mix(mix(shape, term.by->shape()), shape_of(term.descending, term.by_column));
    return shape;
}

std::uint64_t shape_of_columns(const std::vector<expression_ptr>& columns) noexcept {
    std::uint64_t shape = shape_of(columns.size());
    for (const expression_ptr& column : columns) shape = mix(shape, column->shape());
    return shape;
}

void refuse_slice(const query& rows, const char* verb, const char* method) {
    if (!rows.sliced()) return;
    throw query_error(std::string(rows.source().model) + ": cannot " + verb +
                      " a query once a slice has been taken; call " + method + "() before slicing");
}

intrusive_ptr<const clause> flag(const intrusive_ptr<const clause>& before, clause_kind kind) {
    return make_intrusive<const flag_clause>(before, kind);
}

}  // namespace

clause::clause(clause_kind kind, const table& source) noexcept
    : source_(&source), shape_(mix(shape_of(kind), &source)), kind_(kind), sliced_(false) {}

clause::clause(clause_kind kind, intrusive_ptr<const clause> previous, std::uint64_t shape) noexcept
    : previous_(std::move(previous)),
      source_(previous_->source_),
      shape_(mix(mix(previous_->shape_, shape_of(kind)), shape)),
      kind_(kind),
      sliced_(kind == clause_kind::slice || previous_->sliced_) {}

// A chain built in a loop is as long as the loop: it is taken apart here link by link, not by recursion.
clause::~clause() {
    intrusive_ptr<const clause> rest = std::move(previous_);
    while (rest && rest->sole()) rest = std::move(const_cast<clause&>(*rest).previous_);
}

window window::then(std::uint64_t skip, std::optional<std::uint64_t> count) const noexcept {
    window next;
    next.offset = offset + std::min(skip, largest_bigint - offset);
    if (limit) next.limit = *limit - std::min(skip, *limit);
    if (count) next.limit = std::min({*count, next.limit.value_or(*count), largest_bigint});
    return next;
}

source_clause::source_clause(const table& source) : clause(clause_kind::source, source) {}

filter_clause::filter_clause(intrusive_ptr<const clause> before, expression_ptr what)
    : clause(clause_kind::filter, std::move(before), what->shape()), condition(std::move(what)) {}

order_clause::order_clause(intrusive_ptr<const clause> before, std::vector<ordering> by)
    : clause(clause_kind::order_by, std::move(before), shape_of_terms(by)), terms(std::move(by)) {}

flag_clause::flag_clause(intrusive_ptr<const clause> before, clause_kind flag)
    : clause(flag, std::move(before), 0) {}

slice_clause::slice_clause(intrusive_ptr<const clause> before, window to)
    : clause(clause_kind::slice, std::move(before),
             shape_of(to.offset != 0, to.limit.has_value(), to.nothing())),
      range(to) {}

select_clause::select_clause(intrusive_ptr<const clause> before, std::vector<expression_ptr> what)
    : clause(clause_kind::select, std::move(before), shape_of_columns(what)), columns(std::move(what)) {}

const clause* newest(const clause& head, clause_kind kind) noexcept {
    for (const clause* link = &head; link; link = link->previous().get())
        if (link->kind() == kind) return link;
    return nullptr;
}

query::query(const table& source) : head_(make_intrusive<const source_clause>(source)) {}

query query::filter(expression_ptr condition) const {
    if (!condition) return *this;
    const auto* constant = node_if<constant_node>(condition);
    if (constant && constant->everything) return *this;
    refuse_slice(*this, "filter", "filter");
    return query(make_intrusive<const filter_clause>(head_, std::move(condition)));
}

query query::exclude(expression_ptr condition) const {
    if (!condition) return *this;
    refuse_slice(*this, "exclude from", "exclude");
    return filter(negate(std::move(condition)));
}

query query::order_by(std::vector<ordering> terms) const {
    refuse_slice(*this, "reorder", "order_by");
    for (const ordering& term : terms)
        if (!node_if<field_node>(term.by))
            throw query_error(std::string(source().model) + ": order_by() takes columns");
    return query(make_intrusive<const order_clause>(head_, std::move(terms)));
}

query query::reverse() const {
    refuse_slice(*this, "reverse", "reverse");
    return query(flag(head_, clause_kind::reverse));
}

query query::distinct() const {
    refuse_slice(*this, "make distinct", "distinct");
    return query(flag(head_, clause_kind::distinct));
}

query query::slice(std::uint64_t offset, std::optional<std::uint64_t> limit) const {
    if (offset == 0 && !limit) return *this;
    const clause* earlier = newest(*head_, clause_kind::slice);
    const window whole = earlier ? clause_as<slice_clause>(*earlier).range : window{};
    return query(make_intrusive<const slice_clause>(head_, whole.then(offset, limit)));
}

query query::none() const { return query(flag(head_, clause_kind::none)); }

query query::select(std::vector<expression_ptr> columns) const {
    for (const expression_ptr& column : columns)
        if (!node_if<field_node>(column) && !node_if<value_node>(column))
            throw query_error(std::string(source().model) + ": select() takes columns and values");
    return query(make_intrusive<const select_clause>(head_, std::move(columns)));
}

bool query::ordered() const noexcept {
    if (const clause* explicitly = newest(*head_, clause_kind::order_by))
        return !clause_as<order_clause>(*explicitly).terms.empty();
    return source().ordering && !source().ordering().empty();
}

bool query::empty() const noexcept {
    if (newest(*head_, clause_kind::none)) return true;
    const clause* slice = newest(*head_, clause_kind::slice);
    return slice && clause_as<slice_clause>(*slice).range.nothing();
}

}  // namespace orm::inline v0::sql
