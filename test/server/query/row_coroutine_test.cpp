// Annotated rows, tuples, structs and combined QuerySets that are awaited.
#include "fixture.hpp"

#include <tuple>

using namespace library;
using namespace orm::literals;
using orm::count;
using orm::F;
using test::filled_library;
using test::strings;

namespace {

struct Short {
    int twice{};
    std::string title{};
};

template <class T>
T run(orm::task<T> what) {
    return orm::event_loop::current().run(std::move(what));
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "annotated rows are awaited") {
    run([](filled_library& library) -> orm::task<> {
        const auto books = Book::objects.async().order_by<"pages">().annotate("twice"_k = F<"pages"> * 2);
        const auto& rows = co_await books;
        CHECK(rows.size() == 5);
        for (const auto& [book, twice] : rows) CHECK(twice == book.pages * 2);
        CHECK((co_await books.get("twice"_k = 408)).title == library.solaris.title);
        CHECK((co_await books.all().first())->title == library.songs.title);
        CHECK((co_await books.all().last()).value()["twice"_k] == 446);
        CHECK((co_await books.earliest<"-twice">())["twice"_k] == 446);
        CHECK((co_await books.latest<"twice">()).title == library.shore.title);
        CHECK((co_await books.all()[1])["twice"_k] == 326);
        CHECK((co_await books.all()[orm::slice(1, 3)]).at(1)["twice"_k] == 408);
        CHECK(co_await books.filter("twice__gt"_k = 400).count() == 3);
        CHECK_FALSE(co_await books.filter("twice"_k = 1).exists());
        CHECK((co_await books.none()).empty());
        CHECK(co_await books.aggregate(orm::max<"twice">) == 446);
        CHECK(co_await books.alias("more"_k = F<"twice"> + 1).filter("more"_k = 409).count() == 1);
        CHECK(co_await books.filter("twice"_k = 24).update("pages"_k = F<"twice">) == 1);
        CHECK((co_await Book::objects.async().get("pk"_k = library.songs.id)).pages == 24);
    }(*this));
}

TEST_CASE_FIXTURE(filled_library, "groups, tuples, structs and combined rows are awaited") {
    run([](filled_library& library) -> orm::task<> {
        const auto books = Book::objects.async().order_by<"pages">().annotate("twice"_k = F<"pages"> * 2);
        for (const Short& row : co_await books.to<Short>()) CHECK(row.twice >= 24);
        CHECK((co_await books.to<Short>().get("twice"_k = 408)).title == library.solaris.title);
        CHECK((co_await books.values_list<"title", "twice">()).front() == std::tuple("100%_Songs\\", 24));
        CHECK((co_await books.values<"title">("half"_k = F<"pages"> / 2)).back()["half"_k] == 111);
        std::int64_t all = 0;
        for (const auto& [author, n] :
             co_await Book::objects.async().order_by().values<"author">().annotate("n"_k = count<>))
            all += n;
        CHECK(all == 5);
        const auto good = books.filter("stars"_k = 5).order_by().values_list<"title">();
        const auto thick = books.filter("twice__gt"_k = 400).order_by().values_list<"title">();
        CHECK((co_await good.union_(thick).order_by<"title">()) ==
              strings{library.wizard.title, library.solaris.title, library.shore.title});
        CHECK(co_await good.union_all(thick).count() == 5);
        CHECK((co_await thick.difference(good)) == strings{library.shore.title});
        CHECK((co_await good.intersection(thick)).size() == 2);
        CHECK(
            (co_await Book::objects.async().order_by<"author_id", "-pages">().distinct<"author">()).size() ==
            3);
    }(*this));
}
