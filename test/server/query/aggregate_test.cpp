#include "fixture.hpp"

#include <asynchrormous/query/aggregate_more.hpp>
#include <asynchrormous/query/case.hpp>

#include <cmath>
#include <map>

using namespace library;
using namespace orm::literals;
using orm::avg;
using orm::count;
using orm::F;
using orm::max;
using orm::min;
using orm::Q;
using orm::sum;
using test::filled_library;

namespace {

std::vector<Book> all_books() { return Book::objects.order_by<"id">().rows(); }

template <class Value>
double sum_of(Value value) {
    double result = 0;
    for (const Book& book : all_books()) result += value(book);
    return result;
}

template <class Term>
auto one(const Term& term) {
    return Book::objects.aggregate(term);
}

bool close(std::optional<double> a, double b) { return a && std::abs(*a - b) < 1e-9; }

}  // namespace

TEST_CASE_FIXTURE(filled_library, "aggregates of expressions are those of the values C++ computes") {
    CHECK(one(sum<>(F<"pages"> * 2 + 1)) == sum_of([](const Book& b) { return b.pages * 2 + 1; }));
    CHECK(
        close(one(sum<>(F<"pages"> * F<"price">)), sum_of([](const Book& b) { return b.pages * b.price; })));
    CHECK(close(one(avg<"pages">), sum_of([](const Book& b) { return b.pages; }) / 5));
    CHECK(one(max<>(F<"pages"> % 100)) == 63);
    CHECK(one(min<>(F<"title">[orm::slice(0, 1)])) == "1");
    CHECK(one(count<"stars">) == 3);
    CHECK(one(count<"stars">.distinct()) == 2);
    CHECK(one(count<>(F<"title">[orm::slice(0, 4)]).distinct()) == 4);
    CHECK(one(sum<"id"> / 2) ==
          static_cast<std::int64_t>(sum_of([](const Book& b) { return static_cast<double>(b.id); })) / 2);
    CHECK(one(count<"author__country">) == 4);
}

TEST_CASE_FIXTURE(filled_library, "arithmetic of aggregates") {
    CHECK(one(max<"pages"> - min<"pages">) == 223 - 12);
    CHECK(close(one(sum<"price"> / count<>), sum_of([](const Book& b) { return b.price; }) / 5));
    const auto row = Book::objects.aggregate("range"_k = max<"pages"> - min<"pages">, "half"_k = count<> / 2);
    CHECK(row["range"_k] == 211);
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(row["half"_k])>, std::int64_t>);
    CHECK(row["half"_k] == 2);
}

TEST_CASE_FIXTURE(filled_library, "an aggregate has a filter, and a value over no rows") {
    CHECK(one(count<>.filter("pages__gt"_k = 200)) == 3);
    CHECK(one(count<>.filter(Q("pages__gt"_k = 200) || !F<"in_print">, F<"stars">.isnull())) == 1);
    CHECK(one(sum<"pages">.filter("title"_k = "nothing")) == std::nullopt);
    CHECK(one(sum<"pages">.filter("title"_k = "nothing").default_(-1)) == -1);
    CHECK(one(sum<"pages">.default_(-1).filter("author__name"_k = "Anonymous")) == 12);
    CHECK(Book::objects.none().aggregate(sum<"pages">.default_(7)) == 7);
    CHECK(Book::objects.filter("pages__lt"_k = 0).aggregate(avg<"price">.default_(2)) == 2.0);
    CHECK(Book::objects.filter("pages__lt"_k = 0).aggregate(max<"title">.default_("none")) == "none");
}

