#include "../../golden/cases.hpp"
#include "fixture.hpp"

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::Q;
using test::filled_library;
using test::strings;
using test::titles;

TEST_CASE_FIXTURE(filled_library, "every golden query is one that PostgreSQL takes") {
    golden::each([](const auto& query, std::string_view, const golden::binds&) {
        CHECK_NOTHROW(static_cast<void>(query.rows()));
    });
}

TEST_CASE_FIXTURE(filled_library, "text lookups find what they say, wildcards meaning themselves") {
    const auto found = [](auto term) { return titles(Book::objects.order_by<"title">().filter(term)); };
    CHECK(found("title__icontains"_k = "THE") == strings{"The Farthest Shore", "The Tombs of Atuan"});
    CHECK(found("title__contains"_k = "THE").empty());
    CHECK(found("title__startswith"_k = "A ") == strings{"A Wizard of Earthsea"});
    CHECK(found("title__iendswith"_k = "SHORE") == strings{"The Farthest Shore"});
    CHECK(found("title__contains"_k = "%") == strings{"100%_Songs\\"});
    CHECK(found("title__endswith"_k = "\\") == strings{"100%_Songs\\"});
    CHECK(found("title__contains"_k = "%S").empty());
    CHECK(found("title__iexact"_k = "solaris") == strings{"Solaris"});
    CHECK(found("title__regex"_k = "^S.*s$") == strings{"Solaris"});
    CHECK(found("title__iregex"_k = "^s.*S$") == strings{"Solaris"});
    CHECK(found("author__name__icontains"_k = "stanisŁaw") == strings{"Solaris"});
}

TEST_CASE_FIXTURE(filled_library, "comparisons, lists and ranges") {
    const auto found = [](auto term) { return titles(Book::objects.order_by<"title">().filter(term)); };
    CHECK(found("pages__gt"_k = 205) == strings{"The Farthest Shore"});
    CHECK(found("pages__gte"_k = 205).size() == 2);
    CHECK(found("pages__lt"_k = 163) == strings{"100%_Songs\\"});
    CHECK(found("pages__range"_k = std::pair(163, 204)) == strings{"Solaris", "The Tombs of Atuan"});
    CHECK(found("pages__in"_k = {12, 204}) == strings{"100%_Songs\\", "Solaris"});
    CHECK(found("price__gt"_k = 8) == strings{"Solaris", "The Farthest Shore"});
    CHECK(found("binding"_k = binding::hardcover) == strings{"Solaris"});
    CHECK(found("in_print"_k = false) == strings{"100%_Songs\\"});
    CHECK(found("keywords"_k = strings{"sea", "wizard"}) == strings{"A Wizard of Earthsea"});
    CHECK(found("author"_k = stanislaw) == strings{"Solaris"});
    CHECK(found("author"_k = stanislaw.id) == strings{"Solaris"});
    CHECK(found("sequel_of__sequel_of"_k = wizard) == strings{"The Farthest Shore"});
    CHECK(found("sequel_of__author__country__name"_k = "United States").size() == 2);
    CHECK(found(F<&Book::author, &Author::name>.startswith("Anon")) == strings{"100%_Songs\\"});
    CHECK(found(F<"editor__name"> == F<"author__name">).empty());
}

TEST_CASE_FIXTURE(filled_library, "parts of dates, Sunday being the first day of the week") {
    const auto found = [](auto term) { return titles(Book::objects.order_by<"title">().filter(term)); };
    CHECK(found("published__year"_k = 1971) == strings{"The Tombs of Atuan"});
    CHECK(found("published__year__lt"_k = 1968) == strings{"Solaris"});
    CHECK(found("published__year__range"_k = std::pair(1968, 1971)).size() == 2);
    CHECK(found("published__month"_k = 9) == strings{"The Farthest Shore"});
    CHECK(found("published__day__gt"_k = 1).empty());
    CHECK(found("published__quarter"_k = 4) == strings{"A Wizard of Earthsea"});
    CHECK(found("published__week_day"_k = 1) == strings{"Solaris"});  // 1 January 1961 was a Sunday
    CHECK(found("published__iso_week_day"_k = 7) == strings{"Solaris"});
    CHECK(found("published__iso_year"_k = 1960) == strings{"Solaris"});  // in the last ISO week of 1960
    CHECK(found("published__week"_k = 52) == strings{"Solaris"});
    CHECK(found("created__year__gte"_k = 2020).size() == 5);
}

