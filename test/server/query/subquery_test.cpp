#include "../../golden/subquery_cases.hpp"
#include "fixture.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace library;
using namespace orm::literals;
using orm::Exists;
using orm::F;
using orm::OuterRef;
using orm::Q;
using orm::slice;
using orm::Subquery;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

template <class Authors>
std::set<std::string> names(const Authors& authors) {
    std::set<std::string> result;
    for (const Author& author : authors) result.insert(author.name);
    return result;
}

// The authors for whom it holds, found in C++.
template <class Holds>
std::set<std::string> naive(Holds holds) {
    const std::vector<Author> authors = Author::objects.all().rows();
    const std::vector<Book> books = Book::objects.order_by<"id">().rows();
    std::set<std::string> result;
    for (const Author& author : authors)
        if (holds(author, books)) result.insert(author.name);
    return result;
}

std::vector<Book> of(const Author& author, const std::vector<Book>& books) {
    std::vector<Book> own;
    for (const Book& book : books)
        if (book.author.key() == author.id) own.push_back(book);
    return own;
}

// Besides the library: an author without books, and one whose name is a title.
struct more_authors : filled_library {
    more_authors() {
        Author::objects.create({.name = "Nobody", .country = "pl"});
        const Author solaris_too = Author::objects.create({.name = "Solaris"});
        Book::objects.create(
            {.title = "Solaris", .pages = 900, .author = solaris_too, .editor = solaris_too});
    }
};

}  // namespace

TEST_CASE_FIXTURE(more_authors, "every golden sub-query and window is one that PostgreSQL takes") {
    const auto authors = [](const auto& condition, std::string_view, const golden::binds&) {
        CHECK_NOTHROW(static_cast<void>(Author::objects.filter(condition).rows()));
        CHECK(Author::objects.filter(condition).size() + Author::objects.exclude(condition).size() ==
              Author::objects.all().size());
    };
    golden::subqueries(authors);
    golden::outer_references(authors);
    golden::windows([](const auto& value, std::string_view, const golden::binds&) {
        CHECK_NOTHROW(static_cast<void>(Book::objects.order_by(value).rows()));
    });
}

TEST_CASE_FIXTURE(more_authors, "Exists holds where C++ finds a row") {
    const auto has_long = [](const Author& author, const std::vector<Book>& books) {
        return std::ranges::any_of(of(author, books), [](const Book& book) { return book.pages > 204; });
    };
    const auto long_ones = Book::objects.filter("author"_k = OuterRef<"id">, "pages__gt"_k = 204);
    CHECK(names(Author::objects.filter(Exists(long_ones))) == naive(has_long));
    CHECK(names(Author::objects.exclude(Exists(long_ones))) ==
          naive([&](const auto& author, const auto& books) { return !has_long(author, books); }));
    CHECK(names(Author::objects.filter(!Exists(long_ones))) ==
          names(Author::objects.exclude(Exists(long_ones))));
    CHECK(names(Author::objects.filter(Exists(long_ones) || Q("name"_k = "Nobody"))) ==
          naive([&](const auto& author, const auto& books) {
              return has_long(author, books) || author.name == "Nobody";
          }));
    CHECK(names(Author::objects.filter(Exists(Book::objects.filter("pages__gt"_k = 899)))).size() == 5);
    CHECK(Author::objects.filter(Exists(Book::objects.filter("pages__gt"_k = 900))).empty());
}