TEST_CASE_FIXTURE(filled_library, "values are gathered into texts, arrays and JSON") {
    using orm::array_agg, orm::json_agg, orm::string_agg;
    CHECK(one(string_agg<"title">("; ").order_by<"-pages">().filter("pages__gt"_k = 200)) ==
          "The Farthest Shore; A Wizard of Earthsea; Solaris");
    CHECK(one(string_agg<>(orm::F<"title">[orm::slice(0, 1)], "").order_by(F<"pages"> % 10, F<"title">)) ==
          "1TTSA");
    CHECK(one(array_agg<"pages">.order_by(F<"pages">.desc())) == std::vector<int>{223, 205, 204, 163, 12});
    CHECK(one(array_agg<"stars">.order_by(F<"pages">)) ==
          std::vector<std::optional<std::int16_t>>{std::nullopt, std::nullopt, 5, 5, 4});
    CHECK(one(array_agg<"stars">.distinct().filter("stars__isnull"_k = false)) ==
          std::vector<std::optional<std::int16_t>>{4, 5});
    CHECK(one(array_agg<"title">.filter("pages__lt"_k = 0).default_(std::vector<std::string>())).empty());
    CHECK(one(json_agg<"pages">.order_by<"pages">()) == nlohmann::json{12, 163, 204, 205, 223});
}

TEST_CASE_FIXTURE(filled_library, "bits and truth") {
    using orm::bit_and, orm::bit_or, orm::bit_xor, orm::bool_and, orm::bool_or;
    int all = -1, any = 0, odd = 0;
    for (const Book& book : all_books()) all &= book.pages, any |= book.pages, odd ^= book.pages;
    CHECK(one(bit_and<"pages">) == all);
    CHECK(one(bit_or<"pages">) == any);
    CHECK(one(bit_xor<"pages">) == odd);
    CHECK(one(bool_and<"in_print">) == false);
    CHECK(one(bool_or<"in_print">) == true);
    CHECK(one(bool_and<>(F<"pages"> > 11)) == true);
    CHECK(one(bool_and<"in_print">.filter("pages__lt"_k = 0)) == std::nullopt);
}

TEST_CASE_FIXTURE(filled_library, "statistics") {
    const double mean = sum_of([](const Book& b) { return b.pages; }) / 5;
    const double squares = sum_of([&](const Book& b) { return (b.pages - mean) * (b.pages - mean); });
    CHECK(close(one(orm::variance<"pages">), squares / 5));
    CHECK(close(one(orm::variance_sample<"pages">), squares / 4));
    CHECK(close(one(orm::stddev<"pages">), std::sqrt(squares / 5)));
    CHECK(close(one(orm::stddev_sample<"pages">), std::sqrt(squares / 4)));
    CHECK(Book::objects.filter("title"_k = "Solaris").aggregate(orm::stddev_sample<"pages">) == std::nullopt);

    const double price = sum_of([](const Book& b) { return b.price; }) / 5;
    const double both = sum_of([&](const Book& b) { return (b.pages - mean) * (b.price - price); });
    const double prices = sum_of([&](const Book& b) { return (b.price - price) * (b.price - price); });
    const auto y = F<"pages">;
    const auto x = F<"price">;
    CHECK(close(one(orm::covar_pop(y, x)), both / 5));
    CHECK(close(one(orm::covar_sample(y, x)), both / 4));
    CHECK(close(one(orm::corr(y, x)), both / std::sqrt(squares * prices)));
    CHECK(close(one(orm::regr_slope(y, x)), both / prices));
    CHECK(close(one(orm::regr_intercept(y, x)), mean - both / prices * price));
    CHECK(close(one(orm::regr_r2(y, x)), both * both / (squares * prices)));
    CHECK(close(one(orm::regr_avgx(y, x)), price));
    CHECK(close(one(orm::regr_avgy(y, x)), mean));
    CHECK(close(one(orm::regr_sxx(y, x)), prices));
    CHECK(close(one(orm::regr_sxy(y, x)), both));
    CHECK(close(one(orm::regr_syy(y, x)), squares));
    CHECK(one(orm::regr_count(y, x)) == 5);
}

// PostgreSQL 16 and newer.
TEST_CASE_FIXTURE(filled_library, "any_value is a value of the rows, or an error of an older server") {
    const bool there =
        orm::execute("SELECT 1 WHERE current_setting('server_version_num')::int >= 160000").get() == 1;
    const auto ask = [] {
        return Book::objects.filter("title"_k = "Solaris").aggregate(orm::any_value<"pages">);
    };
    if (there)
        CHECK(ask() == 204);
    else
        CHECK_THROWS_AS(static_cast<void>(ask()), orm::error);
}
