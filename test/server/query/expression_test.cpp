#include "../../golden/expression_cases.hpp"
#include "fixture.hpp"

#include <cmath>
#include <map>

using namespace library;
using namespace orm::literals;
using orm::Case;
using orm::Cast;
using orm::Coalesce;
using orm::F;
using orm::Q;
using orm::Value;
using orm::When;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

std::vector<Book> all_books() { return Book::objects.order_by<"id">().rows(); }

// The titles of the rows for which a condition holds in C++, in the order of their keys.
template <class Holds>
strings titles_where(Holds holds) {
    strings result;
    for (const Book& book : all_books())
        if (holds(book)) result.push_back(book.title);
    return result;
}

template <class... Terms>
strings found(const Terms&... terms) {
    return titles(Book::objects.order_by<"id">().filter(terms...));
}

template <class... Terms>
strings left_out(const Terms&... terms) {
    return titles(Book::objects.order_by<"id">().exclude(terms...));
}

// The value of an expression of the first book, as update() stores it.
template <class E>
double stored(const E& expression) {
    Book::objects.order_by<"id">().filter("title"_k = "A Wizard of Earthsea").update("price"_k = expression);
    return Book::objects.get("title"_k = "A Wizard of Earthsea").price;
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "every expression is one that PostgreSQL takes") {
    const auto value = [](const auto& of, std::string_view, const golden::binds&) {
        CHECK_NOTHROW(static_cast<void>(Book::objects.order_by(of).rows()));
    };
    golden::arithmetic(value);
    golden::choices(value);
    golden::conditions([](const auto& of, std::string_view text, const golden::binds&) {
        CAPTURE(text);
        const std::size_t in = found(of).size(), out = left_out(of).size();
        CHECK(in + out == 5);  // no row is lost because a condition is NULL
    });
}

TEST_CASE_FIXTURE(filled_library, "conditions over arithmetic hold where C++ says so") {
    CHECK(found(F<"pages"> * 2 + 1 > 410) ==
          titles_where([](const Book& b) { return b.pages * 2 + 1 > 410; }));
    CHECK(found(F<"pages"> / 10 == 20) == titles_where([](const Book& b) { return b.pages / 10 == 20; }));
    CHECK(found(F<"pages"> % 2 == 1) == titles_where([](const Book& b) { return b.pages % 2 == 1; }));
    CHECK(found(-F<"pages"> < -200) == titles_where([](const Book& b) { return -b.pages < -200; }));
    CHECK(found(F<"price"> * F<"pages"> >= 1800) ==
          titles_where([](const Book& b) { return b.price * b.pages >= 1800; }));
    CHECK(found(F<"pages">.bitand_(7) == 4) ==
          titles_where([](const Book& b) { return (b.pages & 7) == 4; }));
    CHECK(found(F<"pages">.bitxor(5).bitor_(8) > 200) ==
          titles_where([](const Book& b) { return ((b.pages ^ 5) | 8) > 200; }));
    CHECK(found(F<"pages">.bitleftshift(2).bitrightshift(1) > 400) ==
          titles_where([](const Book& b) { return (b.pages << 2) >> 1 > 400; }));
    CHECK(found(F<"pages">.pow(2) > 41000.5) ==
          titles_where([](const Book& b) { return std::pow(b.pages, 2) > 41000.5; }));
    CHECK(found(F<"stars"> * 50 > F<"pages">) ==
          titles_where([](const Book& b) { return b.stars && *b.stars * 50 > b.pages; }));
    CHECK(found("pages__lt"_k = F<"stars"> * 50) ==
          titles_where([](const Book& b) { return b.stars && *b.stars * 50 > b.pages; }));
}

TEST_CASE_FIXTURE(filled_library, "exclude() keeps the rows whose expression is NULL") {
    CHECK(left_out(F<"stars"> + 1 == 6) ==
          titles_where([](const Book& b) { return !(b.stars && *b.stars + 1 == 6); }));
    CHECK(left_out(F<"stars"> * 50 > F<"pages">) ==
          titles_where([](const Book& b) { return !(b.stars && *b.stars * 50 > b.pages); }));
    CHECK(left_out(Coalesce(F<"stars">, F<"editor">) > 1) == titles_where([](const Book& b) {
              if (b.stars) return !(*b.stars > 1);
              return !(b.editor && b.editor->key() > 1);
          }));
}

