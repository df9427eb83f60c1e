// What is awaited of sub-queries, windows, dates, writes that give rows back, trees, sources, and relations
// on a condition: each is one lazy behind all three ways, so that one of each is enough.
#include "fixture.hpp"
#include "shop_fixture.hpp"

#include <asynchrormous/query/cte.hpp>
#include <asynchrormous/query/filtered_relation.hpp>
#include <asynchrormous/query/window.hpp>

#include <vector>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::OuterRef;
using orm::Q;
using shop::Category;
using shop::Order;
using shop::User;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

template <class T>
T run(orm::task<T> what) {
    return orm::event_loop::current().run(std::move(what));
}

struct Written {
    orm::foreign_key<Author> author{};
    std::int64_t n = 0;
};
struct Below {
    orm::foreign_key<Category> category{};
    int depth = 0;
};

struct small_shop : test::shop_fixture {};

}  // namespace

TEST_CASE_FIXTURE(filled_library, "sub-queries and windows can be awaited") {
    run([]() -> orm::task<> {
        const auto own = Book::objects.filter("author"_k = OuterRef<"id">);
        const auto authors = Author::objects.async().order_by<"name">();
        const auto rows = co_await authors.annotate(
            "longest"_k = orm::Subquery(own.order_by<"-pages">().values_list<"title">()),
            "pages"_k = orm::ArraySubquery(own.order_by<"pages">().values_list<"pages">()));
        CHECK(rows[2]["longest"_k] == "The Farthest Shore");
        CHECK(rows[2]["pages"_k] == std::vector<int>{163, 205, 223});
        CHECK(co_await authors.filter(orm::Exists(own.filter("stars"_k = 5))).count() == 2);
        CHECK(
            co_await authors.filter("id__in"_k = Book::objects.filter("stars"_k = 4).values_list<"author">())
                .exists());

        const auto ranked = Book::objects.async().annotate(
            "place"_k = orm::Window(orm::Rank()).partition_by<"author">().order_by<"-pages">());
        CHECK((co_await ranked.get("title"_k = "A Wizard of Earthsea"))["place"_k] == 1);  // of one row
        CHECK(titles(co_await ranked.filter("place"_k = 1).order_by<"title">()) ==
              strings{"100%_Songs\\", "Solaris", "The Farthest Shore"});
    }());
}

TEST_CASE_FIXTURE(filled_library, "dates, combined rows and what writes give back can be awaited") {
    run([]() -> orm::task<> {
        const auto books = Book::objects.async();
        const auto years = co_await books.dates<"published">(orm::date_part::year);
        REQUIRE(years.size() == 4);
        CHECK(years[0] == filled_library::day(1961, 1, 1));
        CHECK(co_await books.datetimes<"created">(orm::date_part::year).count() == 1);
        CHECK(co_await books.filter("pages__lt"_k = 20).union_(books.filter("stars"_k = 4)).count() == 2);
        CHECK((co_await books.order_by<"author", "-pages">().distinct<"author">()).size() == 3);

        const auto changed =
            co_await books.filter("stars"_k = 5).update_returning<"id", "stars">("stars"_k = std::int16_t{1});
        CHECK(changed.size() == 2);
        for (const auto& row : changed) CHECK(row["stars"_k] == 1);
        const std::vector<Book> gone = co_await books.filter("title"_k = "Solaris").delete_returning();
        REQUIRE(gone.size() == 1);
        CHECK(gone[0].pages == 204);
        CHECK(co_await books.count() == 4);
    }());
}

TEST_CASE_FIXTURE(filled_library, "a named source can be awaited") {
    run([](filled_library& library) -> orm::task<> {
        const auto written =
            orm::cte<Written>(Book::objects.async().values<"author">().annotate("n"_k = orm::count<>));
        const std::vector<Written> rows = co_await written.filter("n__gt"_k = 1);
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].author == library.ursula);
        CHECK(co_await written.filter("author__name__contains"_k = "Lem").count() == 1);
        CHECK((co_await written.order_by<"-n">().first())->n == 3);
    }(*this));
}

TEST_CASE_FIXTURE(small_shop, "trees, recursions and relations on a condition can be awaited") {
    run([]() -> orm::task<> {
        const auto categories = Category::objects.async();
        const Category root = co_await categories.create({.name = "root"});
        const Category leaf = co_await categories.create({.name = "leaf", .parent = root});
        static_cast<void>(co_await categories.create({.name = "twig", .parent = leaf}));
        const auto below = co_await categories.filter("id"_k = root.id).descendants<"parent">();
        CHECK(below.size() == 2);
        CHECK(co_await categories.filter("name"_k = "twig").ancestors_or_self<"parent">().count() == 3);

        const auto walk = orm::recursive<Below>(
            categories.filter("id"_k = root.id).values("category"_k = F<"id">, "depth"_k = 1),
            orm::next_row("category"_k = F<"category__children">, "depth"_k = F<"depth"> + 1));
        const auto depths = co_await walk.order_by<"depth">().values_list<"depth">();
        CHECK(depths == std::vector<int>{1, 2, 3});

        const User ann = co_await User::objects.async().create({.name = "ann"});
        static_cast<void>(co_await User::objects.async().create({.name = "bob"}));
        static_cast<void>(co_await Order::objects.async().create({.buyer = ann, .paid = true}));
        const auto users = User::objects.async().annotate(
            "paid"_k = orm::FilteredRelation<"orders">(Q("orders__paid"_k = true)));
        const std::vector<User> paying = co_await users.filter("paid__isnull"_k = false);
        REQUIRE(paying.size() == 1);
        CHECK(paying[0].name == "ann");
        CHECK((co_await users.exclude("paid__id__gt"_k = 0).get()).name == "bob");
    }());
}
