#include "fixture.hpp"

using namespace library;
using namespace orm::literals;
using orm::F;
using test::filled_library;
using test::library_fixture;
using test::strings;
using test::titles;

TEST_CASE_FIXTURE(filled_library, "get gives the one row, or an error that names model and query") {
    CHECK(Book::objects.get("title"_k = "Solaris").pages == 204);
    CHECK(Book::objects.get("pk"_k = wizard.id).title == "A Wizard of Earthsea");
    CHECK_THROWS_AS(Book::objects.get("title"_k = "Roadside Picnic"), orm::does_not_exist<Book>);
    CHECK_THROWS_AS(Book::objects.get("title"_k = "Roadside Picnic"), orm::object_does_not_exist);
    CHECK_THROWS_AS(Book::objects.get("pages"_k = std::int64_t{1} << 40), orm::does_not_exist<Book>);
    CHECK_THROWS_WITH_AS(Book::objects.get("pages__gt"_k = 100),
                         doctest::Contains("get() returned 4 rows of Book"),
                         orm::multiple_objects_returned<Book>);
    CHECK_THROWS_WITH(Author::objects.get("name"_k = "x"),
                      doctest::Contains("Author matching the query does not exist"));
    CHECK_THROWS_WITH(Author::objects.get("name"_k = "x"), doctest::Contains("\"author\".\"name\" = $1"));
}

TEST_CASE_FIXTURE(filled_library, "first and last follow the order, else the primary key") {
    CHECK(Author::objects.first()->name == "Ursula K. Le Guin");
    CHECK(Author::objects.last()->name == "Anonymous");
    CHECK(Book::objects.order_by<"-pages">().first()->title == "The Farthest Shore");
    CHECK(Book::objects.order_by<"-pages">().last()->title == "100%_Songs\\");
    CHECK_FALSE(Book::objects.filter("pages"_k = 1).first().has_value());
    CHECK(Book::objects.filter("published__isnull"_k = false).latest<"published">().title ==
          "The Farthest Shore");
    CHECK(Book::objects.earliest<"published">().title == "Solaris");
    CHECK_THROWS_AS(Book::objects.none().earliest<"published">(), orm::does_not_exist<Book>);
}

TEST_CASE_FIXTURE(filled_library, "latest and earliest order by several fields, each in its direction") {
    const auto rated = Book::objects.filter("stars__isnull"_k = false);
    CHECK(rated.earliest<"-stars", "pages">().title == "Solaris");
    CHECK(rated.latest<"stars", "pages">().title == "A Wizard of Earthsea");
    CHECK(rated.latest<"-stars">().title == "The Farthest Shore");
    CHECK(rated.async().latest<"stars", "author__name">().get().title == "A Wizard of Earthsea");
}

TEST_CASE_FIXTURE(filled_library, "rows of values are found like rows of a model") {
    const auto stars = Book::objects.order_by<"pages">().values_list<"stars">();
    CHECK(stars.first().has_value());
    CHECK_FALSE(stars.first()->has_value());  // the first row, whose stars are NULL
    CHECK(stars.last() == std::optional<std::int16_t>(4));
    CHECK(stars.get("title"_k = "Solaris") == 5);
    CHECK(stars[1] == std::nullopt);
    CHECK(Book::objects.values_list<"in_print">().get("title"_k = "Solaris"));
    CHECK(Book::objects.values<"title", "pages">().get("pages"_k = 204)["title"_k] == "Solaris");
    CHECK(Book::objects.values_list<"title">().latest<"pages">() == "The Farthest Shore");
    CHECK_THROWS_AS(Book::objects.values_list<"title">().get("pages"_k = 1), orm::does_not_exist<Book>);
    CHECK(Book::objects.async().values_list<"title", "pages">().get("pages"_k = 204).get() ==
          std::tuple<std::string, int>("Solaris", 204));
}

TEST_CASE_FIXTURE(filled_library, "slices compose, count from the start, and index") {
    const auto books = Book::objects.order_by<"pages">();
    CHECK(titles(books[orm::slice(1, 3)]) == strings{"The Tombs of Atuan", "Solaris"});
    CHECK(titles(books[orm::slice(1)][orm::slice(1, 2)]) == strings{"Solaris"});
    CHECK(books[orm::slice(3, 3)].empty());
    CHECK(books[orm::slice(3)].count() == 2);
    CHECK(books[4].title == "The Farthest Shore");
    CHECK(titles(books.offset(3).limit(1)) == strings{"A Wizard of Earthsea"});
    CHECK_THROWS_AS(static_cast<void>(books[5]), orm::does_not_exist<Book>);
    CHECK_THROWS_WITH_AS(static_cast<void>(books[orm::slice(-1)]), doctest::Contains("reverse()"),
                         orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(books.limit(1).filter("pages"_k = 1)), orm::query_error);
    CHECK_THROWS_AS(books.limit(1).delete_(), orm::query_error);
}

TEST_CASE_FIXTURE(filled_library, "count and exists") {
    CHECK(Book::objects.count() == 5);
    CHECK(Book::objects.filter("author__country__name"_k = "United States").count() == 3);
    CHECK(Book::objects.exists());
    CHECK_FALSE(Book::objects.filter("pages__gt"_k = 10000).exists());
    CHECK(Book::objects.order_by().values_list<"author">().distinct().count() == 3);
}

