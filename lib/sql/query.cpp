#include "clause.hpp"
#include "nodes.hpp"
#include "shape.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/pending_filter.hpp>
#include <asynchrormous/sql/query.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

namespace {

constexpr std::uint64_t largest_bigint = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::uint64_t shape_of_terms(const std::vector<ordering>& terms) noexcept {
    std::uint64_t shape = shape_of(terms.size());
    for (const ordering& term : terms)
        shape = mix(mix(shape, term.by->shape()), shape_of(term.descending, term.by_column, term.nulls));
    return shape;
}

std::uint64_t shape_of_columns(const std::vector<selected_column>& columns) noexcept {
    std::uint64_t shape = shape_of(columns.size());
    for (const selected_column& column : columns)
        shape = mix(mix(shape, shape_of_text(column.name)), column.what->shape());
    return shape;
}

std::uint64_t shape_of_values(const std::vector<expression_ptr>& values) noexcept {
    std::uint64_t shape = shape_of(values.size());
    for (const expression_ptr& each : values) shape = mix(shape, each->shape());
    return shape;
}

std::uint64_t shape_of_hops(std::span<const hop> hops) noexcept {
    std::uint64_t shape = shape_of(hops.size());
    for (const hop& each : hops) shape = mix(mix(shape, each.from), each.to);
    return shape;
}

std::uint64_t shape_of_lock(const locking& how) noexcept {
    std::uint64_t shape = shape_of(how.strength, how.when_locked, how.of.size());
    for (const path& each : how.of) shape = mix(mix(shape, shape_of_hops(each.hops)), each.target);
    return shape;
}

std::uint64_t shape_of_joined(const loading& what) noexcept {
    std::uint64_t shape = shape_of(what.joined().size());
    for (const std::vector<hop>& hops : what.joined()) shape = mix(shape, shape_of_hops(hops));
    return shape;
}

std::uint64_t shape_of_options(const source_options& how) noexcept {
    std::uint64_t shape = shape_of(how.keep, how.columns.size());
    for (const std::uint16_t place : how.columns) shape = mix(shape, shape_of(place));
    return shape;
}

std::uint64_t shape_of_members(combinator how, const std::vector<query>& members) noexcept {
    std::uint64_t shape = shape_of(how, members.size());
    for (const query& member : members) shape = mix(shape, member.shape());
    return shape;
}

[[noreturn, gnu::cold]] void throw_sliced(const query& rows, const char* verb, const char* method) {
    throw query_error(std::string(rows.source().model) + ": cannot " + verb +
                      " a query once a slice has been taken; call " + method + "() before slicing");
}

void refuse_slice(const query& rows, const char* verb, const char* method) {
    if (rows.sliced()) throw_sliced(rows, verb, method);
}

[[noreturn, gnu::cold]] void throw_combined(const query& rows, const char* method) {
    throw query_error(std::string(rows.source().model) + ": " + method +
                      "() has no meaning after union_(), intersection() or difference(): call it on the "
                      "QuerySets that are combined");
}

void refuse_combined(const query& rows, const char* method) {
    if (rows.combined()) throw_combined(rows, method);
}

void refuse_taken(const query& rows, std::string_view name) {
    const bool annotation = annotation_of(rows.head(), name);
    if (!annotation && !relation_of(rows.head(), name)) return;
    throw query_error(std::string(rows.source().model) + ": the query has " +
                      (annotation ? "an annotation \"" : "a relation \"") + std::string(name) +
                      "\" already; give this one another name");
}

constexpr std::uint32_t bit_of(clause_kind kind) noexcept { return 1u << static_cast<unsigned>(kind); }

intrusive_ptr<const clause> flag(const intrusive_ptr<const clause>& before, clause_kind kind) {
    return make_intrusive<const flag_clause>(before, kind);
}

}  // namespace

clause::clause(clause_kind kind, const table& source, std::uint64_t shape) noexcept
    : source_(&source), shape_(mix(mix(shape_of(kind), &source), shape)), kinds_(bit_of(kind)), kind_(kind) {}

clause::clause(clause_kind kind, intrusive_ptr<const clause> previous, std::uint64_t shape) noexcept
    : previous_(std::move(previous)),
      source_(previous_->source_),
      shape_(mix(previous_->shape_ + static_cast<std::uint64_t>(kind), shape)),
      kinds_(previous_->kinds_ | bit_of(kind)),
      kind_(kind) {}

// A chain built in a loop is as long as the loop: it is taken apart here link by link, not by recursion.
clause::~clause() {
    intrusive_ptr<const clause> rest = std::move(previous_);
    while (rest && rest->sole()) rest = std::move(const_cast<clause&>(*rest).previous_);
}

row_range row_range::then(std::uint64_t skip, std::optional<std::uint64_t> count) const noexcept {
    row_range next;
    next.offset = offset + std::min(skip, largest_bigint - offset);
    if (limit) next.limit = *limit - std::min(skip, *limit);
    if (count) next.limit = std::min({*count, next.limit.value_or(*count), largest_bigint});
    return next;
}

