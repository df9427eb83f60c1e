// Computed values, groups and typed rows.
#include "server.hpp"

#include <asynchrormous/query/case.hpp>

#include <map>
#include <tuple>
#include <vector>

// [models]
using namespace orm::literals;

struct Book;

struct Author {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<Book, "author"> books{};

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
// [/models]

// [names]
using orm::avg, orm::count, orm::max, orm::sum;
using orm::Case, orm::F, orm::Q, orm::When;
// [/names]

// [struct]
struct Report {
    std::int64_t books{};
    std::string author__name{};
    std::optional<double> rating{};
};
// [/struct]

namespace {

using strings = std::vector<std::string>;

void fill() {
    orm::create_tables<Author, Book>().get();
    const Author ursula = Author::objects.create({.name = "Ursula K. Le Guin"});
    const Author stanislaw = Author::objects.create({.name = "Stanisław Lem"});
    Author::objects.create({.name = "Anonymous"});
    Book::objects.create({.title = "A Wizard of Earthsea", .pages = 205, .stars = 5, .author = ursula});
    Book::objects.create({.title = "The Tombs of Atuan", .pages = 163, .author = ursula});
    Book::objects.create({.title = "The Farthest Shore", .pages = 323, .stars = 4, .author = ursula});
    Book::objects.create({.title = "Solaris", .pages = 304, .stars = 5, .author = stanislaw});
    Book::objects.create({.title = "Summa Technologiae", .pages = 580, .author = stanislaw});
}

void annotating() {
    // [annotate]
    auto books = Book::objects.order_by<"pages">().annotate(
        "writer"_k = F<"author__name">,      //
        "better"_k = F<"stars"> + 1,         // a std::optional<int>, as stars is
        "thick"_k = Q("pages__gt"_k = 300),  // a bool
        "size"_k =
            Case(When("pages__lt"_k = 200, "short"), When("thick"_k = true, "long")).otherwise("fair"));
    for (const auto& book : books)
        std::printf("%s: %s by %s\n", book["size"_k].c_str(), book.title.c_str(), book["writer"_k].c_str());
    check(books.rows()[0]["size"_k] == "short" && !books.rows()[0]["better"_k]);
    // [/annotate]
    // [bindings]
    for (const auto& [book, writer, better, thick, size] : books) check(thick == (book.pages > 300));
    // [/bindings]
    // [use]
    auto rated = Book::objects.annotate("score"_k = F<"stars"> * 100 - F<"pages">);
    check(rated.filter("score__gt"_k = 200).order_by<"-score">().first()->title == "A Wizard of Earthsea");
    check(rated.exclude("score__isnull"_k = true).count() == 3);
    check(rated.aggregate(max<"score">) == 295);
    check(rated.values_list<"score">().order_by<"score">().rows() ==
          std::vector<std::optional<int>>{77, 196, 295, std::nullopt, std::nullopt});
    // [/use]
    // [alias]
    auto few = Book::objects.alias("score"_k = F<"stars"> * 100 - F<"pages">).filter("score__gt"_k = 100);
    std::vector<Book> plain = few.rows();  // rows of the model
    check(plain.size() == 2);
    // [/alias]
}

void aggregating() {
    // [aggregate]
    auto authors = Author::objects.order_by<"name">().annotate(
        "n"_k = count<"books">, "good"_k = count<"books">.filter("books__stars"_k = 5),
        "pages"_k = sum<"books__pages">);
    const auto& [author, n, good, pages] = authors.rows()[0];
    check(n == 0 && good == 0 && !pages);  // a sum of nothing is NULL
    check(authors.filter("n__gt"_k = 2).get().name == "Ursula K. Le Guin");
    // [/aggregate]
    // [groups]
    auto by_stars = Book::objects.order_by<"stars">().values<"stars">().annotate("n"_k = count<>);
    for (const auto& [stars, of_them] : by_stars) check(of_them == (stars == 4 ? 1 : 2));
    check(by_stars.filter("n__gt"_k = 1).count() == 2);  // HAVING
    // [/groups]
    // [order]
    auto counted = Author::objects.annotate("n"_k = count<"books">);
    check(counted.values_list<"name", "n">().size() == 3);  // a row for each author
    auto before = Author::objects.filter("books__stars"_k = 5).annotate("n"_k = count<"books">);
    auto after = counted.filter("books__stars"_k = 5);
    check(before.aggregate(sum<"n">) == 2);  // of the books with five stars
    check(after.aggregate(sum<"n">) == 5);   // of all books of those who have such a book
    // [/order]
}

void typed() {
    // [rows]
    auto one = Book::objects.order_by<"pages">().values<"title", "author__name">().first();
    check((*one)["author__name"_k] == "Ursula K. Le Guin");
    auto halves = Book::objects.order_by<"pages">().values_list<"title">("half"_k = F<"pages"> / 2);
    check(halves[0] == std::tuple("The Tombs of Atuan", 81));
    std::vector<int> pages = Book::objects.order_by<"pages">().values_list<"pages">().rows();
    check(pages.front() == 163);
    // [/rows]
    // [to]
    std::vector<Report> reports = Book::objects.order_by<"author__name">()
                                      .values<"author__name">()
                                      .annotate("books"_k = count<>, "rating"_k = avg<"stars">)
                                      .to<Report>()
                                      .rows();
    check(reports.at(1).author__name == "Ursula K. Le Guin" && reports.at(1).books == 3);
    // [/to]
}

void combining() {
    // [combine]
    auto long_ones = Book::objects.filter("pages__gt"_k = 300).values_list<"title">();
    auto good_ones = Book::objects.filter("stars"_k = 5).values_list<"title">();
    check(long_ones.union_(good_ones).count() == 4);  // Solaris once
    check(long_ones.union_all(good_ones).count() == 5);
    check(long_ones.intersection(good_ones).rows() == strings{"Solaris"});
    check(long_ones.difference(good_ones).order_by<"-title">()[orm::slice(0, 1)].rows() ==
          strings{"The Farthest Shore"});
    auto names = Author::objects.values_list<"name">();
    check(names.union_(good_ones).count() == 5);  // rows of the same types, of another model
    check_throws<orm::query_error>([&] { return names.union_(good_ones).filter("name"_k = "x"); });
    // [/combine]
    // [distinct]
    auto longest = Book::objects.order_by<"author", "-pages">().distinct<"author">();
    check(longest.size() == 2);  // the longest book of each author
    // [/distinct]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        fill();
        annotating();
        aggregating();
        typed();
        combining();
    });
}