TEST_CASE_FIXTURE(filled_library, "aggregates have the types that SQL gives them") {
    using orm::avg, orm::count, orm::max, orm::min, orm::sum;
    CHECK(Book::objects.aggregate(sum<"pages">) == 807);
    CHECK(Book::objects.aggregate(count<"stars">) == 3);
    CHECK(Book::objects.aggregate(count<"author">.distinct()) == 3);
    const auto all =
        Book::objects.aggregate("n"_k = count<>, "mean"_k = avg<"stars">, "first"_k = min<"published">,
                                "name"_k = max<"author__name">, "price"_k = sum<"price">);
    CHECK(all["n"_k] == 5);
    CHECK(*all["mean"_k] == doctest::Approx(14.0 / 3));
    CHECK(all["first"_k] == day(1961, 1, 1));
    CHECK(all["name"_k] == "Ursula K. Le Guin");
    const auto& [n, mean, first, name, price] = all;
    CHECK(*price == doctest::Approx(30.75));
    CHECK(Book::objects.filter("pages"_k = 1).aggregate(sum<"pages">) == std::nullopt);
    CHECK(Book::objects.order_by<"-pages">()[orm::slice(0, 2)].aggregate(sum<"pages">) == 428);
}

TEST_CASE_FIXTURE(filled_library, "values are named, values_list are tuples, one column is flat") {
    const auto rows = Book::objects.order_by<"pages">().values<"title", "author__country__name">();
    CHECK(rows.rows()[1]["title"_k] == "The Tombs of Atuan");
    CHECK_FALSE(rows.rows()[0]["author__country__name"_k].has_value());
    for (const auto& [title, country] : rows) CHECK(title.empty() == false);
    const auto pairs = Book::objects.order_by<"pages">().values_list<"title", "stars">();
    CHECK(pairs.rows()[2] == std::tuple<std::string, std::optional<std::int16_t>>("Solaris", 5));
    const auto flat = Book::objects.order_by<"pages">().values_list<"pages">();
    CHECK(flat.rows() == std::vector{12, 163, 204, 205, 223});
    const auto flags = Book::objects.order_by<"pages">().values_list<"in_print">();
    CHECK(flags.rows() == std::vector{false, true, true, true, true});
    const auto keys = Book::objects.order_by<"pages">().values_list<"author", "editor">();
    CHECK(std::get<1>(keys.rows()[2]) == ursula.id);
}

TEST_CASE_FIXTURE(filled_library, "a row brings back every kind of column") {
    const Book book = Book::objects.get("title"_k = "A Wizard of Earthsea");
    CHECK(book.price == 7.5);
    CHECK(book.published == day(1968, 11, 1));
    CHECK(book.author.key() == ursula.id);
    CHECK(book.editor->key() == stanislaw.id);
    CHECK_FALSE(book.author.loaded());
    CHECK_FALSE(book.sequel_of.has_value());
    CHECK(book.keywords == strings{"sea", "wizard"});
    CHECK(book.binding == binding::paperback);
    CHECK(book.times.created.is_finite());
    CHECK(book.times.created != orm::timestamptz());
    CHECK_FALSE(book.times.checked.has_value());
}

TEST_CASE_FIXTURE(filled_library,
                  "raw SQL finds columns by name, binds its values and names what is missing") {
    const std::vector<Author> found = Author::objects.raw(
        "SELECT country_id, name, born, id, 1 AS extra FROM author WHERE id = $1", ursula.id);
    CHECK(found.at(0).name == "Ursula K. Le Guin");
    CHECK(found.at(0).country->key() == "us");
    CHECK_THROWS_WITH_AS(Author::objects.raw("SELECT id, name FROM author"), doctest::Contains("\"born\""),
                         orm::column_mismatch);
    CHECK_THROWS_AS(Author::objects.raw("SELECT nonsense"), orm::programming_error);
    CHECK(orm::execute("UPDATE author SET name = $1 WHERE id = $2", "Ursula", ursula.id).get() == 1);
    CHECK(Author::objects.get("pk"_k = ursula.id).name == "Ursula");
}

TEST_CASE_FIXTURE(filled_library, "explain says how the server runs the query") {
    CHECK(Book::objects.filter("pk"_k = 1).explain().find("library_book") != std::string::npos);
    CHECK(Book::objects.all().explain({.analyze = true}).find("actual time") != std::string::npos);
    CHECK(Book::objects.all().explain({.format = "json"}).front() == '[');
    CHECK_THROWS_AS(Book::objects.all().explain({.format = "html"}), orm::query_error);
}

TEST_CASE_FIXTURE(library_fixture, "a column whose type changed is named before any value is decoded") {
    plain().exec(
        "INSERT INTO country VALUES ('us', 'x'); ALTER TABLE country ALTER name TYPE bytea USING 'x'::bytea");
    CHECK_THROWS_WITH_AS(static_cast<void>(Country::objects.order_by().rows()),
                         doctest::Contains("\"name\" is bytea"), orm::column_mismatch);
}

TEST_CASE_FIXTURE(library_fixture, "a NULL where the member has no place for it is named") {
    plain().exec("ALTER TABLE author ALTER name DROP NOT NULL; INSERT INTO author (name) VALUES (NULL)");
    CHECK_THROWS_WITH_AS(static_cast<void>(Author::objects.all().rows()),
                         doctest::Contains("\"name\" is NULL"), orm::column_mismatch);
}

TEST_CASE_FIXTURE(filled_library, "an int4 column that became int8 is read by the same struct") {
    plain().exec("ALTER TABLE library_book ALTER pages TYPE bigint");
    CHECK(Book::objects.get("title"_k = "Solaris").pages == 204);
}
