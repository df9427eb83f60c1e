// Aggregates: over a QuerySet, over relations, for groups.
#include "server.hpp"

// [include]
#include <asynchrormous/query/aggregate_more.hpp>
using namespace orm::literals;
using orm::avg, orm::count, orm::F, orm::max, orm::min, orm::sum;
// [/include]

// [models]
struct Book;
struct Prize;

struct Author {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<Book, "author"> books{};
    orm::related_set<Prize, "author"> prizes{};

    static constexpr orm::manager<Author> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<int> stars{};
    orm::foreign_key<Author> author{};

    static constexpr orm::manager<Book> objects{};
};

struct Prize {
    std::int64_t id = 0;
    int amount = 0;
    orm::foreign_key<Author> author{};

    static constexpr orm::manager<Prize> objects{};
};
// [/models]

namespace {

void fill() {
    orm::create_tables<Author, Book, Prize>().get();
    const Author ursula = Author::objects.create({.name = "Ursula"});
    const Author stanislaw = Author::objects.create({.name = "Stanisław"});
    Author::objects.create({.name = "Anonymous"});
    Book::objects.create({.title = "Wizard", .pages = 205, .stars = 5, .author = ursula});
    Book::objects.create({.title = "Tombs", .pages = 163, .author = ursula});
    Book::objects.create({.title = "Shore", .pages = 323, .stars = 4, .author = ursula});
    Book::objects.create({.title = "Solaris", .pages = 304, .stars = 5, .author = stanislaw});
    Prize::objects.create({.amount = 100, .author = ursula});
    Prize::objects.create({.amount = 50, .author = ursula});
}

void of_a_queryset() {
    // [aggregate]
    check(Book::objects.aggregate(sum<"pages">) == 995);            // std::optional<std::int64_t>
    check(Book::objects.aggregate(sum<>(F<"pages"> * 2)) == 1990);  // of an expression
    auto row = Book::objects.aggregate("n"_k = count<>, "spread"_k = max<"pages"> - min<"pages">);
    check(row["n"_k] == 4 && row["spread"_k] == 160);
    // [/aggregate]
    // [options]
    check(Book::objects.aggregate(count<"author">.distinct()) == 2);
    check(Book::objects.aggregate(sum<"pages">.filter("stars"_k = 5)) == 509);
    check(Book::objects.none().aggregate(sum<"pages">.default_(0)) == 0);  // a std::int64_t
    check(Book::objects.aggregate(orm::string_agg<"title">(", ").order_by<"-pages">()) ==
          "Shore, Solaris, Wizard, Tombs");
    // [/options]
}

void of_relations() {
    // [relations]
    auto authors = Author::objects.order_by<"id">().annotate(
        "n"_k = count<"books">, "good"_k = count<"books">.filter("books__stars"_k = 5),
        "longest"_k = max<"books__pages">);
    const auto rows = authors.rows();
    check(rows[0]["n"_k] == 3 && rows[0]["good"_k] == 1 && rows[0]["longest"_k] == 323);
    check(rows[2]["n"_k] == 0 && !rows[2]["longest"_k]);  // an author without books has a row, too
    check(authors.filter("n__gt"_k = 1).get().name == "Ursula");
    // [/relations]
    // [several]
    auto both = Author::objects.order_by<"id">().annotate(
        "pages"_k = sum<"books__pages">, "won"_k = sum<"prizes__amount">, "n"_k = count<"books">);
    const auto ursula = both.rows().front();
    check(ursula["pages"_k] == 691 && ursula["won"_k] == 150 && ursula["n"_k] == 3);
    // [/several]
    // [steps]
    auto counted = Author::objects.annotate("n"_k = count<"books">);
    check(counted.aggregate(max<"n">) == 3);  // of a sub-query: one row for each author
    check(counted.aggregate(avg<"n">) == 4.0 / 3);
    // [/steps]
    // [place]
    auto before = Author::objects.filter("books__stars"_k = 5).annotate("n"_k = count<"books">);
    auto after = Author::objects.annotate("n"_k = count<"books">).filter("books__stars"_k = 5);
    check(before.order_by<"id">().rows()[0]["n"_k] == 1);  // the books with five stars
    check(after.order_by<"id">().rows()[0]["n"_k] == 3);   // all books of those who have such a book
    // [/place]
}

void groups() {
    // [groups]
    auto groups = Book::objects.order_by<"author__name">().values<"author__name">().annotate(
        "n"_k = count<>, "mean"_k = avg<"stars">);
    check(groups.rows()[1]["author__name"_k] == "Ursula" && groups.rows()[1]["n"_k] == 3);
    check(groups.rows()[1]["mean"_k] == 4.5);                   // NULLs do not count
    check(groups.filter("n__gt"_k = 1).count() == 1);           // HAVING
    check(groups.filter("stars"_k = 5).rows()[1]["n"_k] == 1);  // WHERE: it is of the rows
    // [/groups]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        fill();
        of_a_queryset();
        of_relations();
        groups();
    });
}
