// The tables a query reads and how they are joined: names as Django gives them, join types as Django decides.
// A hop over a nullable key begins outer; the votes of the conditions promote and demote it afterwards.
#pragma once

#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace orm::inline v0::sql {

enum class join_type : std::uint8_t { root, inner, outer };

// What a row comes from: the query's own table (index 0), or one joined to `parent` by a hop of a path.
struct row_source {
    std::string alias{};
    const table* of = nullptr;
    hop via{};
    std::size_t parent = 0;
    join_type type = join_type::root;
    bool used = false;   // trimmed joins are kept for their name and their votes, but not rendered
    bool named = false;  // a relation under a name: no path but its own leads here

    bool renamed() const noexcept { return alias != of->name; }
};

// A column of one of the sources.
struct column_ref {
    std::size_t source = 0;
    const column* of = nullptr;

    friend bool operator==(const column_ref& a, const column_ref& b) noexcept {
        return a.source == b.source && (a.of == b.of || (a.of && b.of && a.of->name == b.of->name));
    }
};

// Where a path leads: the column after trimming, and the source it went to before.
struct destination {
    column_ref column{};
    std::size_t deepest = 0;
};

// Which joins over hops with many rows a path may use again. One filter() call shares such joins, the next
// one makes its own; everything else uses whichever was made last.
using reusable = std::vector<std::size_t>;

class join_graph {
public:
    // Depth 0 is the outermost query: tables go by their names. Deeper ones have U0, U1, …, then V0, ….
    join_graph(const table& root, std::size_t depth);

    const std::vector<row_source>& sources() const noexcept { return sources_; }
    const row_source& at(std::size_t index) const noexcept { return sources_[index]; }

    // Walks from a source along the hops. The last joins are trimmed when the columns before already hold
    // the value: "author__id" is "author_id". Marks what remains as used. With `only`, hops with many rows
    // reuse the joins in it, and add theirs.
    destination walk(std::size_t start, std::span<const hop> hops, const column& target,
                     reusable* only = nullptr);

    // The source that a path's rows are in, where a foreign key at its end leads one further. Marks it as
    // used.
    std::size_t reach(const path& where);

    // The source that a hop leads to.
    std::size_t follow(std::size_t parent, const hop& via, reusable* only = nullptr);

    // One of these joins, 0: none of them is over this hop.
    std::size_t find(std::size_t parent, const hop& via, const reusable& among) const noexcept;

    // A join of its own, which may find none: a relation with a condition.
    std::size_t add_named(std::size_t parent, const hop& via);

    // Its use so far was none: it is rendered when something else uses it.
    void release(std::size_t source) noexcept { sources_[source].used = false; }

    // The hop from a foreign key to the row it refers to.
    static hop hop_of(const column& foreign_key) noexcept {
        return {&foreign_key, &foreign_key.target->key(), foreign_key.target, false, foreign_key.nullable};
    }

    // Outer where that can make a difference, with everything behind it: no outer join precedes an inner one.
    void promote(std::vector<std::size_t> sources);
    // Inner, with everything before it.
    void demote(std::span<const std::size_t> sources);

    std::vector<std::size_t> inner_joins() const;
    bool joined() const noexcept;  // any join is used

private:
    std::string name_for(const table& of) const;
    bool matches(const row_source& join, std::size_t parent, const hop& via) const noexcept;
    bool taken(std::string_view alias) const noexcept;
    void use(std::size_t source) noexcept;
    std::size_t add(std::size_t parent, const hop& via);

    std::vector<row_source> sources_;
    std::size_t depth_;
};

}  // namespace orm::inline v0::sql
