// Window functions.
#include "library.hpp"
#include "server.hpp"

// [include]
#include <asynchrormous/query/window.hpp>
using orm::F, orm::Window;
// [/include]

namespace {

void ranking() {
    // [rank]
    auto ranked = Book::objects.order_by<"id">().annotate(
        "place"_k = Window(orm::Rank()).partition_by<"author">().order_by<"-pages">());
    const auto& wizard = ranked.rows().front();
    check(wizard.title == "A Wizard of Earthsea");
    check(wizard["place"_k] == 2);  // a std::int64_t: the second longest of its author
    // [/rank]
    // [filter]
    auto longest = ranked.filter("place"_k = 1);  // of each author, its longest book
    check(longest.count() == 2);
    // [/filter]
}

void frames() {
    // [sums]
    auto sums =
        Book::objects.filter("published__isnull"_k = false)
            .order_by<"published">()
            .annotate("so_far"_k = Window(orm::sum<"pages">).order_by<"published">().rows(orm::unbounded, 0),
                      "around"_k = Window(orm::avg<"pages">).order_by<"published">().rows(-1, 1),
                      "of_author"_k = Window(orm::count<>).partition_by<"author">());
    check(sums.rows().back()["so_far"_k] == 304 + 205 + 163 + 323);
    check(sums.rows().front()["around"_k] == (304 + 205) / 2.0);
    check(sums.rows().front()["of_author"_k] == 1);
    // [/sums]
    // [others]
    auto before = Window(orm::Lag(F<"title">)).order_by<"id">();  // NULL for the first: std::optional
    auto or_none = Window(orm::Lag(F<"title">, 1, "none")).order_by<"id">();  // std::string
    auto more = F<"pages"> - Window(orm::Lag(F<"pages">, 1, 0)).order_by<"id">();
    auto rows = Book::objects.order_by<"id">()
                    .annotate("before"_k = before, "or_none"_k = or_none, "more"_k = more)
                    .rows();
    check(!rows[0]["before"_k] && rows[0]["or_none"_k] == "none" && rows[0]["more"_k] == 205);
    check(rows[1]["before"_k] == "A Wizard of Earthsea" && rows[1]["more"_k] == 163 - 205);
    // [/others]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        ranking();
        frames();
    });
}
