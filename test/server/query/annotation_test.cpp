// annotate() and alias(): every value is compared with what C++ computes over the same rows.
#include "shop_fixture.hpp"

#include <asynchrormous/query/case.hpp>

#include <map>

using namespace shop;
using namespace orm::literals;
using orm::Case;
using orm::count;
using orm::F;
using orm::max;
using orm::Q;
using orm::sum;
using orm::When;
using test::random_shop;

namespace {

using ids = std::vector<std::int64_t>;
using number = std::int64_t;
template <class T>
using maybe = std::optional<T>;

template <class Rows>
ids ids_of(const Rows& rows) {
    ids result;
    for (const auto& row : rows) result.push_back(row.id);
    return result;
}

// The ids of the rows in memory for which `holds`.
template <class T, class Holds>
ids ids_where(const std::vector<T>& rows, Holds holds) {
    ids result;
    for (const T& row : rows)
        if (holds(row)) result.push_back(row.id);
    return result;
}

template <class T, class Value>
auto values_of(const std::vector<T>& rows, Value value) {
    std::vector<decltype(value(rows.front()))> result;
    for (const T& row : rows) result.push_back(value(row));
    return result;
}

template <class Name, class Rows>
auto column(const Rows& rows, Name name) {
    std::vector<std::remove_cvref_t<decltype(rows.rows().front()[name])>> result;
    for (const auto& row : rows) result.push_back(row[name]);
    return result;
}

struct counted_shop : random_shop {
    number orders(const User& user) { return std::ssize(orders_of()(user)); }
    number lines(const Order& order) { return std::ssize(lines_of()(order)); }
    maybe<number> quantity(const Product& product) {
        maybe<number> all;
        for (const Line& line : rows.lines)
            if (line.product == product) all = all.value_or(0) + line.quantity;
        return all;
    }
};

const auto products = [] { return Product::objects.order_by<"id">(); };

}  // namespace

TEST_CASE_FIXTURE(counted_shop, "annotations are values of the rows' own columns") {
    CHECK(column(products().annotate("twice"_k = F<"price"> * 2), "twice"_k) ==
          values_of(rows.products, [](const Product& p) { return p.price * 2; }));
    CHECK(column(products().annotate("left"_k = F<"stock"> - 1), "left"_k) ==
          values_of(rows.products,
                    [](const Product& p) { return p.stock ? maybe<int>(*p.stock - 1) : std::nullopt; }));
    const auto several =
        products().annotate("a"_k = F<"price"> + 1, "b"_k = F<"a"> * 2, "c"_k = F<"b"> - F<"a">);
    REQUIRE(several.size() == rows.products.size());
    for (std::size_t i = 0; i < rows.products.size(); ++i) {
        CHECK(several.rows()[i].name == rows.products[i].name);
        CHECK(several.rows()[i].stock == rows.products[i].stock);
        const auto& [product, a, b, c] = several.rows()[i];
        CHECK(product.id == rows.products[i].id);
        CHECK(a == product.price + 1);
        CHECK(b == a * 2);
        CHECK(c == b - a);
    }
    const auto chained = products().annotate("a"_k = F<"price"> + 1).annotate("b"_k = F<"a"> * 2);
    CHECK(column(chained, "b"_k) == column(several, "b"_k));
}

TEST_CASE_FIXTURE(counted_shop, "conditions, choices and plain values are annotations, too") {
    const auto rated = products().annotate(
        "dear"_k = Q("price__gte"_k = 3), "sold"_k = F<"stock"> == 0,
        "kind"_k = Case(When("price__gte"_k = 3, "dear"), When("price"_k = 0, "free")).otherwise("cheap"),
        "some"_k = Case(When("price__gte"_k = 3, F<"stock">)), "seven"_k = 7);
    for (const auto& row : rated) {
        CHECK(row["dear"_k] == (row.price >= 3));
        const maybe<bool> sold = row["sold"_k];
        CHECK(sold == (row.stock ? maybe<bool>(*row.stock == 0) : std::nullopt));
        CHECK(row["kind"_k] == (row.price >= 3 ? "dear" : row.price == 0 ? "free" : "cheap"));
        CHECK(row["some"_k] == (row.price >= 3 ? row.stock : std::nullopt));
        CHECK(row["seven"_k] == 7);
    }
    CHECK(ids_of(rated.filter("dear"_k = true)) ==
          ids_where(rows.products, [](const Product& p) { return p.price >= 3; }));
    CHECK(ids_of(rated.filter("kind__startswith"_k = "f")) ==
          ids_where(rows.products, [](const Product& p) { return p.price == 0; }));
    CHECK(ids_of(rated.exclude("kind__in"_k = std::vector<std::string>{"free", "dear"})) ==
          ids_where(rows.products, [](const Product& p) { return p.price > 0 && p.price < 3; }));
}