source_clause::source_clause(const table& source) : clause(clause_kind::source, source, 0) {}

from_clause::from_clause(const table& as, query of, source_options with)
    : clause(clause_kind::from, as, mix(of.shape(), shape_of_options(with))),
      rows(std::move(of)),
      how(with) {}

with_clause::with_clause(intrusive_ptr<const clause> before, const table& name, query of)
    : clause(clause_kind::with, std::move(before), mix(of.shape(), &name)), as(&name), rows(std::move(of)) {}

tree_clause::tree_clause(query from, const column& by, tree_direction to)
    : clause(clause_kind::tree, *by.target, mix(mix(from.shape(), &by), shape_of(to))),
      seeds(std::move(from)),
      key(&by),
      direction(to) {}

relate_clause::relate_clause(intrusive_ptr<const clause> before, std::string_view as,
                             std::span<const hop> over, expression_ptr on)
    : clause(clause_kind::relate, std::move(before),
             mix(mix(shape_of_text(as), shape_of_hops(over)), on->shape())),
      name(as),
      to(over),
      condition(std::move(on)) {}

filter_clause::filter_clause(intrusive_ptr<const clause> before, expression_ptr what)
    : clause(clause_kind::filter, std::move(before), what->shape()), condition(std::move(what)) {}

order_clause::order_clause(intrusive_ptr<const clause> before, std::vector<ordering> by)
    : clause(clause_kind::order_by, std::move(before), shape_of_terms(by)),
      own_(std::move(by)),
      terms(own_) {}

order_clause::order_clause(intrusive_ptr<const clause> before, std::span<const ordering> names)
    : clause(clause_kind::order_by, std::move(before), mix(names.size(), names.data())), terms(names) {}

flag_clause::flag_clause(intrusive_ptr<const clause> before, clause_kind flag)
    : clause(flag, std::move(before), 0) {}

slice_clause::slice_clause(intrusive_ptr<const clause> before, row_range to)
    : clause(clause_kind::slice, std::move(before),
             to.limit.has_value() * 2u + to.nothing() * 4u + (to.offset != 0)),
      range(to) {}

select_clause::select_clause(intrusive_ptr<const clause> before, std::vector<selected_column> what)
    : clause(clause_kind::select, std::move(before), shape_of_columns(what)), columns(std::move(what)) {}

annotate_clause::annotate_clause(intrusive_ptr<const clause> before, std::string_view as, expression_ptr of,
                                 bool shown)
    : clause(clause_kind::annotate, std::move(before),
             mix(mix(shape_of_text(as), of->shape()), shape_of(shown))),
      name(as),
      what(std::move(of)),
      selected(shown) {}

distinct_on_clause::distinct_on_clause(intrusive_ptr<const clause> before, std::vector<expression_ptr> by)
    : clause(clause_kind::distinct_on, std::move(before), shape_of_values(by)), terms(std::move(by)) {}

lock_clause::lock_clause(intrusive_ptr<const clause> before, locking with)
    : clause(clause_kind::lock, std::move(before), shape_of_lock(with)), how(std::move(with)) {}

load_clause::load_clause(intrusive_ptr<const clause> before, intrusive_ptr<const loading> with)
    : clause(clause_kind::load, std::move(before), shape_of_joined(*with)), what(std::move(with)) {}

combine_clause::combine_clause(combinator of, std::vector<query> all)
    : clause(clause_kind::combine, all.front().source(), shape_of_members(of, all)),
      how(of),
      members(std::move(all)) {}

const annotate_clause* annotation_of(const clause& head, std::string_view name) noexcept {
    for (const clause* link = &head; link; link = link->previous().get()) {
        if (link->kind() != clause_kind::annotate) continue;
        const auto& annotation = clause_as<annotate_clause>(*link);
        if (annotation.name == name) return &annotation;
    }
    return nullptr;
}

const relate_clause* relation_of(const clause& head, std::string_view name) noexcept {
    for (const clause* link = &head; link; link = link->previous().get()) {
        if (link->kind() != clause_kind::relate) continue;
        const auto& relation = clause_as<relate_clause>(*link);
        if (relation.name == name) return &relation;
    }
    return nullptr;
}

const clause* newest(const clause& head, clause_kind kind) noexcept {
    for (const clause* link = &head; link; link = link->previous().get())
        if (link->kind() == kind) return link;
    return nullptr;
}

loading::~loading() = default;

query::query(const table& source) : head_(make_intrusive<const source_clause>(source)) {}

query query::from(const table& as, query rows, source_options how) {
    return query(make_intrusive<const from_clause>(as, std::move(rows), how));
}

query query::with(const table& as, query rows) const {
    refuse_combined(*this, "with");
    return query(make_intrusive<const with_clause>(head_, as, std::move(rows)));
}

