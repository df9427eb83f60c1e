#include "fixture.hpp"

#include <asynchrormous/query/window.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::Q;
using orm::unbounded;
using orm::Window;
using test::library_fixture;

namespace {

// Thirty books of three authors, with equal numbers of pages among them.
struct many_books : library_fixture {
    many_books() {
        std::mt19937 random(7);
        std::vector<Author> authors;
        for (const char* name : {"a", "b", "c"}) authors.push_back(Author::objects.create({.name = name}));
        for (int i = 0; i < 30; ++i) {
            Book book{.title = "book " + std::to_string(i),
                      .pages = static_cast<int>(random() % 9) * 10,
                      .author = authors[random() % 3]};
            if (random() % 3 != 0) book.stars = static_cast<std::int16_t>(random() % 5);
            books.push_back(Book::objects.create(std::move(book)));
        }
        std::ranges::sort(books, {}, [](const Book& book) { return std::pair(book.pages, book.id); });
    }

    // Those of the same author, by pages and id.
    std::vector<Book> mates(const Book& of) const {
        std::vector<Book> found;
        for (const Book& book : books)
            if (book.author == of.author) found.push_back(book);
        return found;
    }

    // The expression has for each book the value that C++ computes: looked up, it finds the same books.
    template <class E, class Naive>
    void check(const E& window, Naive naive) const {
        using value = typename E::template type_in<Book>;
        std::map<orm::without_optional<value>, std::set<std::string>> expected;
        std::set<std::string> without;
        for (const Book& book : books) {
            const std::optional<orm::without_optional<value>> result = naive(book);
            if (result)
                expected[*result].insert(book.title);
            else
                without.insert(book.title);
        }
        REQUIRE(expected.size() > 1);
        for (const auto& [one, titles] : expected)
            CHECK(found(Book::objects.filter(window == one)) == titles);
        CHECK(found(Book::objects.filter(window.isnull())) == without);
    }

    template <class Books>
    static std::set<std::string> found(const Books& rows) {
        std::set<std::string> titles;
        for (const Book& book : rows) titles.insert(book.title);
        return titles;
    }

    std::vector<Book> books{};
};

std::size_t place(const std::vector<Book>& among, const Book& of) {
    return static_cast<std::size_t>(
        std::ranges::find(among, of.id, [](const Book& book) { return book.id; }) - among.begin());
}

std::int64_t smaller(const std::vector<Book>& among, const Book& than) {
    return std::ranges::count_if(among, [&](const Book& book) { return book.pages < than.pages; });
}

}  // namespace

TEST_CASE_FIXTURE(many_books, "ranks are those that C++ counts") {
    const auto by_pages = [](auto function) { return Window(function).order_by(F<"pages">); };
    const auto total = static_cast<double>(books.size());
    check(by_pages(orm::Rank()), [&](const Book& book) { return smaller(books, book) + 1; });
    check(by_pages(orm::DenseRank()), [&](const Book& book) {
        std::set<int> less;
        for (const Book& other : books)
            if (other.pages < book.pages) less.insert(other.pages);
        return static_cast<std::int64_t>(less.size()) + 1;
    });
    check(by_pages(orm::PercentRank()),
          [&](const Book& book) { return static_cast<double>(smaller(books, book)) / (total - 1); });
    check(by_pages(orm::CumeDist()), [&](const Book& book) {
        const auto up_to = std::ranges::count_if(books, [&](const Book& o) { return o.pages <= book.pages; });
        return static_cast<double>(up_to) / total;
    });
    check(Window(orm::RowNumber()).partition_by<"author">().order_by<"pages", "id">(),
          [&](const Book& book) { return static_cast<std::int64_t>(place(mates(book), book)) + 1; });
    check(Window(orm::Ntile(3)).order_by<"pages", "id">(),
          [&](const Book& book) { return static_cast<std::int32_t>(place(books, book) / 10) + 1; });
}

TEST_CASE_FIXTURE(many_books, "values of other rows of the window") {
    const auto within = [](auto function) {
        return Window(function).partition_by(F<"author">).order_by(F<"pages">, F<"id">);
    };
    check(within(orm::Lag(F<"id">)), [&](const Book& book) -> std::optional<std::int64_t> {
        const std::size_t at = place(mates(book), book);
        return at == 0 ? std::nullopt : std::optional(mates(book)[at - 1].id);
    });
    check(within(orm::Lead(F<"id">, 2, 0)), [&](const Book& book) {
        const std::size_t at = place(mates(book), book) + 2;
        return at < mates(book).size() ? mates(book)[at].id : 0;
    });
    check(within(orm::FirstValue(F<"title">)), [&](const Book& book) { return mates(book).front().title; });
    check(within(orm::LastValue(F<"title">)).rows(unbounded, unbounded),
          [&](const Book& book) { return mates(book).back().title; });
    check(within(orm::NthValue(F<"stars">, 2)).rows(0, unbounded),
          [&](const Book& book) -> std::optional<std::int16_t> {
              const std::size_t at = place(mates(book), book) + 1;
              return at < mates(book).size() ? mates(book)[at].stars : std::nullopt;
          });
}