TEST_CASE_FIXTURE(filled_library, "exclude keeps rows whose column is NULL, as Django does") {
    const auto left = [](auto term) { return Book::objects.exclude(term).count(); };
    CHECK(left("stars"_k = 5) == 3);
    CHECK(left("stars__gt"_k = 4) == 3);
    CHECK(left("editor__name__startswith"_k = "Urs") == 4);
    CHECK(left("author__country__name"_k = "Poland") == 4);
    CHECK(left("stars__in"_k = std::vector<std::optional<int>>{5}) == 3);
    CHECK(left("stars__in"_k = std::vector<std::optional<int>>{5, std::nullopt}) == 1);
    CHECK(left("stars"_k = std::nullopt) == 3);
    CHECK(left("pages__in"_k = std::vector<int>{}) == 5);
    CHECK(Book::objects.exclude("stars"_k = 5, "pages__lt"_k = 205).count() == 4);
}

TEST_CASE_FIXTURE(filled_library, "values that no row can have are answered without asking the server") {
    CHECK(Book::objects.filter("pages"_k = std::int64_t{1} << 40).sql().text.empty());
    CHECK(Book::objects.filter("pages"_k = std::int64_t{1} << 40).count() == 0);
    CHECK(Book::objects.filter("pages__lt"_k = std::int64_t{1} << 40).count() == 5);
    CHECK(Book::objects.filter("stars__gte"_k = -100000).count() == 3);
    CHECK(Book::objects.filter("pages__range"_k = std::pair(std::int64_t{200}, std::int64_t{1} << 40))
              .count() == 3);
    CHECK(Book::objects.none().count() == 0);
    CHECK_FALSE(Book::objects.none().exists());
    CHECK(Book::objects.none().empty());
    CHECK(Book::objects.none().update("pages"_k = 1) == 0);
    CHECK(Book::objects.none().aggregate(orm::sum<"pages">) == std::nullopt);
}

TEST_CASE_FIXTURE(filled_library, "Q composes with or, and, not, and in a loop at run time") {
    CHECK(Book::objects.filter(Q("pages__lt"_k = 100) || Q("pages__gt"_k = 220)).count() == 2);
    CHECK(Book::objects.filter(!Q("author__name__startswith"_k = "Ursula"), "in_print"_k = true).count() ==
          1);
    Q<Book> any;
    CHECK(Book::objects.filter(any).count() == 5);
    for (const char* word : {"tombs", "shore"}) any |= Q<Book>("title__icontains"_k = word);
    CHECK(Book::objects.filter(any).count() == 2);
    CHECK(Book::objects.filter(any && Q("pages__gt"_k = 200)).count() == 1);
    CHECK(Book::objects.exclude(any).count() == 3);
}

TEST_CASE_FIXTURE(filled_library, "a QuerySet of one type grows by conditions known at run time") {
    for (const std::optional<int> least : {std::optional<int>(), std::optional<int>(204)}) {
        orm::queryset<Book> books = Book::objects.all();
        if (least) books = books.filter("pages__gte"_k = *least);
        CHECK(books.count() == (least ? 3 : 5));
    }
}

TEST_CASE_FIXTURE(filled_library,
                  "orders: descending, over relations, by the related model's own ordering, reversed") {
    CHECK(titles(Book::objects.order_by<"-pages">()).front() == "The Farthest Shore");
    CHECK(titles(Book::objects.order_by<"author__name", "-title">()).front() == "100%_Songs\\");
    CHECK(titles(Book::objects.order_by<"pages">().reverse()).front() == "The Farthest Shore");
    CHECK(titles(Book::objects.order_by(F<&Book::price>.asc())).front() == "100%_Songs\\");
    const auto authors = Author::objects.order_by<"country">().values_list<"name">();
    CHECK(std::vector(authors.begin(), authors.end()) ==
          strings{"Stanisław Lem", "Ursula K. Le Guin", "Anonymous"});
    CHECK(titles(Book::objects.all()) == titles(Book::objects.order_by<"-published", "title">()));
}
