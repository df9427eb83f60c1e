// only() and defer(): rows with some of a model's columns.
#include "fixture.hpp"

#include <type_traits>

using namespace library;
using namespace orm::literals;
using test::filled_library;

TEST_CASE_FIXTURE(filled_library, "only() reads the columns it names, and the key") {
    const auto books = Book::objects.order_by<"title">().only<"title", "author__name", "stars">();
    CHECK(books.sql().text.find("pages") == std::string::npos);
    const auto rows = books.rows();
    REQUIRE(rows.size() == 5);
    CHECK(rows[1]["title"_k] == "A Wizard of Earthsea");
    CHECK(rows[1]["author__name"_k] == "Ursula K. Le Guin");
    CHECK(rows[1]["stars"_k] == 5);
    CHECK_FALSE(rows[0]["stars"_k]);
    CHECK(rows[1].at<&Book::title>() == "A Wizard of Earthsea");
    CHECK(rows[1].at<&Book::author, &Author::name>() == "Ursula K. Le Guin");
    CHECK(rows[1].key() == wizard.id);
    CHECK(Book::objects.get("pk"_k = rows[1].key()).pages == wizard.pages);
    static_assert(!std::is_convertible_v<std::decay_t<decltype(rows[0])>, Book>);
}

TEST_CASE_FIXTURE(filled_library, "defer() reads all columns but those it names") {
    const auto row = Book::objects.defer<"pages", "keywords", "author_id">().get("id"_k = solaris.id);
    CHECK(row["title"_k] == "Solaris");
    CHECK(row["editor"_k] == ursula.id);
    CHECK(row["binding"_k] == binding::hardcover);
    const std::string text = Book::objects.defer<"id", "pages">().sql().text;
    CHECK(text.find("\"id\"") != std::string::npos);
    CHECK(text.find("\"pages\"") == std::string::npos);
    CHECK(Author::objects.defer<"name">().order_by<"id">().first()->key() == ursula.id);
}

TEST_CASE_FIXTURE(filled_library, "defer() after only() or defer() leaves out more") {
    const auto some = Book::objects.only<"title", "pages", "author__name">().defer<"pages", "stars", "id">();
    const auto row = some.get("id"_k = solaris.id);
    CHECK(row["title"_k] == "Solaris");
    CHECK(row["author__name"_k] == "Stanisław Lem");
    CHECK(row.key() == solaris.id);
    const std::string text = some.sql().text;
    CHECK(text.find("\"pages\"") == std::string::npos);
    CHECK(text.find("\"stars\"") == std::string::npos);
    const std::string twice = Book::objects.defer<"pages">().defer<"stars">().sql().text;
    CHECK(twice.find("\"pages\"") == std::string::npos);
    CHECK(twice.find("\"stars\"") == std::string::npos);
    CHECK(twice.find("\"title\"") != std::string::npos);
}

TEST_CASE_FIXTURE(filled_library, "partial rows are filtered, annotated, sliced and awaited like others") {
    const auto books = Book::objects.only<"title">();
    CHECK(books.filter("pages__gt"_k = 204).count() == 2);
    CHECK(books.order_by<"pages">()[0]["title"_k] == songs.title);
    CHECK(books.only<"pages">().order_by<"id">().rows().at(0)["pages"_k] == wizard.pages);
    CHECK(books.async().get("id"_k = tombs.id).get()["title"_k] == tombs.title);
}
