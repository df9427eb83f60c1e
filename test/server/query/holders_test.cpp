// Who keeps what alive: QuerySets, lazies and keywords that outlive where they come from.
#include "fixture.hpp"

using namespace library;
using namespace orm::literals;
using orm::Q;
using test::filled_library;
using test::library_fixture;
using test::strings;
using test::titles;

namespace {

auto long_title(std::string text) {
    text += " of Earthsea";
    return Q("title"_k = std::string_view(text));  // text goes away here
}

auto named(const char* name) {
    const std::string copy(name);
    return "name"_k = copy.c_str();
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "a stored keyword owns the text that it was given as a view or a pointer") {
    const auto title = long_title("A Wizard");
    const auto name = named("Stanisław Lem");
    std::string noise(64, 'x');
    CHECK(Book::objects.get(title).pages == 205);
    CHECK(Author::objects.get(name).id == stanislaw.id);
}

TEST_CASE_FIXTURE(filled_library,
                  "a temporary QuerySet may be started, iterated and read in one expression") {
    strings seen;
    for (const Book& book : Book::objects.order_by<"pages">().async().start()) seen.push_back(book.title);
    CHECK(seen.size() == 5);
    for (const Book& book : Book::objects.filter("pages__gt"_k = 204).rows()) seen.push_back(book.title);
    CHECK(seen.size() == 7);
    for (const Book& book : Book::objects.async()[orm::slice(0, 1)].start().rows())
        seen.push_back(book.title);
    CHECK(seen.size() == 8);
}

TEST_CASE_FIXTURE(filled_library,
                  "a QuerySet outlives its database with the rows it has, and says when it has none") {
    std::optional<orm::queryset<Book>> evaluated, asleep;
    std::optional<orm::lazy<std::int64_t>> count;
    {
        const orm::database other = orm::connect(schema_url());
        evaluated = Book::objects.using_(other).order_by<"pages">();
        asleep = Book::objects.using_(other);
        CHECK(evaluated->size() == 5);
        count = Book::objects.using_(other).async().count();
        count->wait();
        other.close().get();
    }
    CHECK(evaluated->count() == 5);
    CHECK(titles(*evaluated).front() == "100%_Songs\\");
    CHECK(*count == 5);
    CHECK_THROWS_AS(static_cast<void>(asleep->rows()), orm::error);
}

TEST_CASE_FIXTURE(filled_library,
                  "copies of a started QuerySet share its fetch, copies of an unstarted one do not") {
    const auto books = Book::objects.order_by<"pages">().async();
    const auto before = books;
    books.start();
    const auto after = books;
    plain().exec("DELETE FROM library_book WHERE sequel_of_id IS NOT NULL; DELETE FROM library_book");
    CHECK(after.size() == books.size());
    CHECK(before.size() <= books.size());
    CHECK(after.started() == books.started());
    CHECK(before.started() != books.started());
}

TEST_CASE_FIXTURE(filled_library, "what several hold is copied out, what one holds is moved") {
    auto first = Author::objects.async().get("pk"_k = ursula.id);
    const auto second = first;
    const Author taken = std::move(first);
    CHECK(taken.name == "Ursula K. Le Guin");
    CHECK(second->name == taken.name);

    auto books = Book::objects.order_by<"pages">();
    const auto same = books;
    books.start();
    const auto shared = books;
    CHECK(std::move(books).rows().size() == 5);
    CHECK(shared.size() == 5);
    CHECK(titles(shared).back() == "The Farthest Shore");
}

TEST_CASE_FIXTURE(filled_library, "a fetch that failed is tried anew by the next reader") {
    const auto books = Book::objects.order_by<"pages">().async();
    plain().exec("ALTER TABLE library_book RENAME TO hidden");
    books.start();
    CHECK_THROWS_AS(static_cast<void>(books.rows()), orm::programming_error);
    CHECK_THROWS_AS(static_cast<void>(books.rows()), orm::programming_error);
    plain().exec("ALTER TABLE hidden RENAME TO library_book");
    CHECK(books.size() == 5);
}

TEST_CASE_FIXTURE(filled_library, "an answer without a query is a lazy like any other, its error too") {
    auto missing = Book::objects.none().async().get();
    auto beyond = Book::objects.async().get("pages"_k = std::int64_t{1} << 40);
    CHECK(missing.ready());
    CHECK_THROWS_AS(static_cast<void>(missing.get()), orm::does_not_exist<Book>);
    CHECK_THROWS_WITH_AS(static_cast<void>(beyond.get()), doctest::Contains("can match no row"),
                         orm::does_not_exist<Book>);
    CHECK_FALSE(Book::objects.none().async().first().get().has_value());
}

TEST_CASE_FIXTURE(filled_library, "rows and slices of an evaluated QuerySet are not asked for again") {
    const auto books = Book::objects.order_by<"pages">();
    CHECK(books.size() == 5);
    const auto started = books.async();
    plain().exec("DELETE FROM library_book WHERE sequel_of_id IS NOT NULL; DELETE FROM library_book");
    CHECK(books[1].title == "The Tombs of Atuan");
    CHECK(titles(books[orm::slice(1, 3)]) == strings{"The Tombs of Atuan", "Solaris"});
    CHECK(titles(started[orm::slice(3)]).size() == 2);
    CHECK(started[orm::slice(7, 9)].empty());
    CHECK(started[orm::slice(3, 2)].empty());
    CHECK(started[4].get().title == "The Farthest Shore");
    CHECK_THROWS_AS(static_cast<void>(books[5]), orm::does_not_exist<Book>);
    CHECK_THROWS_AS(static_cast<void>(books.all()[0]), orm::does_not_exist<Book>);
}