TEST_CASE_FIXTURE(filled_library, "texts are joined, cut and compared") {
    CHECK(found((F<"title"> + " by " + F<"author__name">).endswith("by Stanisław Lem")) ==
          strings{"Solaris"});
    CHECK(found(F<"title">[orm::slice(0, 3)] == "The") ==
          titles_where([](const Book& b) { return b.title.substr(0, 3) == "The"; }));
    CHECK(found(F<"title">[orm::slice(4)].startswith("Tombs")) == strings{"The Tombs of Atuan"});
    CHECK(found(F<"title">[orm::slice(2, 1)] == "").size() == 5);
    CHECK_THROWS_AS(static_cast<void>(F<"title">[orm::slice(-1)]), orm::query_error);
    CHECK(found(Cast<std::string>(F<"pages">).contains("2")) ==
          titles_where([](const Book& b) { return std::to_string(b.pages).find('2') != std::string::npos; }));
    CHECK(found("Solaris" == F<"title">) == strings{"Solaris"});
    CHECK(found(F<"title">.contains(F<"title">[orm::slice(0, 5)])).size() == 5);  // wildcards mean themselves
}

TEST_CASE_FIXTURE(filled_library, "dates move by days") {
    CHECK(found(F<"published"> + 31 > day(1972, 9, 30)) == strings{"The Farthest Shore"});
    CHECK(found(F<"published"> - day(1968, 11, 1) == 0) == strings{"A Wizard of Earthsea"});
    CHECK(found((F<"published"> - 1).in_list({day(1970, 12, 31), day(1960, 12, 31)})) ==
          strings{"The Tombs of Atuan", "Solaris"});
}

TEST_CASE_FIXTURE(filled_library, "a Q is true for an odd number of conditions that hold") {
    const auto odd = [](const Book& b) {
        return ((b.pages > 200) + (b.stars && *b.stars == 5) + b.in_print) % 2 == 1;
    };
    CHECK(found(Q("pages__gt"_k = 200) ^ Q("stars"_k = 5) ^ F<"in_print">) == titles_where(odd));
    orm::Q<Book> composed("pages__gt"_k = 200);
    composed ^= Q("stars"_k = 5);
    CHECK(found(composed ^ orm::Q<Book>(F<"in_print">)) == titles_where(odd));
    CHECK(left_out(composed ^ orm::Q<Book>(F<"in_print">)) ==
          titles_where([&](const Book& b) { return !odd(b); }));
}

TEST_CASE_FIXTURE(filled_library, "rows are ordered by what is computed of them") {
    CHECK(titles(Book::objects.order_by(
              Case(When("title__startswith"_k = "The", 2), When(F<"in_print">, 1)).otherwise(0),
              F<"pages">.desc())) == strings{"100%_Songs\\", "A Wizard of Earthsea", "Solaris",
                                             "The Farthest Shore", "The Tombs of Atuan"});
    CHECK(titles(Book::objects.order_by(F<"stars">.desc().nulls_last(), F<"title">)) ==
          strings{"A Wizard of Earthsea", "Solaris", "The Farthest Shore", "100%_Songs\\",
                  "The Tombs of Atuan"});
    CHECK(titles(Book::objects.order_by(F<"stars">.asc().nulls_first(), F<"title">.desc())) ==
          strings{"The Tombs of Atuan", "100%_Songs\\", "The Farthest Shore", "Solaris",
                  "A Wizard of Earthsea"});
}

TEST_CASE_FIXTURE(filled_library, "update() sets columns to expressions of the same row") {
    std::map<std::string, int> before;
    for (const Book& book : all_books()) before[book.title] = book.pages;
    CHECK(Book::objects.update("pages"_k = F<"pages"> * 2 + 1, "stars"_k = F<"pages"> % 5,
                               "in_print"_k = Q("pages__gt"_k = 200)) == 5);
    for (const Book& book : all_books()) {
        CHECK(book.pages == before[book.title] * 2 + 1);
        CHECK(book.stars == before[book.title] % 5);
        CHECK(book.in_print == (before[book.title] > 200));
    }
    Book::objects.update("stars"_k = Case(When("title"_k = "Solaris", 1)));
    CHECK(found("stars__isnull"_k = false) == strings{"Solaris"});
    Book::objects.update("title"_k = F<"title"> + "!",
                         "published"_k = Coalesce(F<"published">, day(2000, 1, 1)));
    CHECK(found("title__endswith"_k = "!", "published__isnull"_k = false).size() == 5);
}

TEST_CASE_FIXTURE(filled_library, "functions that choose among values") {
    using orm::Func, orm::Greatest, orm::Least, orm::NullIf, orm::RawSQL;
    CHECK(stored(Coalesce(NullIf(F<"pages">, 205), 1.5)) == 1.5);
    CHECK(stored(Greatest(F<"pages">, F<"stars">, 300.25)) == 300.25);
    CHECK(stored(Least(F<"pages">, F<"stars">)) == 5);
    CHECK(stored(Func<"LENGTH({0})", std::int32_t>(F<"title"> + "!!")) == 22);
    CHECK(stored(RawSQL<"({0}::int + LENGTH({1}))", std::int32_t>(40, F<"title">)) == 60);
    CHECK(stored(Cast<std::int32_t>(Value("17")) / 5) == 3);
    CHECK(stored(Cast<double>(F<"pages">) / 2) == 102.5);
}
