#include "fixture.hpp"
#include "shop_fixture.hpp"

#include <asynchrormous/query/filtered_relation.hpp>
#include <asynchrormous/query/subquery.hpp>

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

using namespace orm::literals;
using orm::count;
using orm::F;
using orm::FilteredRelation;
using orm::OuterRef;
using orm::Q;
using shop::Line;
using shop::Order;
using shop::Product;
using shop::Tag;
using shop::User;
using test::filled_library;

namespace {

auto with_paid_orders() {
    return User::objects.annotate("paid_orders"_k = FilteredRelation<"orders">(Q("orders__paid"_k = true)));
}

struct random_orders : test::random_shop {
    // Some users have several paid orders.
    random_orders() {
        for (const std::size_t user : {0u, 0u, 1u})
            rows.orders.push_back(Order::objects.create({.buyer = rows.users[user].id, .paid = true}));
    }

    std::vector<const Order*> paid(const User& of) {
        std::vector<const Order*> found;
        for (const Order& each : rows.orders)
            if (each.paid && each.buyer && each.buyer->key() == of.id) found.push_back(&each);
        return found;
    }
    // Of the users for whom the condition on their paid orders holds.
    template <class Holds>
    std::multiset<std::int64_t> users_where(Holds holds) {
        std::multiset<std::int64_t> found;
        for (const User& each : rows.users)
            for (std::size_t times = holds(paid(each)); times > 0; --times) found.insert(each.id);
        return found;
    }
};

template <class Users>
std::multiset<std::int64_t> ids(const Users& users) {
    std::multiset<std::int64_t> found;
    for (const User& each : users) found.insert(each.id);
    return found;
}

}  // namespace

TEST_CASE_FIXTURE(random_orders, "a relation under a name is joined on its condition") {
    const auto users = with_paid_orders();
    CHECK(ids(users) == users_where([](const auto&) { return 1u; }));
    const auto some = users_where([](const auto& paid) { return paid.size(); });
    REQUIRE(some.size() > 1);
    CHECK(ids(users.filter("paid_orders__isnull"_k = false)) == some);
    CHECK(ids(users.filter("paid_orders__paid"_k = true)) == some);
    CHECK(users.filter("paid_orders__paid"_k = false).count() == 0);
    CHECK(ids(users.filter("paid_orders__isnull"_k = true)) ==
          users_where([](const auto& paid) { return std::size_t{paid.empty()}; }));
    const std::int64_t one = users.filter("paid_orders__isnull"_k = false)
                                 .order_by<"paid_orders">()
                                 .values_list<"paid_orders">()[0]
                                 .value();
    CHECK(ids(users.filter("paid_orders"_k = one)) == users_where([&](const auto& paid) {
              return static_cast<std::size_t>(std::count_if(
                  paid.begin(), paid.end(), [&](const Order* each) { return each->id == one; }));
          }));
    CHECK(users.filter("paid_orders"_k = *Order::objects.filter("id"_k = one).first()).count() == 1);
    CHECK(users.filter("paid_orders__in"_k = Order::objects.filter("id"_k = one)).count() == 1);
    CHECK(users.filter(F<"paid_orders__id"> == one).count() == 1);
    CHECK(users.filter(F<"paid_orders"> == F<"paid_orders__id">).count() ==
          static_cast<std::int64_t>(some.size()));
}

TEST_CASE_FIXTURE(random_orders, "exclude() leaves out who has any such row") {
    const auto users = with_paid_orders();
    for (const Order& order : rows.orders) {
        CHECK(ids(users.exclude("paid_orders__id"_k = order.id)) == users_where([&](const auto& paid) {
                  return std::size_t{std::none_of(paid.begin(), paid.end(),
                                                  [&](const Order* each) { return each->id == order.id; })};
              }));
    }
    CHECK(ids(users.exclude("paid_orders__isnull"_k = true)) ==
          users_where([](const auto& paid) { return std::size_t{!paid.empty()}; }));
    CHECK(ids(users.filter(!Q("paid_orders__isnull"_k = false))) ==
          users_where([](const auto& paid) { return std::size_t{paid.empty()}; }));
}