TEST_CASE_FIXTURE(counted_shop, "annotations follow relations") {
    const auto lines = Line::objects.order_by<"id">().annotate(
        "price"_k = F<"product__price">, "paid"_k = F<"order__paid">, "buyer"_k = F<"order__buyer__name">,
        "cost"_k = F<"price"> * F<"quantity">);
    REQUIRE(lines.size() == rows.lines.size());
    for (const auto& row : lines) {
        const Product& product = *product_of()(row).front();
        const Order& order =
            *test::rows_where(rows.orders, [&](const Order& o) { return row.order == o; }).front();
        CHECK(row["price"_k] == product.price);
        CHECK(row["paid"_k] == order.paid);
        CHECK(row["cost"_k] == product.price * row.quantity);
        const auto buyer =
            test::rows_where(rows.users, [&](const User& u) { return order.buyer && *order.buyer == u; });
        CHECK(row["buyer"_k] == (buyer.empty() ? std::nullopt : maybe<std::string>(buyer.front()->name)));
    }
    CHECK(lines.filter("buyer__isnull"_k = true).count() ==
          std::ssize(ids_where(rows.lines, [&](const Line& line) {
              return !test::rows_where(rows.orders, [&](const Order& o) { return line.order == o; })
                          .front()
                          ->buyer;
          })));
}

TEST_CASE_FIXTURE(counted_shop, "aggregates over relations are annotated for each row") {
    const auto users = User::objects.order_by<"id">();
    CHECK(column(users.annotate("n"_k = count<"orders">), "n"_k) ==
          values_of(rows.users, [&](const User& u) { return orders(u); }));
    CHECK(column(users.annotate("n"_k = count<"orders">.filter("orders__paid"_k = true)), "n"_k) ==
          values_of(rows.users, [&](const User& u) {
              number n = 0;
              for (const Order* order : orders_of()(u)) n += order->paid;
              return n;
          }));
    CHECK(column(products().annotate("all"_k = sum<"lines__quantity">), "all"_k) ==
          values_of(rows.products, [&](const Product& p) { return quantity(p); }));
    const auto both = products().annotate("all"_k = sum<"lines__quantity">, "twice"_k = F<"all"> * 2,
                                          "none"_k = Q("all__isnull"_k = true));
    for (const auto& row : both) {
        const maybe<number> all = quantity(row);
        CHECK(row["twice"_k] == (all ? maybe<number>(*all * 2) : std::nullopt));
        CHECK(row["none"_k] == !all);
    }
}

TEST_CASE_FIXTURE(counted_shop, "annotations are filtered, excluded and ordered by") {
    const auto users = User::objects.annotate("n"_k = count<"orders">);
    CHECK(ids_of(users.filter("n__gt"_k = 1).order_by<"id">()) ==
          ids_where(rows.users, [&](const User& u) { return orders(u) > 1; }));
    CHECK(ids_of(users.exclude("n"_k = 0).order_by<"id">()) ==
          ids_where(rows.users, [&](const User& u) { return orders(u) != 0; }));
    CHECK(ids_of(users.filter(F<"n"> * 2 == 4, Q("name__lt"_k = "e")).order_by<"id">()) ==
          ids_where(rows.users, [&](const User& u) { return orders(u) == 2 && u.name < "e"; }));
    CHECK(ids_of(users.filter(Q("n"_k = 0) || Q("name"_k = "ann")).order_by<"id">()) ==
          ids_where(rows.users, [&](const User& u) { return orders(u) == 0 || u.name == "ann"; }));
    auto sorted = rows.users;
    std::ranges::sort(sorted, {}, [&](const User& u) { return std::pair(-orders(u), u.id); });
    CHECK(ids_of(users.order_by<"-n", "id">()) == ids_of(sorted));
    CHECK(ids_of(users.order_by(F<"n">.desc(), F<"id">.asc())) == ids_of(sorted));
    std::reverse(sorted.begin(), sorted.end());
    CHECK(ids_of(users.order_by<"-n", "id">().reverse()) == ids_of(sorted));
    CHECK(users.filter("n__gt"_k = 1).update("name"_k = F<"name"> + "!") ==
          std::ssize(ids_where(rows.users, [&](const User& u) { return orders(u) > 1; })));
    CHECK(ids_of(User::objects.filter("name__endswith"_k = "!").order_by<"id">()) ==
          ids_where(rows.users, [&](const User& u) { return orders(u) > 1; }));
    CHECK(users.filter("n"_k = 0).delete_() ==
          std::ssize(ids_where(rows.users, [&](const User& u) { return orders(u) == 0; })));
}

