#include "fixture.hpp"
#include "shop_fixture.hpp"

#include <asynchrormous/query/subquery.hpp>

#include <set>
#include <utility>
#include <vector>

using namespace library;
using namespace orm::literals;
using orm::date_part;
using orm::F;
using shop::Category;
using test::filled_library;

namespace {

// The rows that one or more steps lead to.
using keys = std::set<std::int64_t>;

template <class Step>
keys reached(const keys& from, Step step) {
    keys found;
    keys next = from;
    while (!next.empty()) {
        keys further;
        for (const std::int64_t key : next)
            for (const std::int64_t to : step(key))
                if (found.insert(to).second) further.insert(to);
        next = std::move(further);
    }
    return found;
}

template <class Categories>
keys keys_of(const Categories& rows) {
    keys found;
    for (const Category& row : rows) found.insert(row.id);
    return found;
}

keys with(keys all, std::int64_t one) {
    all.insert(one);
    return all;
}

struct random_trees : test::random_shop {
    keys children(std::int64_t of) const {
        keys found;
        for (const Category& row : rows.categories)
            if (row.parent && row.parent->key() == of) found.insert(row.id);
        return found;
    }
    keys parents(std::int64_t of) const {
        keys found;
        for (const Category& row : rows.categories)
            if (row.id == of && row.parent) found.insert(row.parent->key());
        return found;
    }
    void check_walks() const {
        std::size_t steps = 0;
        for (const Category& row : rows.categories) {
            const auto one = Category::objects.filter("id"_k = row.id);
            const keys down = reached({row.id}, [&](std::int64_t key) { return children(key); });
            const keys up = reached({row.id}, [&](std::int64_t key) { return parents(key); });
            CHECK(keys_of(one.descendants<"parent">()) == down);
            CHECK(keys_of(one.ancestors<"parent">()) == up);
            CHECK(keys_of(one.descendants_or_self<"parent">()) == with(down, row.id));
            CHECK(keys_of(one.ancestors_or_self<"parent">()) == with(up, row.id));
            steps += down.size() + up.size();
        }
        CHECK(steps > 2);
    }
};

}  // namespace

TEST_CASE_FIXTURE(filled_library, "dates are the distinct beginnings of what a field has") {
    std::set<orm::date> days;
    std::set<orm::date> months;
    for (const Book& book : Book::objects.all()) {
        if (!book.published) continue;
        days.insert(*book.published);
        months.insert(day(book.published->year(), book.published->month(), 1));
    }
    REQUIRE(days.size() > 1);
    const auto all = [](const auto& of) { return std::vector<orm::date>(of.begin(), of.end()); };
    CHECK(Book::objects.dates<"published">(date_part::day).rows() == all(days));
    CHECK(Book::objects.dates<"published">(date_part::month).rows() == all(months));
    std::vector<orm::date> backwards(months.rbegin(), months.rend());
    CHECK(Book::objects.dates<"published">(date_part::month, orm::date_order::descending).rows() ==
          backwards);
    CHECK(Book::objects.dates<"published">(date_part::month).reverse().rows() == backwards);
    CHECK(Book::objects.dates<"published">(date_part::month).count() ==
          static_cast<std::int64_t>(months.size()));
    CHECK(Book::objects.none().dates<"published">(date_part::day).rows().empty());
    CHECK(Book::objects.async().dates<"published">(date_part::day).rows() == all(days));
}

TEST_CASE_FIXTURE(filled_library, "datetimes are cut in the zone that is given, else in UTC") {
    const orm::timestamptz late = *orm::timestamptz::parse("2024-06-30T22:30:00Z");
    Book::objects.update("created"_k = late);
    CHECK(Book::objects.datetimes<"created">(date_part::month).rows() ==
          std::vector{*orm::timestamptz::parse("2024-06-01T00:00:00Z")});
    CHECK(Book::objects.datetimes<"created">(date_part::month, "Europe/Warsaw").rows() ==
          std::vector{*orm::timestamptz::parse("2024-06-30T22:00:00Z")});
    CHECK(Book::objects.datetimes<"created">(orm::time_part::hour).rows() ==
          std::vector{*orm::timestamptz::parse("2024-06-30T22:00:00Z")});
    CHECK(Book::objects.dates<"created">(date_part::day).rows() == std::vector{day(2024, 6, 30)});
}

