// Random conditions over random rows, evaluated by the server and by a naive evaluation in memory.
// The rule they must agree on: a comparison with NULL does not hold, and "not" turns that around; only a
// NULL inside the list of `in` matters under a negation alone, as in Django.
#include "fixture.hpp"

#include <functional>
#include <map>
#include <random>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::Q;

namespace {

struct world {
    std::map<std::string, Country> countries{};
    std::map<std::int64_t, Author> authors{};
    std::map<std::int64_t, Book> books{};

    const Country* country_of(const Author* of) const {
        return of && of->country ? &countries.at(of->country->key()) : nullptr;
    }
    const Author* author_of(const Book* of) const { return of ? &authors.at(of->author.key()) : nullptr; }
    const Author* editor_of(const Book* of) const {
        return of && of->editor ? &authors.at(of->editor->key()) : nullptr;
    }
    const Book* before(const Book* of) const {
        return of && of->sequel_of ? &books.at(of->sequel_of->key()) : nullptr;
    }
};

// A condition in both worlds. `holds` is told whether it stands under an odd number of negations.
struct condition {
    Q<Book> asked{};
    std::function<bool(const Book&, bool negated)> holds{};
};

using dice = std::mt19937;

int roll(dice& random, int sides) { return static_cast<int>(random() % static_cast<unsigned>(sides)); }

// The column of a row that may be missing; nullopt is NULL.
template <class Row, class Column>
auto column(const Row* row, Column Row::* member) {
    if constexpr (requires(Column c) { c.has_value(); })
        return row ? row->*member : Column();
    else
        return row ? std::optional(row->*member) : std::nullopt;
}

template <class A, class B, class Compare>
bool both(const A& a, const B& b, Compare compare) {
    return a.has_value() && b.has_value() && compare(*a, *b);
}

class generator {
public:
    generator(const world& rows, unsigned seed) : rows_(rows), random_(seed) {}

    condition tree(int depth) {
        const int kind = depth == 0 ? 0 : roll(random_, 6);
        if (kind <= 1) return leaf();
        if (kind == 2) return negation(tree(depth - 1));
        condition left = tree(depth - 1);
        condition right = tree(depth - 1);
        return kind <= 4 ? conjunction(left, right) : disjunction(left, right);
    }

private:
    static condition negation(const condition& of) {
        return {!of.asked, [of](const Book& b, bool negated) { return !of.holds(b, !negated); }};
    }
    static condition conjunction(const condition& a, const condition& b) {
        return {a.asked && b.asked,
                [a, b](const Book& row, bool n) { return a.holds(row, n) && b.holds(row, n); }};
    }
    static condition disjunction(const condition& a, const condition& b) {
        return {a.asked || b.asked,
                [a, b](const Book& row, bool n) { return a.holds(row, n) || b.holds(row, n); }};
    }

    condition leaf() {
        switch (roll(random_, 4)) {
            case 0:
                return own_column();
            case 1:
                return related_column();
            case 2:
                return null_or_key();
            default:
                return two_columns();
        }
    }

    condition own_column() {
        const int n = roll(random_, 5);
        switch (roll(random_, 7)) {
            case 0:
                return {Q("pages__gt"_k = n), [n](const Book& b, bool) { return b.pages > n; }};
            case 1:
                return {Q("stars"_k = n), [n](const Book& b, bool) { return b.stars == n; }};
            case 2:
                return {Q("stars__lte"_k = n), [n](const Book& b, bool) { return b.stars && *b.stars <= n; }};
            case 3:
                return {Q("stars__in"_k = std::vector{n, n + 1}),
                        [n](const Book& b, bool) { return b.stars == n || b.stars == n + 1; }};
            case 4:
                return {Q("stars__in"_k = std::vector{std::optional(n), std::optional<int>()}),
                        [n](const Book& b, bool negated) { return b.stars ? *b.stars == n : negated; }};
            case 5:
                return {Q("stars__range"_k = std::pair(n, 100000)),
                        [n](const Book& b, bool) { return b.stars && *b.stars >= n; }};
            default:
                return {Q("published__year"_k = 2000 + n),
                        [n](const Book& b, bool) { return b.published && b.published->year() == 2000 + n; }};
        }
    }

    condition related_column() {
        const std::string name(1, static_cast<char>('a' + roll(random_, 3)));
        const world& w = rows_;
        const auto is = [name](const std::optional<std::string>& value) { return value == name; };
        switch (roll(random_, 6)) {
            case 0:
                return {Q("author__name"_k = name),
                        [=, &w](const Book& b, bool) { return is(w.author_of(&b)->name); }};
            case 1:
                return {Q("author__country__name"_k = name), [=, &w](const Book& b, bool) {
                            return is(column(w.country_of(w.author_of(&b)), &Country::name));
                        }};
            case 2:
                return {Q("editor__name__startswith"_k = name),
                        [=, &w](const Book& b, bool) { return is(column(w.editor_of(&b), &Author::name)); }};
            case 3:
                return {Q("editor__country__name__in"_k = std::vector{name}), [=, &w](const Book& b, bool) {
                            return is(column(w.country_of(w.editor_of(&b)), &Country::name));
                        }};
            case 4:
                return {Q("sequel_of__editor__name"_k = name), [=, &w](const Book& b, bool) {
                            return is(column(w.editor_of(w.before(&b)), &Author::name));
                        }};
            default:
                return {Q("sequel_of__author__country__name"_k = name), [=, &w](const Book& b, bool) {
                            return is(column(w.country_of(w.author_of(w.before(&b))), &Country::name));
                        }};
        }
    }

