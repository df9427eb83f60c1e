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

// What a row comes from: the query's own table (index 0), or one joined over a foreign key of `parent`.
struct row_source {
    std::string alias{};
    const table* of = nullptr;
    const column* via = nullptr;  // the parent's foreign key; it points to the key of `of`
    std::size_t parent = 0;
    join_type type = join_type::root;
    bool nullable = false;
    bool used = false;  // trimmed joins are kept for their name and their votes, but not rendered

    bool renamed() const noexcept { return alias != of->name; }
};

// A column of one of the sources, with the part taken of it.
struct column_ref {
    std::size_t source = 0;
    const column* of = nullptr;
    transform part = transform::none;

    friend bool operator==(const column_ref& a, const column_ref& b) noexcept {
        return a.source == b.source && a.of->name == b.of->name && a.part == b.part;
    }
};

// Where a path leads: the column after trimming, and the source it went to before.
struct destination {
    column_ref column{};
    std::size_t deepest = 0;
};

class join_graph {
public:
    explicit join_graph(const table& root);

    const std::vector<row_source>& sources() const noexcept { return sources_; }
    const row_source& at(std::size_t index) const noexcept { return sources_[index]; }

    // Walks from a source along foreign keys. The last joins are trimmed when the key columns already hold
    // the value: "author__id" is "author_id". Marks what remains as used.
    destination walk(std::size_t start, std::span<const column* const> hops, const column& target,
                     transform part = transform::none);

    // The source a foreign key of another one leads to; single-valued, so there is one, always reused.
    std::size_t hop(std::size_t parent, const column& via);

    // Outer where that can make a difference, with everything behind it: no outer join precedes an inner one.
    void promote(std::vector<std::size_t> sources);
    // Inner, with everything before it.
    void demote(std::span<const std::size_t> sources);

    std::vector<std::size_t> inner_joins() const;
    bool joined() const noexcept;  // any join is used

private:
    std::string name_for(const table& of) const;
    bool taken(std::string_view alias) const noexcept;
    void use(std::size_t source) noexcept;

    std::vector<row_source> sources_;
};

}  // namespace orm::inline v0::sql
