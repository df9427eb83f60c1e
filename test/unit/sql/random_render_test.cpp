// Random trees of conditions: whatever their form, numbering follows order and parentheses balance.
#include "tables.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace sql_test;

namespace {

// Every value bound has its own number, given in the order in which the text must show them.
class random_tree {
public:
    explicit random_tree(std::uint64_t seed) : state_(seed) {}

    std::size_t below(std::size_t n) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state_ >> 33) % n;
    }

    expression_ptr grow(std::size_t depth) {
        if (depth == 0 || below(4) == 0) return leaf();
        if (below(4) == 0) return negate(grow(depth - 1));
        std::vector<expression_ptr> children;
        for (std::size_t i = below(3) + 1; i > 0; --i) children.push_back(grow(depth - 1));
        return below(2) ? all_of(std::move(children)) : any_of(std::move(children));
    }

    int bound() const { return bound_; }

private:
    expression_ptr column() {
        static constexpr std::string_view paths[] = {"title",
                                                     "rating",
                                                     "author",
                                                     "editor",
                                                     "editor__name",
                                                     "author__country__name",
                                                     "pages",
                                                     "editor__age",
                                                     "author__id",
                                                     "sequel_to__title",
                                                     "sequel_to__editor__country"};
        return of(book, paths[below(std::size(paths))]);
    }

    expression_ptr number() { return num(++bound_); }

    expression_ptr leaf() {
        switch (below(7)) {
            case 0:
                return is_null(column(), below(2) == 0);
            case 1:
                return compare(lookup_kind::exact, column(), column());
            case 2: {
                const auto low = number();
                return between(column(), low, number());
            }
            case 3:
                return compare(lookup_kind::icontains, column(), number());
            case 4:
                return in_list(column(), number(), below(2) == 0);
            default:
                return compare(lookup_kind::exact, column(), number());
        }
    }

    std::uint64_t state_;
    int bound_ = 0;
};

bool balanced(std::string_view text) {
    int depth = 0;
    for (const char c : text) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0) return false;
    }
    return depth == 0;
}

// $1, $2, … without a gap, and as many as there are parameters.
bool numbered(const statement& made) {
    std::size_t expected = 0;
    const std::string text = made.text.str();
    for (auto at = text.find('$'); at != std::string::npos; at = text.find('$', at + 1))
        if (std::stoul(text.substr(at + 1)) != ++expected) return false;
    return expected == made.parameters.size();
}

// The trees number their values in order of creation, which is the order of the text.
bool in_order(const statement& made) {
    int expected = 0;
    for (const parameter& bound : made.parameters)
        if (bound.type == int4 && *bound.bytes != std::to_string(++expected)) return false;
    return true;
}

}  // namespace

TEST_CASE("random conditions are numbered in order, balanced, and planned the same every time") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        random_tree tree(seed);
        query rows(book);
        for (std::size_t filters = tree.below(3) + 1; filters > 0; --filters)
            rows = tree.below(3) ? rows.filter(tree.grow(4)) : rows.exclude(tree.grow(4));
        rows = rows.order_by({{of(book, "editor"), tree.below(2) == 0}}).slice(tree.below(3), 7);
        CAPTURE(seed);
        const statement made = render_select(rows);
        CAPTURE(made.text.str());
        REQUIRE(balanced(made.text));
        REQUIRE(numbered(made));
        REQUIRE(in_order(made));
        REQUIRE(made.parameters.size() >= static_cast<std::size_t>(tree.bound()));
        REQUIRE(render_select(rows).text == made.text);
        for (const statement& other : {render_count(rows), render_exists(rows)}) {
            REQUIRE(balanced(other.text));
            REQUIRE(numbered(other));
            REQUIRE(in_order(other));
        }
    }
}