query query::of_tree(query seeds, const column& key, tree_direction direction) {
    return query(make_intrusive<const tree_clause>(std::move(seeds), key, direction));
}

query query::filter(expression_ptr condition) const {
    if (!condition) return *this;
    const auto* constant = node_if<constant_node>(condition);
    if (constant && constant->everything) return *this;
    refuse_slice(*this, "filter", "filter");
    refuse_combined(*this, "filter");
    return query(make_intrusive<const filter_clause>(head_, std::move(condition)));
}

intrusive_ptr<const clause> query::before_filter(bool negated) const {
    refuse_slice(*this, negated ? "exclude from" : "filter", negated ? "exclude" : "filter");
    refuse_combined(*this, negated ? "exclude" : "filter");
    return head_;
}

query query::filtered(intrusive_ptr<const pending_filter> last) noexcept { return query(std::move(last)); }

query query::exclude(expression_ptr condition) const {
    if (!condition) return *this;
    refuse_slice(*this, "exclude from", "exclude");
    refuse_combined(*this, "exclude");
    return filter(negate(std::move(condition)));
}

query query::order_by(std::vector<ordering> terms) const {
    refuse_slice(*this, "reorder", "order_by");
    return query(make_intrusive<const order_clause>(head_, std::move(terms)));
}

query query::order_by_names(std::span<const ordering> terms) const {
    refuse_slice(*this, "reorder", "order_by");
    return query(make_intrusive<const order_clause>(head_, terms));
}

query query::load(intrusive_ptr<const loading> what, const char* method) const {
    refuse_combined(*this, method);
    return query(make_intrusive<const load_clause>(head_, std::move(what)));
}

intrusive_ptr<const loading> query::loads() const noexcept {
    if (!head_->loads()) return nullptr;
    return clause_as<load_clause>(*newest(*head_, clause_kind::load)).what;
}

query query::reverse() const {
    refuse_slice(*this, "reverse", "reverse");
    return query(flag(head_, clause_kind::reverse));
}

query query::distinct() const {
    refuse_slice(*this, "make distinct", "distinct");
    refuse_combined(*this, "distinct");
    return query(flag(head_, clause_kind::distinct));
}

query query::slice(std::uint64_t offset, std::optional<std::uint64_t> limit) const {
    if (offset == 0 && !limit) return *this;
    const row_range part =
        sliced() ? clause_as<slice_clause>(*newest(*head_, clause_kind::slice)).range.then(offset, limit)
                 : row_range().then(offset, limit);
    return query(make_intrusive<const slice_clause>(head_, part));
}

query query::none() const { return query(flag(head_, clause_kind::none)); }

query query::select(std::vector<selected_column> columns) const {
    return query(make_intrusive<const select_clause>(head_, std::move(columns)));
}

query query::annotate(std::string_view name, expression_ptr what, bool selected) const {
    refuse_combined(*this, "annotate");
    refuse_taken(*this, name);
    return query(make_intrusive<const annotate_clause>(head_, name, std::move(what), selected));
}

query query::relate(std::string_view name, std::span<const hop> to, expression_ptr condition) const {
    refuse_slice(*this, "relate", "relate");
    refuse_combined(*this, "relate");
    refuse_taken(*this, name);
    if (to.empty() || !condition)
        throw query_error(std::string(source().model) + ": the relation \"" + std::string(name) +
                          "\" needs a path of relations and a condition");
    return query(make_intrusive<const relate_clause>(head_, name, to, std::move(condition)));
}

query query::distinct_on(std::vector<expression_ptr> terms) const {
    refuse_slice(*this, "make distinct", "distinct");
    refuse_combined(*this, "distinct");
    if (terms.empty()) return distinct();
    return query(make_intrusive<const distinct_on_clause>(head_, std::move(terms)));
}

query query::lock(locking how) const {
    refuse_combined(*this, "select_for_update");
    return query(make_intrusive<const lock_clause>(head_, std::move(how)));
}

query query::combine(combinator how, std::vector<query> others) const {
    others.insert(others.begin(), *this);
    for (const query& member : others)
        if (member.head_->locked())
            throw query_error(std::string(member.source().model) +
                              ": PostgreSQL cannot lock rows that union_(), intersection() or difference() "
                              "combine: leave out select_for_update(), or lock the rows by their keys");
    return query(make_intrusive<const combine_clause>(how, std::move(others)));
}

bool query::ordered() const noexcept {
    if (const clause* explicitly = newest(*head_, clause_kind::order_by))
        return !clause_as<order_clause>(*explicitly).terms.empty();
    if (combined()) return false;
    return source().ordering && !source().ordering().empty();
}

bool query::empty() const noexcept {
    if (newest(*head_, clause_kind::none)) return true;
    const clause* slice = newest(*head_, clause_kind::slice);
    return slice && clause_as<slice_clause>(*slice).range.nothing();
}

}  // namespace orm::inline v0::sql
