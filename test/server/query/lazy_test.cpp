// The way of working that this library descends from: docs/guide and the README tell it in prose.
#include "fixture.hpp"

#include <sstream>

using namespace library;
using namespace orm::literals;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

// Holds the books back on the server, and sees who waits for them there.
class held_table {
public:
    explicit held_table(const filled_library& library)
        : blocker_(library.plain()), observer_(library.plain()) {
        blocker_.exec("BEGIN; LOCK TABLE library_book IN ACCESS EXCLUSIVE MODE");
    }
    void let_go() { blocker_.exec("ROLLBACK"); }
    // Waits until the server itself says that as many statements stand before the lock.
    bool waited_for_by(int statements) {
        const std::string count =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'library_book'::regclass";
        for (int attempt = 0; attempt < 1000; ++attempt) {
            if (observer_.value(count) == std::to_string(statements)) return true;
            observer_.exec("SELECT pg_sleep(0.01)");
        }
        return false;
    }

private:
    test::plain_connection blocker_;
    test::plain_connection observer_;
};

}  // namespace

TEST_CASE_FIXTURE(filled_library, "start sends the query at once and gives the same QuerySet") {
    held_table held(*this);
    const auto books = Book::objects.filter("pages__gt"_k = 200).async();
    const auto& started = books.start();
    CHECK(&started == &books);
    CHECK(held.waited_for_by(1));  // nothing of ours has run since
    held.let_go();
    CHECK(books.size() == 3);
}

TEST_CASE_FIXTURE(filled_library, "slicing after async starts the query, building does not") {
    held_table held(*this);
    const auto books = Book::objects.all().async().order_by<"-pages">().filter("pages__gt"_k = 1);
    CHECK(held.waited_for_by(0));
    const auto top = books[orm::slice(0, 2)];
    CHECK(held.waited_for_by(1));
    held.let_go();
    CHECK(titles(top) == strings{"The Farthest Shore", "A Wizard of Earthsea"});
}

TEST_CASE_FIXTURE(filled_library, "a slice before async is not started by it") {
    held_table held(*this);
    const auto top = Book::objects.order_by<"-pages">()[orm::slice(0, 2)].async();
    CHECK(held.waited_for_by(0));
    top.start();
    CHECK(held.waited_for_by(1));
    held.let_go();
    CHECK(top.size() == 2);
}

TEST_CASE_FIXTURE(filled_library, "count after async is a lazy integer on its way") {
    held_table held(*this);
    auto count = Book::objects.filter("pages__gt"_k = 200).async().count();
    CHECK(held.waited_for_by(1));
    CHECK_FALSE(count.ready());
    CHECK_FALSE(count.wait_for(std::chrono::milliseconds(1)));
    held.let_go();
    CHECK(count > 1);
    CHECK(count.ready());
    CHECK(count + 1 == 4);
    std::ostringstream printed;
    printed << count;
    CHECK(printed.str() == "3");
}

TEST_CASE_FIXTURE(filled_library, "async has the same effect anywhere before the evaluation") {
    const auto first = Book::objects.async().filter("pages__gt"_k = 200).order_by<"pages">();
    const auto last = Book::objects.filter("pages__gt"_k = 200).order_by<"pages">().async();
    CHECK(titles(first) == titles(last));
    CHECK(first.sql() == last.sql());
}

TEST_CASE_FIXTURE(filled_library, "rows are asked for once, however often they are read") {
    const auto blocking = Book::objects.filter("pages__gt"_k = 200).order_by<"pages">();
    const auto lazy = blocking.async();
    const strings before = titles(blocking);
    CHECK(titles(lazy) == before);
    plain().exec("UPDATE library_book SET title = 'changed' || id");
    CHECK(titles(blocking) == before);
    CHECK(titles(lazy) == before);
    CHECK(titles(blocking.async()) == before);  // it was evaluated already
    CHECK(titles(blocking.all()) != before);
}

TEST_CASE_FIXTURE(filled_library, "a started fetch answers count and exists without another query") {
    const auto books = Book::objects.filter("pages__gt"_k = 200).async();
    books.start();
    CHECK(books.size() == 3);
    plain().exec("DELETE FROM library_book WHERE sequel_of_id IS NOT NULL; DELETE FROM library_book");
    CHECK(books.count() == 3);
    CHECK(books.exists());
    CHECK(books.all().count() == 0);
}

TEST_CASE_FIXTURE(filled_library, "count of a fetch that is still under way waits for that one") {
    held_table held(*this);
    const auto books = Book::objects.filter("pages__gt"_k = 200).async();
    books.start();
    auto count = books.count();
    auto exists = books.exists();
    CHECK(held.waited_for_by(1));
    held.let_go();
    CHECK(count == 3);
    if (exists) CHECK(count.ready());
}

TEST_CASE_FIXTURE(filled_library, "several lazies travel together and are read in any order") {
    const auto books = Book::objects.async();
    auto n = books.count();
    auto shortest = books.order_by<"pages">().first();
    auto total = books.aggregate(orm::sum<"pages">);
    auto found = books.get("title"_k = "Solaris");
    CHECK(found->pages == 204);
    CHECK(*total == 807);
    CHECK(shortest->title == "100%_Songs\\");
    CHECK(n == 5);
}

TEST_CASE_FIXTURE(filled_library, "an error waits in the lazy until it is read") {
    auto missing = Book::objects.async().get("title"_k = "Roadside Picnic");
    auto wrong = Country::objects.async().create({.code = "us"});
    CHECK_THROWS_AS(static_cast<void>(missing.get()), orm::does_not_exist<Book>);
    CHECK_THROWS_AS(static_cast<void>(missing.get()), orm::does_not_exist<Book>);
    CHECK_THROWS_AS(static_cast<void>(wrong.get()), orm::unique_violation);
    CHECK(Book::objects.count() == 5);
}

TEST_CASE_FIXTURE(filled_library, "a dropped lazy abandons its result and not the connection") {
    static_cast<void>(Book::objects.async().count());
    Book::objects.async().start();
    static_cast<void>(Author::objects.async().create({.name = "Written all the same"}));
    CHECK(Author::objects.filter("name__startswith"_k = "Written").count() == 1);
}

TEST_CASE_FIXTURE(filled_library, "a cancelled query frees its reader at once") {
    held_table held(*this);
    auto count = Book::objects.async().count();
    CHECK(held.waited_for_by(1));
    count.cancel();
    CHECK_THROWS_AS(static_cast<void>(count.get()), orm::operation_cancelled);
    held.let_go();
    CHECK(Book::objects.count() == 5);
}

TEST_CASE_FIXTURE(filled_library, "a deadline frees the reader of a lazy, and the database stays usable") {
    held_table held(*this);
    auto count = orm::with_timeout(Book::objects.async().count(), std::chrono::milliseconds(20));
    CHECK_THROWS_AS(static_cast<void>(count.get()), orm::timeout_error);
    held.let_go();
    CHECK(Book::objects.count() == 5);
}

TEST_CASE("without a database a query says how to connect") {
    CHECK_THROWS_WITH_AS(Book::objects.count(), doctest::Contains("orm::connect"), orm::connect_error);
}
