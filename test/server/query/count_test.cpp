// count() and exists() say what counting the rows says, whatever annotations they leave out.
#include "shop_fixture.hpp"

#include <asynchrormous/query/subquery.hpp>
#include <asynchrormous/query/window.hpp>

using namespace shop;
using namespace orm::literals;
using orm::count;
using orm::F;
using orm::Q;
using orm::sum;
using test::random_shop;

namespace {

template <class QuerySet>
void as_many_as_rows(const QuerySet& rows) {
    const auto number = static_cast<std::int64_t>(rows.all().rows().size());
    CAPTURE(rows.sql().text);
    CHECK(rows.count() == number);
    CHECK(rows.exists() == (number > 0));
    CHECK(rows.aggregate(count<>) == number);
}

}  // namespace

TEST_CASE_FIXTURE(random_shop, "a count without its unused annotations is the number of rows") {
    const auto users = User::objects.order_by<"id">();
    as_many_as_rows(users.annotate("age"_k = F<"profile__age">));
    as_many_as_rows(users.annotate("n"_k = count<"orders">));
    as_many_as_rows(users.annotate("n"_k = count<"orders">, "m"_k = count<"followers">));
    as_many_as_rows(users.annotate("n"_k = count<"orders">).order_by<"-n">());
    as_many_as_rows(users.annotate("n"_k = count<"orders">).filter("n__gt"_k = 1));
    as_many_as_rows(users.alias("n"_k = count<"orders">).annotate("m"_k = F<"n"> + 1).filter("m"_k = 1));
    as_many_as_rows(
        users.annotate("n"_k = count<"orders">, "m"_k = count<"followers">).filter("m__lt"_k = 2));
    as_many_as_rows(users.annotate("place"_k = orm::Window(orm::Rank()).order_by<"name">()));
    as_many_as_rows(
        users.annotate("place"_k = orm::Window(orm::Rank()).order_by<"name">()).filter("place__lt"_k = 3));
}

TEST_CASE_FIXTURE(random_shop, "a count keeps the unused annotations that decide how many rows there are") {
    const auto users = User::objects.order_by<"id">();
    as_many_as_rows(users.annotate("paid"_k = F<"orders__paid">));
    as_many_as_rows(users.filter("orders__paid"_k = true));
    as_many_as_rows(users.filter("orders__paid"_k = true).annotate("n"_k = count<"orders">));
    as_many_as_rows(users.annotate("n"_k = count<"orders">).filter("orders__paid"_k = true));
    as_many_as_rows(users.annotate("n"_k = count<"orders">).exclude("orders__paid"_k = true));
    as_many_as_rows(
        users.annotate("n"_k = count<"orders">).filter("n__gt"_k = 0, "followers__isnull"_k = false));
    as_many_as_rows(Order::objects.order_by().values<"paid">().annotate("n"_k = count<>));
    as_many_as_rows(Order::objects.order_by().values<"paid">().distinct());
    as_many_as_rows(users.annotate("n"_k = count<"orders">).order_by<"-n">()[orm::slice(1, 4)]);
    as_many_as_rows(
        Product::objects.annotate("n"_k = count<"lines">).order_by<"price", "n">().distinct<"price">());
    as_many_as_rows(users.none().annotate("n"_k = count<"orders">));
}

TEST_CASE_FIXTURE(random_shop, "a count keeps what a subquery refers to") {
    const auto cheaper = Order::objects.filter("id__lt"_k = orm::OuterRef<"n">);
    as_many_as_rows(User::objects.annotate("n"_k = count<"orders">).filter(orm::Exists(cheaper)));
    as_many_as_rows(User::objects.annotate("n"_k = F<"id"> * 2).filter(!orm::Exists(cheaper)));
}
