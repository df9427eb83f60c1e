// What rows are: of a model with annotations, by name, as tuples, as structs of the user's; and QuerySets of
// any of them that are combined. Values are compared with what C++ computes over the same rows.
#include "fixture.hpp"

#include <asynchrormous/query/case.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

using namespace library;
using namespace orm::literals;
using orm::count;
using orm::F;
using orm::sum;
using test::filled_library;
using test::strings;

namespace typed_rows {

struct Title {
    std::string title{};
};
struct Short {
    int twice{};
    std::string title{};
    std::optional<std::int16_t> stars{};
};
struct Group {
    std::int64_t n{};
    std::int64_t author{};
};
struct Point {
    std::int64_t id = 0;
    int x = 0;
    std::optional<int> y{};

    static constexpr orm::manager<Point> objects{};
    friend bool operator==(const Point&, const Point&) = default;
};

}  // namespace typed_rows

namespace {

using namespace typed_rows;

std::vector<Book> by_pages() { return Book::objects.order_by<"pages">().rows(); }

const auto doubled = [] { return Book::objects.order_by<"pages">().annotate("twice"_k = F<"pages"> * 2); };

template <class Rows>
strings titles_of(const Rows& rows) {
    strings result;
    for (const auto& row : rows) result.push_back(row.title);
    return result;
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "an annotated row is the model's and has its annotations") {
    const auto books = Book::objects.order_by<"pages">().annotate(
        "twice"_k = F<"pages"> * 2, "country"_k = F<"author__country">, "more"_k = F<"stars"> + 1);
    using row = std::remove_cvref_t<decltype(books.rows().front())>;
    static_assert(std::derived_from<row, Book>);
    static_assert(std::tuple_size_v<row> == 4);
    const std::vector<Book> expected = by_pages();
    REQUIRE(books.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto& [book, twice, country, more] = books.rows()[i];
        static_assert(std::is_same_v<decltype(book), const Book>);
        static_assert(std::is_same_v<decltype(twice), const int>);
        static_assert(std::is_same_v<decltype(country), const std::optional<std::string>>);
        CHECK(&book == static_cast<const Book*>(&books.rows()[i]));
        CHECK(book.title == expected[i].title);
        CHECK(book.keywords == expected[i].keywords);
        CHECK(book.published == expected[i].published);
        CHECK(twice == expected[i].pages * 2);
        CHECK(more.has_value() == expected[i].stars.has_value());
        if (more) CHECK(*more == *expected[i].stars + 1);
        CHECK(country == books.rows()[i]["country"_k]);
        CHECK(country.has_value() == (book.author != anonymous));
        CHECK(&twice == &books.rows()[i]["twice"_k]);
    }
}

TEST_CASE_FIXTURE(test::library_fixture,
                  "annotated rows are equal when the model's and the annotations are") {
    orm::create_tables<Point>().get();
    Point::objects.create({.x = 1, .y = 2});
    Point::objects.create({.x = 1});
    const auto points = Point::objects.order_by<"id">();
    const auto sums = points.annotate("sum"_k = F<"x"> + F<"y">);
    CHECK(sums.rows()[0] == sums.all().rows()[0]);
    CHECK(sums.rows()[0] != sums.rows()[1]);
    CHECK(sums.rows()[0] != points.annotate("sum"_k = F<"x"> - F<"y">).rows()[0]);
    CHECK(sums.rows()[1] == points.annotate("sum"_k = F<"x"> - F<"y">).rows()[1]);  // both NULL
    CHECK(points.values<"x", "y">().rows()[0] == points.all().values<"x", "y">().rows()[0]);
    CHECK(points.values<"x", "y">().rows()[0] != points.values<"x", "y">().rows()[1]);
    CHECK(static_cast<const Point&>(sums.rows()[0]) == points.rows()[0]);
    using row = decltype(Book::objects.annotate("n"_k = 1))::value_type;  // Book has no operator==
    static_assert(!std::equality_comparable<row>);
}

TEST_CASE_FIXTURE(filled_library, "every answer is there for annotated rows") {
    const std::vector<Book> expected = by_pages();
    const auto books = doubled();
    CHECK(books.get("twice"_k = 408)["twice"_k] == 408);
    CHECK(books.get("title"_k = "Solaris")["twice"_k] == 408);
    CHECK_THROWS_AS(static_cast<void>(books.get("twice"_k = 1)), orm::does_not_exist<Book>);
    CHECK_THROWS_AS(static_cast<void>(books.get("twice__gt"_k = 1)), orm::multiple_objects_returned<Book>);
    CHECK(books.first()->title == expected.front().title);
    CHECK(books.last().value()["twice"_k] == expected.back().pages * 2);
    CHECK_FALSE(books.filter("twice__lt"_k = 0).first().has_value());
    CHECK(books.earliest<"twice">().title == expected.front().title);
    CHECK(books.latest<"twice", "id">()["twice"_k] == expected.back().pages * 2);
    CHECK(books[1].title == expected[1].title);
    CHECK(books[1]["twice"_k] == expected[1].pages * 2);
    CHECK_THROWS_AS(static_cast<void>(books[5]), orm::does_not_exist<Book>);
    CHECK(titles_of(books[orm::slice(1, 3)]) == strings{expected[1].title, expected[2].title});
    CHECK(books.limit(2).offset(1).size() == 1);
    CHECK(books.count() == 5);
    CHECK(books.filter("twice__gt"_k = 400).count() ==
          std::ranges::count_if(expected, [](const Book& b) { return b.pages * 2 > 400; }));
    CHECK(books.exists());
    CHECK_FALSE(books.filter("twice"_k = 1).exists());
    CHECK(books.none().rows().empty());
    CHECK(books.none().count() == 0);
    CHECK_FALSE(books.none().first().has_value());
    CHECK(books.size() == 5);
    CHECK(books[4]["twice"_k] == expected.back().pages * 2);  // of the rows that are there
    CHECK_FALSE(books.explain().empty());
    CHECK_FALSE(books.values_list<"twice">().none().exists());
}

TEST_CASE_FIXTURE(filled_library, "rows of values and tuples have all answers, too") {
    const auto values = doubled().values<"title", "twice">();
    CHECK(values.get("title"_k = "Solaris")["twice"_k] == 408);
    CHECK(values.first().value()["twice"_k] == 24);
    CHECK(values.latest<"twice">()["title"_k] == "The Farthest Shore");
    CHECK(values[2]["title"_k] == "Solaris");
    const auto tuples = doubled().values_list<"title", "twice", "stars">();
    CHECK(tuples.first().value() ==
          std::tuple<std::string, int, std::optional<std::int16_t>>("100%_Songs\\", 24, {}));
    CHECK(tuples.earliest<"-twice">() ==
          std::tuple("The Farthest Shore", 446, std::optional<std::int16_t>(4)));
    const auto flat = doubled().values_list<"twice">();
    static_assert(std::is_same_v<decltype(flat)::value_type, int>);
    CHECK(flat.rows() == std::vector{24, 326, 408, 410, 446});
    CHECK(flat.last() == 446);
    CHECK(flat[1] == 326);
    CHECK(flat[orm::slice(3)].rows() == std::vector{410, 446});
    CHECK(flat.filter("twice__gt"_k = 400).count() == 3);
    CHECK(flat.reverse().rows() == std::vector{446, 410, 408, 326, 24});
    CHECK(Book::objects.order_by<"stars">().values_list<"stars">().distinct().size() == 3);  // 4, 5, NULL
    CHECK(Book::objects.order_by<"pages">().values_list<"author__name", "pk">()[3] ==
          std::tuple(ursula.name, wizard.id));
}

TEST_CASE_FIXTURE(filled_library, "rows are read into structs by the names of their members") {
    const std::vector<Book> expected = by_pages();
    CHECK(titles_of(Book::objects.order_by<"pages">().to<Title>()) == titles_of(expected));
    const auto shorts = doubled().to<Short>();
    static_assert(std::is_same_v<decltype(shorts)::value_type, Short>);
    REQUIRE(shorts.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(shorts.rows()[i].title == expected[i].title);
        CHECK(shorts.rows()[i].twice == expected[i].pages * 2);
        CHECK(shorts.rows()[i].stars == expected[i].stars);
    }
    CHECK(titles_of(doubled().values<"stars", "title", "twice">().to<Short>()) == titles_of(expected));
    CHECK(titles_of(doubled().values_list<"twice", "stars", "title">().to<Short>()) == titles_of(expected));
    CHECK(shorts.get("title"_k = "Solaris").twice == 408);
    CHECK(shorts.first()->twice == 24);
    CHECK(shorts.filter("twice__gt"_k = 400).order_by<"-twice">().rows().front().title ==
          "The Farthest Shore");
    CHECK(shorts[1].title == expected[1].title);
    CHECK(titles_of(shorts[orm::slice(3)]) == strings{expected[3].title, expected[4].title});
    CHECK(shorts.count() == 5);
    CHECK(shorts.none().rows().empty());
    std::map<std::int64_t, std::int64_t> books;
    for (const Book& book : expected) ++books[book.author.key()];
    const auto groups = Book::objects.order_by().values<"author">().annotate("n"_k = count<>).to<Group>();
    CHECK(groups.size() == books.size());
    for (const Group& group : groups) CHECK(group.n == books[group.author]);
}

TEST_CASE_FIXTURE(filled_library, "QuerySets of the same rows are combined") {
    const auto long_ones = doubled().filter("twice__gt"_k = 400).order_by();
    const auto good = doubled().filter("stars"_k = 5).order_by();
    const auto set_of = [](const auto& rows) {
        const strings all = titles_of(rows);
        return std::multiset<std::string>(all.begin(), all.end());
    };
    const std::multiset<std::string> wizard_solaris{wizard.title, solaris.title};
    CHECK(set_of(long_ones.values<"title", "twice">().to<Title>().union_(
              good.values<"title", "twice">().to<Title>())) ==
          std::multiset<std::string>{wizard.title, solaris.title, shore.title});
    const auto names = long_ones.values_list<"title">(), stars = good.values_list<"title">();
    const auto multiset = [](const strings& all) {
        return std::multiset<std::string>(all.begin(), all.end());
    };
    CHECK(multiset(names.union_(stars).rows()) == multiset({wizard.title, solaris.title, shore.title}));
    CHECK(names.union_all(stars).size() == 5);
    CHECK(multiset(names.intersection(stars).rows()) == wizard_solaris);
    CHECK(names.difference(stars).rows() == strings{shore.title});
    CHECK(names.union_(stars).order_by<"-title">().rows() ==
          strings{shore.title, solaris.title, wizard.title});
    CHECK(names.union_(stars).order_by<"title">()[orm::slice(1, 2)].rows() == strings{solaris.title});
    CHECK(names.union_(stars).order_by<"title">().first() == wizard.title);
    CHECK(names.union_(stars).order_by<"title">().last() == shore.title);
    CHECK(names.union_(stars, names).count() == 3);
    CHECK(names.union_all(stars).count() == 5);
    CHECK(names.union_(stars).exists());
    CHECK_FALSE(names.difference(names).exists());
    CHECK(names.union_(stars.none()).count() == 3);
    CHECK(names.none().union_(stars).count() == 2);
    const auto pairs = long_ones.values<"title", "twice">().union_(good.values<"title", "twice">());
    CHECK(pairs.order_by<"-twice">().rows().front()["twice"_k] == 446);
    CHECK(pairs.order_by<"twice">().values_list<"title">().rows() ==
          strings{solaris.title, wizard.title, shore.title});
    CHECK_THROWS_AS(static_cast<void>(names.union_(stars).filter("pages"_k = 1)), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(names.union_(stars).exclude("pages"_k = 1)), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(names.union_(stars).annotate("n"_k = 1)), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(names.union_(stars).distinct()), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(names.union_(stars).update("pages"_k = 1)), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(names.union_(stars).delete_()), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(names.union_(stars).order_by<"pages">().rows()), orm::query_error);
}

TEST_CASE_FIXTURE(filled_library, "rows of models are combined") {
    const auto pages = Author::objects.order_by().filter("name__startswith"_k = "U");
    const auto polish = Author::objects.order_by().filter("country"_k = "pl");
    strings names;
    for (const Author& author : pages.union_(polish).order_by<"-name">()) names.push_back(author.name);
    CHECK(names == strings{ursula.name, stanislaw.name});
    const auto titles = Book::objects.order_by().annotate("n"_k = 1).values_list<"title">();
    CHECK(Author::objects.order_by().values_list<"name">().union_(titles).size() == 8);  // of two models
    CHECK(pages.union_(polish.filter("name"_k = ursula.name)).get().name == ursula.name);
    CHECK_THROWS_AS(static_cast<void>(pages.union_(polish).get("name"_k = "x")), orm::query_error);
}

TEST_CASE_FIXTURE(filled_library, "the first row for each value") {
    std::map<std::int64_t, const Book*> longest;
    const std::vector<Book> all = by_pages();
    for (const Book& book : all) longest[book.author.key()] = &book;
    const auto found = Book::objects.order_by<"author_id", "-pages">().distinct<"author">();
    REQUIRE(found.size() == longest.size());
    for (const Book& book : found) CHECK(book.title == longest[book.author.key()]->title);
    const auto of_annotation = Book::objects.annotate("thick"_k = F<"pages"> / 200)
                                   .order_by<"thick", "-pages">()
                                   .distinct<"thick">()
                                   .values_list<"thick", "title">();
    CHECK(of_annotation.rows() ==
          std::vector<std::tuple<int, std::string>>{{0, tombs.title}, {1, shore.title}});
    CHECK(Book::objects.order_by<"binding", "stars", "pages">().distinct<"binding", "stars">().count() == 4);
}

TEST_CASE_FIXTURE(filled_library, "lazies of every kind of rows") {
    const auto books = Book::objects.async().order_by<"pages">().annotate("twice"_k = F<"pages"> * 2);
    const auto one = books.get("title"_k = "Solaris");
    const auto first = books.first();
    const auto latest = books.latest<"twice">();
    const auto position = books[1];
    const auto part = books[orm::slice(1, 3)];
    const auto many = books.count();
    const auto any = books.exists();
    const auto tuples = books.values_list<"title", "twice">().start();
    const auto shorts = books.to<Short>().start();
    const auto both =
        books.values_list<"pages">().union_(books.values_list<"twice">().values_list<"pages">()).start();
    const auto one_each = books.order_by<"author_id", "-pages">().distinct<"author">().start();
    CHECK(one.get()["twice"_k] == 408);
    CHECK(first.get().value()["twice"_k] == 24);
    CHECK(latest.get()["twice"_k] == 446);
    CHECK(position.get()["twice"_k] == 326);
    CHECK(part.size() == 2);
    CHECK(many == 5);
    CHECK(any.get());
    CHECK(tuples.rows()[0] == std::tuple("100%_Songs\\", 24));
    CHECK(shorts.rows()[4].twice == 446);
    CHECK(both.size() == 5);
    CHECK(one_each.size() == 3);
    CHECK(books.none().start().empty());
}