TEST_CASE_FIXTURE(more_authors,
                  "Subquery is the first row in the QuerySet's order, NULL where there is none") {
    const auto own = Book::objects.filter("author"_k = OuterRef<"id">);
    const auto longest = [](const Author& author, const std::vector<Book>& books) {
        const std::vector<Book> all = of(author, books);
        const auto found =
            std::ranges::max_element(all, [](const Book& a, const Book& b) { return a.pages < b.pages; });
        return found == all.end() ? std::optional<int>() : std::optional(found->pages);
    };
    const auto most = Subquery(own.order_by<"-pages">().values_list<"pages">());
    for (const int pages : {12, 204, 223, 900})
        CHECK(names(Author::objects.filter(most == pages)) ==
              naive([&](const auto& a, const auto& books) { return longest(a, books) == pages; }));
    CHECK(names(Author::objects.filter(most.isnull())) == std::set<std::string>{"Nobody"});
    CHECK(names(Author::objects.exclude(most > 204)) ==
          naive([&](const auto& a, const auto& books) { return longest(a, books).value_or(0) <= 204; }));
    CHECK(names(Author::objects.filter("name"_k = own.values_list<"title">())) ==
          std::set<std::string>{"Solaris"});
    const std::vector<Author> sorted = Author::objects.order_by(most.desc().nulls_last(), F<"id">).rows();
    CHECK(sorted.front().name == "Solaris");
    CHECK(sorted.back().name == "Nobody");
}

TEST_CASE_FIXTURE(more_authors,
                  "a QuerySet on the right of `in`, and its negation, that keeps rows beside NULLs") {
    const auto of_poles = Author::objects.filter("country__name"_k = "Poland");
    CHECK(titles(Book::objects.filter("author__in"_k = of_poles)) == strings{"Solaris"});
    CHECK(titles(Book::objects.filter("author__name__in"_k = of_poles.values_list<"name">())) ==
          strings{"Solaris"});
    // Most books have no editor: SQL's NOT IN would find nobody.
    const auto edits = [](const Author& author, const std::vector<Book>& books) {
        return std::ranges::any_of(
            books, [&](const Book& book) { return book.editor && book.editor->key() == author.id; });
    };
    const auto editors = Book::objects.values_list<"editor">();
    CHECK(names(Author::objects.filter("id__in"_k = editors)) == naive(edits));
    CHECK(names(Author::objects.exclude("id__in"_k = editors)) ==
          naive([&](const auto& author, const auto& books) { return !edits(author, books); }));
    CHECK(names(Author::objects.exclude(F<"id">.in_list(editors))) ==
          names(Author::objects.exclude("id__in"_k = editors)));
    CHECK(Author::objects.exclude("country__in"_k = Country::objects.all()).size() == 2);
    CHECK(names(Author::objects.filter(
              "id__in"_k = Book::objects.order_by<"-pages">().values_list<"author">()[slice(0, 2)])) ==
          std::set<std::string>{"Solaris", "Ursula K. Le Guin"});
}

TEST_CASE_FIXTURE(more_authors, "sub-queries of sub-queries mean the query that they name") {
    // Authors of a book to which somebody wrote a sequel that was edited by nobody but … themselves.
    Book::objects.create({.title = "Solaris again",
                          .pages = 1,
                          .author = anonymous,
                          .editor = stanislaw,
                          .sequel_of = solaris});
    const auto sequels =
        Book::objects.filter("sequel_of"_k = OuterRef<"id">, "editor"_k = OuterRef<OuterRef<"id">>);
    const auto found =
        Author::objects.filter(Exists(Book::objects.filter("author"_k = OuterRef<"id">, Exists(sequels))));
    CHECK(names(found) == naive([](const Author& author, const std::vector<Book>& books) {
              return std::ranges::any_of(of(author, books), [&](const Book& book) {
                  return std::ranges::any_of(books, [&](const Book& next) {
                      return next.sequel_of && next.sequel_of->key() == book.id && next.editor &&
                             next.editor->key() == author.id;
                  });
              });
          }));
    CHECK(names(found) == std::set<std::string>{"Stanisław Lem"});
}

TEST_CASE_FIXTURE(more_authors, "sub-queries in update, in CASE and in an aggregate's filter") {
    const auto author = Author::objects.filter("id"_k = OuterRef<"author">);
    CHECK(Book::objects.filter("pages__lt"_k = 100)
              .update("title"_k = Subquery(author.values_list<"name">()),
                      "pages"_k = orm::Case(orm::When(Exists(author), 13)).otherwise(0)) == 1);
    CHECK(Book::objects.get("pages"_k = 13).title == "Anonymous");
    const auto sequel = Book::objects.filter("sequel_of"_k = OuterRef<"id">);
    CHECK(Book::objects.aggregate(orm::count<>) == 6);
    CHECK(Book::objects.aggregate(orm::count<"id">.filter(Exists(sequel))) == 2);
}