TEST_CASE_FIXTURE(filled_library, "an update gives back its rows as they are after it") {
    const auto ursulas = Book::objects.filter("author__name__startswith"_k = "Ursula");
    std::set<std::pair<std::int64_t, int>> expected;
    for (const Book& book : ursulas) expected.insert({book.id, book.pages + 1});
    std::set<std::pair<std::int64_t, int>> got;
    for (const auto& [id, pages] : ursulas.update_returning<"id", "pages">("pages"_k = F<"pages"> + 1))
        got.insert({id, pages});
    REQUIRE(expected.size() == 3);
    CHECK(got == expected);
    const std::vector<Book> whole = ursulas.filter("id"_k = wizard.id).update_returning("pages"_k = 7);
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].title == wizard.title);
    CHECK(whole[0].pages == 7);
    CHECK(whole[0].author == ursula);
    CHECK(ursulas.none().update_returning<"id">("pages"_k = 1).empty());
    const auto lazy = ursulas.async().update_returning<"stars">("stars"_k = std::nullopt);
    CHECK(lazy.get().size() == 3);
    CHECK_FALSE(lazy.get()[0]["stars"_k].has_value());
}

TEST_CASE_FIXTURE(filled_library, "a delete gives back its rows as they were before it") {
    const auto gone = Book::objects.filter("id"_k = solaris.id).delete_returning<"title", "author">();
    REQUIRE(gone.size() == 1);
    CHECK(gone[0]["title"_k] == "Solaris");
    CHECK(gone[0]["author"_k] == stanislaw.id);
    CHECK_FALSE(Book::objects.filter("id"_k = solaris.id).exists());
    const std::vector<Book> whole = Book::objects.filter("id"_k = songs.id).delete_returning();
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].title == songs.title);
}

TEST_CASE_FIXTURE(random_trees, "descendants and ancestors are what steps over the key lead to") {
    check_walks();
    const auto first = Category::objects.order_by<"id">()[orm::slice(0, 2)];
    keys seeds;
    for (const Category& row : first) seeds.insert(row.id);
    const keys down = reached(seeds, [&](std::int64_t key) { return children(key); });
    CHECK(keys_of(first.descendants<"parent">()) == down);
    CHECK(first.descendants<"parent">().filter("id__gt"_k = 0).count() ==
          static_cast<std::int64_t>(down.size()));
    CHECK(keys_of(first.values<"name">().descendants<"parent">()) == down);
    CHECK(first.none().descendants<"parent">().count() == 0);
}

TEST_CASE_FIXTURE(random_trees, "walks over a circle end, and lead back to where they began") {
    for (std::size_t i = 0; i < 3; ++i) {
        rows.categories[i].parent = rows.categories[(i + 1) % 3].id;
        static_cast<void>(Category::objects.save(rows.categories[i]));
    }
    check_walks();
}

TEST_CASE_FIXTURE(random_trees, "walks from a row of the query around them") {
    const auto self = Category::objects.filter("id"_k = orm::OuterRef<"id">);
    keys parents_here, children_here;
    for (const Category& row : rows.categories) {
        if (!children(row.id).empty()) parents_here.insert(row.id);
        if (row.parent) children_here.insert(row.id);
    }
    REQUIRE(!parents_here.empty());
    CHECK(keys_of(Category::objects.filter(orm::Exists(self.descendants<"parent">()))) == parents_here);
    CHECK(keys_of(Category::objects.filter(orm::Exists(self.ancestors<"parent">()))) == children_here);
}
