#include "fixture.hpp"

using namespace library;
using namespace orm::literals;
using orm::F;
using test::filled_library;
using test::library_fixture;

TEST_CASE_FIXTURE(library_fixture, "create gives the row back with what the database filled in") {
    const Author author = Author::objects.create({.name = "Ursula"});
    CHECK(author.id > 0);
    CHECK(author.name == "Ursula");
    const Book book = Book::objects.create({.title = "Tehanu", .author = author});
    CHECK(book.times.created > orm::timestamptz());
    CHECK(Book::objects.get("pk"_k = book.id).times.created == book.times.created);
    const Book dated = Book::objects.create(
        {.title = "Dated", .author = author, .times = Timestamps{.created = orm::timestamptz::infinity()}});
    CHECK(dated.times.created == orm::timestamptz::infinity());
    CHECK(Author::objects.create({.id = 77, .name = "Given"}).id == 77);
}

TEST_CASE_FIXTURE(library_fixture, "save inserts a new row and overwrites one that is there") {
    Author author = Author::objects.save({.name = "Ursula"});
    author.name = "Ursula K. Le Guin";
    author.born = day(1929, 10, 21);
    author = Author::objects.save(author);
    CHECK(Author::objects.count() == 1);
    CHECK(Author::objects.get("pk"_k = author.id).born == day(1929, 10, 21));
    const Country saved = Country::objects.save({.code = "us", .name = "USA"});
    CHECK(saved.name == "USA");
    static_cast<void>(Country::objects.save({.code = "us", .name = "United States"}));
    CHECK(Country::objects.get().name == "United States");
}

TEST_CASE_FIXTURE(filled_library, "update sets columns of the rows that match and counts them") {
    CHECK(Book::objects.filter("author__name__startswith"_k = "Ursula")
              .update("pages"_k = 1, "stars"_k = std::nullopt) == 3);
    CHECK(Book::objects.filter("pages"_k = 1, "stars__isnull"_k = true).count() == 3);
    CHECK(Book::objects.filter("title"_k = "Solaris").update("author"_k = ursula) == 1);
    CHECK(Book::objects.get("title"_k = "Solaris").author == ursula);
    CHECK(Book::objects.update("stars"_k = F<"pages">) == 5);
    CHECK(Book::objects.get("title"_k = "Solaris").stars == 204);
    CHECK_THROWS_WITH_AS(Book::objects.update("stars"_k = 100000), doctest::Contains("\"stars\""),
                         orm::query_error);
}

TEST_CASE_FIXTURE(filled_library, "delete_ counts its rows and leaves on_delete to the database") {
    CHECK(Book::objects.filter("author__country__name"_k = "Poland").delete_() == 1);
    CHECK(Author::objects.filter("pk"_k = stanislaw.id).delete_() == 1);
    CHECK_FALSE(Book::objects.get("pk"_k = wizard.id).editor.has_value());  // set_null
    CHECK(Author::objects.filter("pk"_k = anonymous.id).delete_() == 1);    // cascade
    CHECK_FALSE(Book::objects.filter("pk"_k = songs.id).exists());
    CHECK_THROWS_AS(Book::objects.filter("pk"_k = wizard.id).delete_(),
                    orm::foreign_key_violation);  // restrict
}

TEST_CASE_FIXTURE(filled_library, "violated constraints are typed and name constraint, table and column") {
    CHECK_THROWS_AS(Country::objects.create({.code = "us", .name = "again"}), orm::unique_violation);
    CHECK_THROWS_AS(Book::objects.create({.title = "Solaris", .author = stanislaw}), orm::unique_violation);
    CHECK_THROWS_AS(Book::objects.create({.title = "x", .author = 4711}), orm::foreign_key_violation);
    CHECK_THROWS_AS(Country::objects.create({.code = "usa"}), orm::data_error);
    try {
        Country::objects.create({.code = "us", .name = "again"});
        FAIL("no error");
    } catch (const orm::database_error& e) {
        CHECK(e.sqlstate() == "23505");
        CHECK(e.table() == "country");
        CHECK(e.constraint() == "country_pkey");
        CHECK(std::string(e.sql()).find("INSERT INTO \"country\"") != std::string::npos);
        CHECK(std::string(e.what()).find("again") == std::string::npos);
    }
    plain().exec("ALTER TABLE author ADD CHECK (name <> 'forbidden')");
    CHECK_THROWS_AS(Author::objects.create({.name = "forbidden"}), orm::check_violation);
}

TEST_CASE_FIXTURE(filled_library, "a reference to a row that was never saved is refused before it is sent") {
    CHECK_THROWS_WITH_AS(
        Book::objects.create({.title = "x"}),
        "Book.author refers to no row: its key is 0; save the Author first, or set the key of "
        "one that exists",
        orm::query_error);
    const Author unsaved{.name = "new"};
    CHECK_THROWS_WITH_AS(Book::objects.create({.title = "x", .author = ursula, .editor = unsaved}),
                         doctest::Contains("Book.editor refers to no row"), orm::query_error);
    CHECK_THROWS_WITH_AS(Book::objects.update("author"_k = unsaved), doctest::Contains("save the Author"),
                         orm::query_error);
    CHECK(Book::objects.update("editor"_k = std::nullopt) == 5);
}

TEST_CASE_FIXTURE(library_fixture, "text with a NUL byte is refused before it is sent, naming the problem") {
    CHECK_THROWS_AS(Author::objects.create({.name = std::string("a\0b", 3)}), orm::error);
    CHECK_THROWS_AS(static_cast<void>(Author::objects.filter("name"_k = std::string("a\0b", 3)).count()),
                    orm::error);
    CHECK(Author::objects.count() == 0);
}

TEST_CASE_FIXTURE(library_fixture, "tables exist once, and can be dropped together") {
    CHECK_THROWS_AS((orm::create_tables<Country, Author, Book>().get()), orm::programming_error);
    orm::drop_tables<Country, Author, Book>().get();
    CHECK_THROWS_AS(Author::objects.count(), orm::programming_error);
    orm::drop_tables<Country, Author, Book>().get();
    orm::create_tables<Book, Author, Country>().get();
    CHECK(Author::objects.count() == 0);
}