TEST_CASE_FIXTURE(more_authors, "arrays of sub-queries hold all rows in their order") {
    const auto own = Book::objects.filter("author"_k = OuterRef<"id">).order_by<"-pages">();
    const auto pages = orm::ArraySubquery(own.values_list<"pages">());
    CHECK(names(Author::objects.filter(pages == std::vector{223, 205, 163})) ==
          std::set<std::string>{"Ursula K. Le Guin"});
    CHECK(names(Author::objects.filter(pages == std::vector<int>())) == std::set<std::string>{"Nobody"});
}

TEST_CASE_FIXTURE(more_authors, "a QuerySet with sub-queries can be lazy") {
    const auto own = Book::objects.filter("author"_k = OuterRef<"id">);
    const auto authors = Author::objects.filter(!Exists(own)).async();
    const orm::lazy<std::int64_t> count = authors.count();
    const orm::lazy<Author> one = authors.get();
    CHECK(count == 1);
    CHECK(one.get().name == "Nobody");
}

TEST_CASE_FIXTURE(more_authors, "sub-queries are values of rows") {
    const auto own = Book::objects.filter("author"_k = OuterRef<"id">);
    const auto authors = Author::objects.annotate(
        "longest"_k = Subquery(own.order_by<"-pages">().values_list<"title">()),
        "pages"_k = orm::ArraySubquery(own.order_by<"pages">().values_list<"pages">()),
        "any"_k = Exists(own));
    for (const auto& author : authors) {
        const std::vector<Book> books =
            Book::objects.filter("author"_k = author.id).order_by<"pages">().rows();
        CHECK(author["any"_k] == !books.empty());
        CHECK(author["longest"_k] == (books.empty() ? std::nullopt : std::optional(books.back().title)));
        std::vector<int> pages;
        for (const Book& book : books) pages.push_back(book.pages);
        CHECK(author["pages"_k] == pages);
    }
    CHECK(authors.filter("any"_k = false).get()["pages"_k].empty());
    CHECK(names(authors.filter("longest__startswith"_k = "Sol").order_by<"longest">()).size() == 2);
    CHECK(names(authors.filter(
              Exists(Book::objects.filter("title"_k = OuterRef<"longest">, "pages__gt"_k = 800)))) ==
          std::set<std::string>{"Solaris", "Stanisław Lem"});
}

TEST_CASE_FIXTURE(more_authors, "groups by the value of a sub-query, not by what it sees of the rows") {
    const auto own = Book::objects.filter("author"_k = OuterRef<"id">);
    const auto writing = Author::objects.annotate("writes"_k = Exists(own)).values<"writes">();
    std::map<bool, std::int64_t> counted;
    for (const auto& [writes, n] : writing.annotate("n"_k = orm::count<>)) counted[writes] += n;
    CHECK(writing.annotate("n"_k = orm::count<>).size() == counted.size());
    CHECK(counted[true] == Author::objects.filter(Exists(own)).count());
    CHECK(counted[false] == Author::objects.filter(!Exists(own)).count());
}

#if ORM_HAS_COROUTINES
TEST_CASE_FIXTURE(more_authors, "a QuerySet with sub-queries can be awaited") {
    orm::event_loop::current().run([]() -> orm::task<> {
        const auto own = Book::objects.filter("author"_k = OuterRef<"id">);
        const auto lonely = Author::objects.async().annotate("any"_k = Exists(own)).filter("any"_k = false);
        const auto rows = co_await lonely;
        CHECK(rows.size() == 1);
        CHECK(rows.front().name == "Nobody");
    }());
}
#endif