TEST_CASE_FIXTURE(many_books, "aggregates over frames of rows, of values and of groups") {
    const auto sum_if = [&](auto in_frame) {
        return [&, in_frame](const Book& book) -> std::optional<std::int64_t> {
            std::optional<std::int64_t> sum;
            for (const Book& other : books)
                if (in_frame(book, other)) sum = sum.value_or(0) + other.pages;
            return sum;
        };
    };
    const auto sum = Window(orm::sum<"pages">);
    check(sum.partition_by<"author">(),
          sum_if([](const Book& a, const Book& b) { return a.author == b.author; }));
    check(sum.order_by<"pages", "id">().rows(-2, 1), sum_if([&](const Book& a, const Book& b) {
              const auto distance = static_cast<int>(place(books, b)) - static_cast<int>(place(books, a));
              return distance >= -2 && distance <= 1;
          }));
    check(sum.order_by<"pages">().range(-10, 0),
          sum_if([](const Book& a, const Book& b) { return b.pages <= a.pages && b.pages >= a.pages - 10; }));
    check(sum.order_by<"pages">().range(-10, 0, orm::frame_exclusion::group),
          sum_if([](const Book& a, const Book& b) { return b.pages < a.pages && b.pages >= a.pages - 10; }));
    check(sum.order_by<"pages">().groups(0, 0, orm::frame_exclusion::current_row),
          sum_if([](const Book& a, const Book& b) { return b.pages == a.pages && b.id != a.id; }));
    check(sum.order_by<"pages">().groups(0, unbounded, orm::frame_exclusion::ties),
          sum_if([](const Book& a, const Book& b) { return b.pages > a.pages || b.id == a.id; }));
    check(Window(orm::count<"stars">.filter("pages__gt"_k = 30)).partition_by<"author">(),
          [&](const Book& book) {
              return std::ranges::count_if(mates(book),
                                           [](const Book& o) { return o.stars && o.pages > 30; });
          });
}

TEST_CASE_FIXTURE(many_books, "a filter on a window chooses among rows that have their windows") {
    const auto rank = Window(orm::RowNumber()).partition_by<"author">().order_by<"-pages", "id">();
    std::set<std::string> best;
    for (const Book& book : books) {
        const std::vector<Book> all = mates(book);
        const auto before = std::ranges::count_if(all, [&](const Book& other) {
            return other.pages > book.pages || (other.pages == book.pages && other.id < book.id);
        });
        if (before < 2) best.insert(book.title);
    }
    CHECK(best.size() == 6);
    CHECK(found(Book::objects.filter(rank <= 2)) == best);
    CHECK(found(Book::objects.exclude(rank > 2)) == best);
    CHECK(Book::objects.filter(rank <= 2).count() == 6);
    CHECK(Book::objects.filter(rank <= 2).async().count() == 6);
    CHECK(Book::objects.order_by(rank, F<"author">).first()->author ==
          Book::objects.order_by<"author">().first()->author);
    const auto share = F<"pages"> - Window(orm::max<"pages">).partition_by<"author">();
    check(share, [&](const Book& book) { return book.pages - mates(book).back().pages; });
}

TEST_CASE_FIXTURE(many_books, "windows are values of rows, and names to filter by") {
    const auto ranked = Book::objects.order_by<"id">().annotate(
        "rank"_k = Window(orm::Rank()).order_by<"pages">(),
        "before"_k = Window(orm::Lag(F<"title">)).partition_by<"author">().order_by<"pages", "id">());
    for (const auto& book : ranked) {
        const std::vector<Book> all = mates(book);
        const std::size_t at = place(all, book);
        CHECK(book["rank"_k] == smaller(books, book) + 1);
        CHECK(book["before"_k] == (at == 0 ? std::nullopt : std::optional(all[at - 1].title)));
    }
    const auto first = ranked.filter("rank"_k = 1).rows();
    CHECK(!first.empty());
    for (const auto& book : first) CHECK(book.pages == books.front().pages);
    CHECK(ranked.filter("before__isnull"_k = true).async().count() == 3);
}

TEST_CASE_FIXTURE(many_books, "aggregates of windows are over rows that have them") {
    const auto ranked = Book::objects.annotate("rank"_k = Window(orm::Rank()).order_by<"pages">());
    std::int64_t last = 0;
    for (const auto& book : ranked) last = std::max(last, book["rank"_k]);
    CHECK(last > 1);
    CHECK(ranked.aggregate(orm::max<"rank">) == last);
    const auto both =
        ranked.aggregate("n"_k = orm::count<>.filter("rank"_k = 1), "most"_k = orm::max<"pages">);
    CHECK(both["n"_k] == ranked.filter("rank"_k = 1).count());
    CHECK(both["most"_k] == books.back().pages);
}
