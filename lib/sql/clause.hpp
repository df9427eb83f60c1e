// The concrete links of a query's chain: data only.
#pragma once

#include <asynchrormous/sql/query.hpp>

#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0::sql {

// Absolute position in the unsliced rows. Both fit PostgreSQL's bigint.
struct row_range {
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> limit{};

    bool nothing() const noexcept { return limit && *limit == 0; }
    bool everything() const noexcept { return offset == 0 && !limit; }

    row_range then(std::uint64_t skip, std::optional<std::uint64_t> count) const noexcept;
};

struct source_clause final : clause {
    explicit source_clause(const table& source);
};

// The beginning of a chain: the rows of a query, under the source's name.
struct from_clause final : clause {
    from_clause(const table& as, query of, source_options with);
    const query rows;
    const source_options how;
};

struct with_clause final : clause {
    with_clause(intrusive_ptr<const clause> before, const table& name, query of);
    const table* const as;
    const query rows;
};

// The beginning of a chain, the only link too.
struct tree_clause final : clause {
    tree_clause(query from, const column& by, tree_direction to);
    const query seeds;
    const column* const key;
    const tree_direction direction;
};

struct relate_clause final : clause {
    relate_clause(intrusive_ptr<const clause> before, std::string_view as, std::span<const hop> over,
                  expression_ptr on);
    const std::string_view name;
    const std::span<const hop> to;
    const expression_ptr condition;
};

struct filter_clause final : clause {
    filter_clause(intrusive_ptr<const clause> before, expression_ptr what);
    const expression_ptr condition;
};

struct order_clause final : clause {
    order_clause(intrusive_ptr<const clause> before, std::vector<ordering> by);
    order_clause(intrusive_ptr<const clause> before, std::span<const ordering> names);

private:
    const std::vector<ordering> own_{};

public:
    const std::span<const ordering> terms;

    // Without those of names, which have none.
    std::span<const ordering> terms_with_values() const noexcept { return own_; }
};

// reverse, distinct and none: their kind says it all.
struct flag_clause final : clause {
    flag_clause(intrusive_ptr<const clause> before, clause_kind flag);
};

// LIMIT and OFFSET are bound, so that paging does not vary the text.
struct slice_clause final : clause {
    slice_clause(intrusive_ptr<const clause> before, row_range to);
    const row_range range;
};

struct select_clause final : clause {
    select_clause(intrusive_ptr<const clause> before, std::vector<selected_column> what);
    const std::vector<selected_column> columns;
};

struct annotate_clause final : clause {
    annotate_clause(intrusive_ptr<const clause> before, std::string_view as, expression_ptr of, bool shown);
    const std::string_view name;
    const expression_ptr what;
    const bool selected;
};

struct distinct_on_clause final : clause {
    distinct_on_clause(intrusive_ptr<const clause> before, std::vector<expression_ptr> by);
    const std::vector<expression_ptr> terms;
};

struct lock_clause final : clause {
    lock_clause(intrusive_ptr<const clause> before, locking with);
    const locking how;
};

struct load_clause final : clause {
    load_clause(intrusive_ptr<const clause> before, intrusive_ptr<const loading> with);
    const intrusive_ptr<const loading> what;
};

// The beginning of a chain, like a source: the members have theirs.
struct combine_clause final : clause {
    combine_clause(combinator of, std::vector<query> all);
    const combinator how;
    const std::vector<query> members;
};

template <class Clause>
const Clause& clause_as(const clause& link) noexcept {
    return static_cast<const Clause&>(link);
}

// The annotation of this name, null when there is none.
const annotate_clause* annotation_of(const clause& head, std::string_view name) noexcept;

// The relation of this name, null when there is none.
const relate_clause* relation_of(const clause& head, std::string_view name) noexcept;

// The newest link of this kind, null when there is none.
const clause* newest(const clause& head, clause_kind kind) noexcept;

}  // namespace orm::inline v0::sql
