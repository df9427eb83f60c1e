// Queries that cannot be: each error names the model and the way out, before anything is sent.
#include "fixture.hpp"

using namespace library;
using namespace orm::literals;
using orm::Q;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

template <class Ask>
void refused(Ask ask, const char* says) {
    CHECK_THROWS_WITH_AS(ask(), doctest::Contains(says), orm::query_error);
}

}  // namespace

TEST_CASE("what would have to happen before a slice names the model and says so") {
    const auto few = Book::objects.all()[orm::slice(0, 2)];
    refused([&] { static_cast<void>(few.filter("pages"_k = 1)); }, "Book: cannot filter");
    refused([&] { static_cast<void>(few.exclude("pages"_k = 1)); }, "exclude() before slicing");
    refused([&] { static_cast<void>(few.order_by<"pages">()); }, "Book: cannot reorder");
    refused([&] { static_cast<void>(few.reverse()); }, "Book: cannot reverse");
    refused([&] { static_cast<void>(few.distinct()); }, "distinct() before slicing");
    refused([&] { static_cast<void>(few.last()); }, "Book: cannot reverse");
    refused([&] { static_cast<void>(few.latest<"pages">()); }, "Book: cannot reorder");
    refused([&] { static_cast<void>(few.get("pages"_k = 1)); }, "Book: cannot filter");
    refused([&] { static_cast<void>(few.update("pages"_k = 1)); }, "Book: cannot update");
    refused([&] { static_cast<void>(few.async().delete_()); }, "Book: cannot delete");
    CHECK_FALSE(few.filter().exclude().filter(Q<Book>()).exclude(Q<Book>()).sql().text.empty());
}

TEST_CASE("rows are counted from the start, whatever the way they are named") {
    refused([] { static_cast<void>(Book::objects.limit(-1)); }, "a slice of Book rows");
    refused([] { static_cast<void>(Book::objects.offset(-1)); }, "reverse()");
    refused([] { static_cast<void>(Book::objects.all()[-1]); }, "reverse()");
    refused([] { static_cast<void>(Book::objects.all()[orm::slice(0, -1)]); }, "reverse()");
}

TEST_CASE_FIXTURE(filled_library, "an empty Q is no condition, however it is composed") {
    const Q<Book> none;
    CHECK(Book::objects.filter(none).count() == 5);
    CHECK(Book::objects.exclude(none).count() == 5);
    CHECK(Book::objects.exclude(Q()).count() == 5);
    CHECK(Book::objects.filter(!none).count() == 5);
    CHECK(Book::objects.filter(!Q()).count() == 5);
    CHECK(Book::objects.filter(Q() || Q("title"_k = "Solaris")).count() == 1);
    CHECK(Book::objects.exclude(none, "title"_k = "Solaris").count() == 4);
    CHECK(Book::objects.exclude(none || Q("title"_k = "Solaris")).count() == 4);
    Q<Book> unwanted;
    for (const char* word : std::vector<const char*>{}) unwanted |= Q("title"_k = word);
    CHECK(Book::objects.exclude(unwanted).count() == 5);
}

TEST_CASE_FIXTURE(filled_library, "values out of a column's range are left out of lists and open ranges") {
    constexpr std::int64_t far = std::int64_t{1} << 40;
    const auto count = [](auto term) { return Book::objects.filter(term).count(); };
    const auto left = [](auto term) { return Book::objects.exclude(term).count(); };
    CHECK(count("pages__in"_k = std::vector{far, std::int64_t{204}}) == 1);
    CHECK(count("pages__in"_k = std::vector{far}) == 0);
    CHECK(left("pages__in"_k = std::vector{far}) == 5);
    CHECK(count("stars__range"_k = std::pair(-far, far)) == 3);
    CHECK(left("stars__range"_k = std::pair(-far, far)) == 2);
    CHECK(count("stars__range"_k = std::pair(far, far)) == 0);
    CHECK(count("stars__range"_k = std::pair(5, 1)) == 0);
    CHECK(left("stars__gt"_k = far) == 5);
    CHECK(count("published__year"_k = 20000) == 0);
    CHECK(count("published__year__range"_k = std::pair(-5, 1961)) == 1);
}

TEST_CASE_FIXTURE(filled_library,
                  "a text longer than max_length is the database's error, as wide as characters") {
    CHECK_THROWS_WITH_AS(Country::objects.create({.code = "usa"}), doctest::Contains("too long"),
                         orm::data_error);
    CHECK(Country::objects.create({.code = "Łł"}).code == "Łł");
    CHECK_FALSE(Country::objects.filter("code"_k = "usa").exists());
}

TEST_CASE_FIXTURE(filled_library, "using_ chooses a database by its alias, and an unknown one is named") {
    const orm::database other = orm::connect(schema_url(), {.alias = "replica"});
    CHECK(Book::objects.using_("replica").filter("pages"_k = 204).count() == 1);
    CHECK(titles(Book::objects.async().using_("replica").order_by<"pages">()).size() == 5);
    CHECK(other.statistics().connected == 1);
    CHECK_THROWS_WITH_AS(static_cast<void>(Book::objects.using_("primary")), doctest::Contains("primary"),
                         orm::connect_error);
    other.close().get();
}