    condition null_or_key() {
        const world& w = rows_;
        const bool yes = roll(random_, 2) == 0;
        switch (roll(random_, 6)) {
            case 0:
                return {Q("editor__isnull"_k = yes), [yes](const Book& b, bool) { return !b.editor == yes; }};
            case 1:
                return {Q("editor__name__isnull"_k = yes),
                        [yes](const Book& b, bool) { return !b.editor == yes; }};
            case 2:
                return {Q("editor__country__isnull"_k = yes), [=, &w](const Book& b, bool) {
                            return (w.country_of(w.editor_of(&b)) == nullptr) == yes;
                        }};
            case 3:
                return {Q("sequel_of__stars__isnull"_k = yes), [=, &w](const Book& b, bool) {
                            return !column(w.before(&b), &Book::stars).has_value() == yes;
                        }};
            case 4:
                return {Q("author__country"_k = "a"), [&w](const Book& b, bool) {
                            const Country* country = w.country_of(w.author_of(&b));
                            return country && country->code == "a";
                        }};
            default:
                return {Q("sequel_of__sequel_of__isnull"_k = yes),
                        [=, &w](const Book& b, bool) { return (w.before(w.before(&b)) == nullptr) == yes; }};
        }
    }

    condition two_columns() {
        const world& w = rows_;
        switch (roll(random_, 6)) {
            case 0:
                return {Q("pages__gt"_k = F<"stars">),
                        [](const Book& b, bool) { return b.stars && b.pages > *b.stars; }};
            case 1:
                return {Q("author__name"_k = F<"editor__name">), [&w](const Book& b, bool) {
                            return column(w.editor_of(&b), &Author::name) == w.author_of(&b)->name;
                        }};
            case 2:
                return {Q("editor__name__lt"_k = F<"author__name">), [&w](const Book& b, bool) {
                            return both(column(w.editor_of(&b), &Author::name),
                                        std::optional(w.author_of(&b)->name), std::less());
                        }};
            case 3:
                return {Q("stars__lt"_k = F<"sequel_of__stars">), [&w](const Book& b, bool) {
                            return both(b.stars, column(w.before(&b), &Book::stars), std::less());
                        }};
            case 4:
                return {Q("pages"_k = F<"sequel_of__pages">),
                        [&w](const Book& b, bool) { return column(w.before(&b), &Book::pages) == b.pages; }};
            default:
                return {Q("sequel_of__author__name__contains"_k = F<"editor__name">),
                        [&w](const Book& b, bool) {
                            return both(column(w.author_of(w.before(&b)), &Author::name),
                                        column(w.editor_of(&b), &Author::name), std::equal_to());
                        }};
        }
    }

    const world& rows_;
    dice random_;
};

// One letter names, small numbers, and every third nullable column NULL.
struct random_library : test::library_fixture {
    random_library() {
        for (const char* code : {"a", "b", "c"}) Country::objects.create({.code = code, .name = code});
        for (int i = 0; i < 8; ++i) Author::objects.create(author());
        for (int i = 0; i < 60; ++i) Book::objects.create(book(i));
        for (const Country& each : Country::objects.all()) rows.countries[each.code] = each;
        for (const Author& each : Author::objects.all()) rows.authors[each.id] = each;
        for (const Book& each : Book::objects.all()) rows.books[each.id] = each;
    }

    bool missing() { return roll(random, 3) == 0; }
    std::string letter() { return std::string(1, static_cast<char>('a' + roll(random, 3))); }
    Author author() {
        Author made{.name = letter()};
        if (!missing()) made.country = letter();
        return made;
    }
    Book book(int before) {
        Book made{.title = std::to_string(before), .pages = roll(random, 5), .author = 1 + roll(random, 8)};
        if (!missing()) made.published = day(2000 + roll(random, 5), 1, 1);
        if (!missing()) made.editor = 1 + roll(random, 8);
        if (!missing() && before > 0) made.sequel_of = 1 + roll(random, before);
        if (!missing()) made.stars = static_cast<std::int16_t>(roll(random, 5));
        return made;
    }

    template <class Holds>
    std::vector<std::int64_t> keys_where(Holds holds) const {
        std::vector<std::int64_t> keys;
        for (const auto& [key, book] : rows.books)
            if (holds(book)) keys.push_back(key);
        return keys;
    }

    template <class Holds>
    void check(const orm::queryset<Book>& books, Holds holds) const {
        const auto asked = books.order_by<"pk">().template values_list<"pk">();
        INFO(asked.sql().text);
        CHECK(asked.rows() == keys_where(holds));
        CHECK(books.count() == static_cast<std::int64_t>(asked.size()));
    }

    dice random{20260806};
    world rows{};
};

}  // namespace

TEST_CASE_FIXTURE(random_library,
                  "filter and exclude of random conditions find what a naive evaluation finds") {
    generator conditions(rows, 1);
    for (int i = 0; i < 1500; ++i) {
        const condition one = conditions.tree(4);
        check(Book::objects.filter(one.asked), [&](const Book& b) { return one.holds(b, false); });
        check(Book::objects.exclude(one.asked), [&](const Book& b) { return !one.holds(b, true); });
    }
}

TEST_CASE_FIXTURE(random_library, "chains of random filters and excludes all hold") {
    generator conditions(rows, 2);
    for (int i = 0; i < 500; ++i) {
        const condition a = conditions.tree(2);
        const condition b = conditions.tree(2);
        const condition c = conditions.tree(2);
        check(Book::objects.filter(a.asked).exclude(b.asked).filter(c.asked), [&](const Book& row) {
            return a.holds(row, false) && !b.holds(row, true) && c.holds(row, false);
        });
    }
}