TEST_CASE_FIXTURE(counted_shop, "an annotation is set by update and aggregated") {
    const auto dear = Product::objects.annotate("twice"_k = F<"price"> * 2);
    CHECK(dear.aggregate(max<"twice">) ==
          std::ranges::max(values_of(rows.products, [](const Product& p) { return p.price * 2; })));
    number most = 0, all = 0;
    for (const User& user : rows.users) {
        most = std::max(most, orders(user));
        all += orders(user);
    }
    const auto counted = User::objects.annotate("n"_k = count<"orders">);
    CHECK(counted.aggregate(max<"n">) == most);
    const auto sums = counted.aggregate("most"_k = max<"n">, "all"_k = sum<"n">, "users"_k = count<>);
    CHECK(sums["most"_k] == most);
    CHECK(sums["all"_k] == all);
    CHECK(sums["users"_k] == std::ssize(rows.users));
    CHECK(dear.update("price"_k = F<"twice"> + 1) == std::ssize(rows.products));
    CHECK(products().values_list<"price">().rows() ==
          values_of(rows.products, [](const Product& p) { return p.price * 2 + 1; }));
}

TEST_CASE_FIXTURE(counted_shop, "an alias is a name only") {
    const auto users = User::objects.alias("n"_k = count<"orders">, "more"_k = F<"n"> + 1);
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(users.rows().front())>, User>);
    CHECK(
        ids_of(users.filter("more__gt"_k = 1).order_by<"-n", "id">()) ==
        ids_of(User::objects.annotate("n"_k = count<"orders">).filter("n__gt"_k = 0).order_by<"-n", "id">()));
    const auto shown = users.order_by<"id">().annotate("again"_k = F<"more"> - 1);
    CHECK(column(shown, "again"_k) == values_of(rows.users, [&](const User& u) { return orders(u); }));
    CHECK(Product::objects.alias("twice"_k = F<"price"> * 2).filter("twice"_k = 4).count() ==
          std::ssize(ids_where(rows.products, [](const Product& p) { return p.price == 2; })));
    CHECK(users.filter("n"_k = 0).exists());
}

TEST_CASE_FIXTURE(counted_shop, "what is aggregated after values() is of groups") {
    std::map<int, std::pair<number, maybe<number>>> groups;  // by price: how many, sum of stock
    for (const Product& p : rows.products) {
        auto& [n, stock] = groups[p.price];
        ++n;
        if (p.stock) stock = stock.value_or(0) + *p.stock;
    }
    const auto by_price = Product::objects.order_by<"price">().values<"price">().annotate(
        "n"_k = count<>, "all"_k = sum<"stock">);
    REQUIRE(by_price.size() == groups.size());
    auto group = groups.begin();
    for (const auto& [price, n, all] : by_price) {
        CHECK(price == group->first);
        CHECK(n == group->second.first);
        CHECK(all == group->second.second);
        ++group;
    }
    std::vector<std::tuple<int, number>> several;
    for (const auto& [price, of] : groups)
        if (of.first > 1) several.emplace_back(price, of.first);
    CHECK(Product::objects.order_by<"price">()
              .values_list<"price">()
              .annotate("n"_k = count<>)
              .filter("n__gt"_k = 1)
              .rows() == several);
    CHECK(by_price.filter("n__gt"_k = 1).count() == std::ssize(several));
    CHECK(by_price.aggregate(sum<"n">) == std::ssize(rows.products));

    std::map<std::string, number> words;  // a relation's column as the key of groups
    for (const Product& product : rows.products)
        for (const test::reached<Tag>& tags = tags_of()(product); const Tag* tag : tags) ++words[tag->word];
    for (const auto& row :
         Product::objects.filter("tags__isnull"_k = false).values<"tags__word">().annotate("n"_k = count<>))
        CHECK(row["n"_k] == words[row["tags__word"_k].value()]);
}