TEST_CASE_FIXTURE(random_orders, "its columns are selected, ordered by, and aggregated") {
    const auto users = with_paid_orders();
    for (const auto& row : users.annotate("n"_k = count<"paid_orders">)) {
        static_assert(std::is_same_v<decltype(row["n"_k]), const std::int64_t&>);
        CHECK(row["n"_k] == static_cast<std::int64_t>(paid(row).size()));
    }
    std::multiset<std::pair<std::string, std::optional<std::int64_t>>> expected, got;
    for (const User& user : rows.users) {
        if (paid(user).empty()) expected.insert({user.name, std::nullopt});
        for (const Order* order : paid(user)) expected.insert({user.name, order->id});
    }
    for (const auto& [name, order] : users.order_by<"-paid_orders__id">().values<"name", "paid_orders">())
        got.insert({name, order});
    CHECK(got == expected);
    const auto both = users.annotate("twice"_k = F<"paid_orders__id"> * 2)
                          .filter("paid_orders__isnull"_k = false)
                          .values<"paid_orders__id", "twice">();
    for (const auto& [id, twice] : both) CHECK(*twice == *id * 2);
    CHECK(users.filter(orm::Exists(Line::objects.filter("order"_k = OuterRef<"paid_orders__id">)))
              .filter("paid_orders__lines__isnull"_k = true)
              .count() == 0);
    CHECK(users.alias("n"_k = count<"paid_orders">).filter("n"_k = 0).count() ==
          static_cast<std::int64_t>(
              users_where([](const auto& all) { return std::size_t{all.empty()}; }).size()));
}

TEST_CASE_FIXTURE(random_orders, "a key, many to many, and conditions that name the model's own fields") {
    const auto lines = Line::objects.annotate(
        "dear"_k = FilteredRelation<"product">(Q("product__price__gt"_k = F<"quantity">)));
    std::size_t dear = 0;
    for (const auto& [id, name, product] : lines.order_by<"id">().values_list<"id", "dear__name", "dear">()) {
        const Line& line = *std::find_if(rows.lines.begin(), rows.lines.end(),
                                         [&, key = id](const Line& each) { return each.id == key; });
        const Product& of = *std::find_if(rows.products.begin(), rows.products.end(),
                                          [&](const Product& each) { return each.id == line.product.key(); });
        CHECK(product == (of.price > line.quantity ? std::optional(of.id) : std::nullopt));
        CHECK(name.has_value() == product.has_value());
        dear += product.has_value();
    }
    CHECK(lines.filter("dear__price__gte"_k = 0).count() == static_cast<std::int64_t>(dear));
    CHECK(lines.count() == static_cast<std::int64_t>(rows.lines.size()));

    const auto products =
        Product::objects.annotate("shown"_k = FilteredRelation<"tags">(Q("tags__hidden"_k = false)));
    std::size_t shown = 0;
    for (const Product& product : rows.products)
        for (const Tag& tag : rows.tags)
            shown += !tag.hidden && rows.product_tags.contains({product.id, tag.word});
    CHECK(products.filter("shown__word__length__gt"_k = 0).count() == static_cast<std::int64_t>(shown));
}

TEST_CASE_FIXTURE(random_orders, "it goes along with values, unions, and changes of rows") {
    const auto users = with_paid_orders();
    const auto some = users_where([](const auto& paid) { return paid.size(); });
    CHECK(users.values<"name">().filter("paid_orders__isnull"_k = false).count() ==
          static_cast<std::int64_t>(some.size()));
    CHECK(users.filter("paid_orders__isnull"_k = true)
              .union_(User::objects.filter("id"_k = *some.begin()))
              .count() ==
          static_cast<std::int64_t>(rows.users.size() - std::set(some.begin(), some.end()).size() + 1));
    CHECK(users.filter("paid_orders__isnull"_k = false).update("name"_k = F<"name"> + "!") ==
          static_cast<std::int64_t>(std::set(some.begin(), some.end()).size()));
    CHECK(users.async().filter("paid_orders__isnull"_k = false).count().get() ==
          static_cast<std::int64_t>(some.size()));
}