TEST_CASE_FIXTURE(counted_shop, "annotate() before values() is of rows, and may be left out") {
    const auto users = User::objects.order_by<"id">().annotate("n"_k = count<"orders">);
    std::vector<std::tuple<std::string, number>> expected;
    for (const User& user : rows.users) expected.emplace_back(user.name, orders(user));
    CHECK(users.values_list<"name", "n">().rows() == expected);
    CHECK(users.values_list<"n">().rows() == values_of(rows.users, [&](const User& u) { return orders(u); }));
    for (const auto& row : users.values<"n", "name">()) {
        const auto& [n, name] = row;
        CHECK(std::ranges::count(expected, std::tuple(name, n)) == 1);
    }
    std::vector<std::string> buyers;
    for (const auto& [name, n] : expected)
        if (n > 0) buyers.push_back(name);
    CHECK(users.values_list<"name">().filter("n__gt"_k = 0).rows() == buyers);
    CHECK(column(Product::objects.order_by<"id">().values<"name">("twice"_k = F<"price"> * 2), "twice"_k) ==
          values_of(rows.products, [](const Product& p) { return p.price * 2; }));
    CHECK(products().values_list("twice"_k = F<"price"> * 2).rows() ==
          values_of(rows.products, [](const Product& p) { return p.price * 2; }));
}

TEST_CASE_FIXTURE(counted_shop,
                  "a condition before an aggregate narrows it down, one after leaves it alone") {
    const auto paid_by = [&](const User& u) {
        return std::ranges::count_if(orders_of()(u), [](const Order* order) { return order->paid; });
    };
    const auto before = User::objects.filter("orders__paid"_k = true).annotate("n"_k = count<"orders">);
    CHECK(ids_of(before.order_by<"id">()) ==
          ids_where(rows.users, [&](const User& u) { return paid_by(u) > 0; }));
    for (const auto& row : before) CHECK(row["n"_k] == paid_by(row));
    const auto after = User::objects.annotate("n"_k = count<"orders">).filter("orders__paid"_k = true);
    CHECK(ids_of(after.order_by<"id">()) ==
          ids_where(rows.users, [&](const User& u) { return paid_by(u) > 0; }));
    for (const auto& row : after) CHECK(row["n"_k] == orders(row));
    for (const auto& row :
         User::objects.annotate("orders_made"_k = count<"orders">, "read_by"_k = count<"followers">)) {
        CHECK(row["orders_made"_k] == orders(row));
        CHECK(row["read_by"_k] == std::ssize(followers_of()(row)));
    }
}

TEST_CASE_FIXTURE(counted_shop, "a lazy gives the same annotated rows") {
    const auto users = User::objects.async().annotate("n"_k = count<"orders">).order_by<"id">();
    const auto count_of = users.filter("n__gt"_k = 1).count();
    const auto first = users.alias("m"_k = F<"n"> + 1).filter("m__gt"_k = 1).first();
    const auto most = users.aggregate(max<"n">);
    const auto listed = users.values_list<"name", "n">().start();
    CHECK(column(users, "n"_k) == values_of(rows.users, [&](const User& u) { return orders(u); }));
    CHECK(count_of == std::ssize(ids_where(rows.users, [&](const User& u) { return orders(u) > 1; })));
    const auto buyers = ids_where(rows.users, [&](const User& u) { return orders(u) > 0; });
    CHECK(first.get().value().id == buyers.front());
    CHECK(most.get().value() == std::ranges::max(column(users, "n"_k)));
    CHECK(listed.size() == rows.users.size());
    const auto groups =
        Product::objects.async().values<"price">().annotate("n"_k = count<>).order_by<"-n">().start();
    number all = 0;
    for (const auto& row : groups) all += row["n"_k];
    CHECK(all == std::ssize(rows.products));
}
