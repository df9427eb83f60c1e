// Random conditions over rows that have many related rows, with aggregates and sub-queries over them, on the
// server and by a naive evaluation in memory. The rules that they must agree on: a filter() joins, so a row
// comes once for each related row of which the condition is true; an exclude() asks each condition about any
// related row; an aggregate after filter() is of the rows that it joined, before it of all.
#include "shop_fixture.hpp"

#include <asynchrormous/query/subquery.hpp>

#include <functional>
#include <map>
#include <tuple>

using namespace shop;
using namespace orm::literals;
using orm::count;
using orm::F;
using orm::OuterRef;
using orm::Q;
using orm::sum;

namespace {

using number = std::optional<std::int64_t>;

// A condition on a product and one of its lines, null where it has none, in both worlds.
struct condition {
    Q<Product> asked{};
    std::function<bool(const Product&, const Line*)> holds{};
    std::function<bool(const Product&)> for_any{};  // each comparison asks any line
    bool joins = false;
};

// The same of a line alone.
struct line_condition {
    Q<Product> through{};
    Q<Line> asked{};
    std::function<bool(const Line&)> holds{};
};

using key_counts = std::vector<std::pair<std::int64_t, std::int64_t>>;

class random_conditions : public test::random_shop {
public:
    // `mixed`: with columns of the product itself, which may hold where there is no line.
    condition tree(int depth, bool mixed) {
        const std::int64_t kind = depth == 0 ? 0 : roll(4);
        if (kind <= 1) return mixed && roll(3) == 0 ? own() : over_lines();
        const condition a = tree(depth - 1, mixed), b = tree(depth - 1, mixed);
        const bool joins = a.joins || b.joins;
        if (kind == 2)
            return {a.asked && b.asked,
                    [=](const Product& p, const Line* l) { return a.holds(p, l) && b.holds(p, l); },
                    [=](const Product& p) { return a.for_any(p) && b.for_any(p); }, joins};
        return {a.asked || b.asked,
                [=](const Product& p, const Line* l) { return a.holds(p, l) || b.holds(p, l); },
                [=](const Product& p) { return a.for_any(p) || b.for_any(p); }, joins};
    }

    line_condition line() {
        const int n = static_cast<int>(roll(4));
        const std::string letter(1, static_cast<char>('a' + roll(3)));
        switch (roll(6)) {
            case 0:
                return {Q("lines__quantity__gt"_k = n), Q("quantity__gt"_k = n),
                        [=](const Line& l) { return l.quantity > n; }};
            case 1:
                return {Q("lines__quantity"_k = n), Q("quantity"_k = n),
                        [=](const Line& l) { return l.quantity == n; }};
            case 2:
                return {Q("lines__note"_k = letter), Q("note"_k = letter),
                        [=](const Line& l) { return l.note == letter; }};
            case 3:
                return {Q("lines__note__gte"_k = letter), Q("note__gte"_k = letter),
                        [=](const Line& l) { return l.note && *l.note >= letter; }};
            case 4:
                return {Q("lines__order__paid"_k = true), Q("order__paid"_k = true),
                        [this](const Line& l) { return order_of(l).paid; }};
            default:
                return {Q("lines__order__buyer__gt"_k = n), Q("order__buyer__gt"_k = n),
                        [=, this](const Line& l) {
                            const Order& order = order_of(l);
                            return order.buyer && order.buyer->key() > n;
                        }};
        }
    }

    test::reached<Line> lines_of_product(const Product& p) const {
        return test::rows_where(rows.lines, [&](const Line& l) { return l.product.key() == p.id; });
    }

    // The lines of which the condition is true; a null where it is true without one.
    test::reached<Line> joined(const condition& one, const Product& p) const {
        test::reached<Line> all = one.joins ? lines_of_product(p) : test::reached<Line>();
        if (all.empty()) all.push_back(nullptr);
        std::erase_if(all, [&](const Line* each) { return !one.holds(p, each); });
        return all;
    }

    static std::int64_t how_many(const test::reached<Line>& lines) {
        return std::count_if(lines.begin(), lines.end(), [](const Line* each) { return each != nullptr; });
    }
    static number total(const test::reached<Line>& lines) {
        number result;
        for (const Line* each : lines)
            if (each) result = result.value_or(0) + each->quantity;
        return result;
    }
    static std::optional<int> largest(const test::reached<Line>& lines) {
        std::optional<int> result;
        for (const Line* each : lines)
            if (each) result = std::max(result.value_or(each->quantity), each->quantity);
        return result;
    }

    // The keys that are found, each as often as `times` says.
    template <class Times>
    std::vector<std::int64_t> keys(Times times) const {
        std::vector<std::int64_t> out;
        for (const Product& each : rows.products)
            out.insert(out.end(), static_cast<std::size_t>(times(each)), each.id);
        return out;
    }

    template <class Times>
    void check(const orm::queryset<Product>& found, Times times) const {
        const auto asked = found.order_by<"pk">().template values_list<"pk">();
        CAPTURE(asked.sql().text);
        const auto expected = keys(times);
        CHECK(asked.rows() == expected);
        CHECK(found.count() == static_cast<std::int64_t>(expected.size()));
        CHECK(found.exists() == !expected.empty());
    }

private:
    const Order& order_of(const Line& l) const {
        return *std::find_if(rows.orders.begin(), rows.orders.end(),
                             [&](const Order& o) { return o.id == l.order.key(); });
    }

    condition own() {
        const int n = static_cast<int>(roll(4));
        if (roll(2) == 0)
            return {Q("price__gt"_k = n), [=](const Product& p, const Line*) { return p.price > n; },
                    [=](const Product& p) { return p.price > n; }};
        return {Q("stock"_k = n), [=](const Product& p, const Line*) { return p.stock == n; },
                [=](const Product& p) { return p.stock == n; }};
    }

    condition over_lines() {
        const line_condition one = line();
        return {one.through, [=](const Product&, const Line* l) { return l && one.holds(*l); },
                [=, this](const Product& p) {
                    const auto all = lines_of_product(p);
                    return std::any_of(all.begin(), all.end(), [&](const Line* l) { return one.holds(*l); });
                },
                true};
    }
};

}  // namespace

TEST_CASE_FIXTURE(random_conditions,
                  "conditions over many rows join them, and ask any of them where they exclude") {
    for (int i = 0; i < 400; ++i) {
        const condition one = tree(3, true), other = tree(2, true);
        check(Product::objects.filter(one.asked), [&](const Product& p) { return joined(one, p).size(); });
        check(Product::objects.exclude(one.asked), [&](const Product& p) { return one.for_any(p) ? 0 : 1; });
        check(Product::objects.filter(one.asked).filter(other.asked),
              [&](const Product& p) { return joined(one, p).size() * joined(other, p).size(); });
        check(Product::objects.filter(one.asked).exclude(other.asked),
              [&](const Product& p) { return other.for_any(p) ? 0 : joined(one, p).size(); });
    }
}

TEST_CASE_FIXTURE(random_conditions,
                  "aggregates over a filtered relation are those of the rows that it joined") {
    using row = std::tuple<std::int64_t, std::int64_t, number, std::optional<int>>;
    for (int i = 0; i < 300; ++i) {
        const condition one = tree(3, true);
        const auto asked = Product::objects.filter(one.asked).order_by<"pk">().annotate(
            "n"_k = count<"lines">, "total"_k = sum<"lines__quantity">,
            "most"_k = orm::max<"lines__quantity">);
        std::vector<row> expected, having;
        const std::int64_t least = roll(3);
        for (const Product& p : rows.products) {
            const auto of = one.joins ? joined(one, p)
                            : one.holds(p, nullptr)
                                ? test::follow(test::reached<Product>{&p},
                                               [this](const Product& each) { return lines_of_product(each); })
                                : test::reached<Line>();
            if (of.empty()) continue;
            expected.emplace_back(p.id, how_many(of), total(of), largest(of));
            if (how_many(of) >= least) having.push_back(expected.back());
        }
        CAPTURE(asked.sql().text);
        CHECK(asked.values_list<"id", "n", "total", "most">().rows() == expected);
        CHECK(asked.filter("n__gte"_k = least).values_list<"id", "n", "total", "most">().rows() == having);
        CHECK(asked.count() == static_cast<std::int64_t>(expected.size()));
        CHECK(asked.filter("n__gte"_k = least).count() == static_cast<std::int64_t>(having.size()));
    }
}

TEST_CASE_FIXTURE(random_conditions,
                  "aggregates over several relations, on conditions of their own, do not multiply") {
    using row = std::tuple<std::int64_t, std::int64_t, number, std::int64_t>;
    for (int i = 0; i < 200; ++i) {
        const line_condition one = line(), other = line();
        const condition left_out = tree(2, true);
        const auto asked =
            Product::objects.exclude(left_out.asked)
                .order_by<"pk">()
                .annotate("n"_k = count<"lines">.filter(one.through),
                          "total"_k = sum<"lines__quantity">.filter(other.through), "m"_k = count<"tags">);
        std::vector<row> expected;
        for (const Product& p : rows.products) {
            if (left_out.for_any(p)) continue;
            auto a = lines_of_product(p), b = a;
            std::erase_if(a, [&](const Line* l) { return !one.holds(*l); });
            std::erase_if(b, [&](const Line* l) { return !other.holds(*l); });
            expected.emplace_back(p.id, how_many(a), total(b),
                                  static_cast<std::int64_t>(tags_of()(p).size()));
        }
        CAPTURE(asked.sql().text);
        CHECK(asked.values_list<"id", "n", "total", "m">().rows() == expected);
        CHECK(asked.count() == static_cast<std::int64_t>(expected.size()));
    }
}

TEST_CASE_FIXTURE(random_conditions, "groups and whole aggregates are those of the rows in memory") {
    using row = std::tuple<std::int64_t, std::int64_t, number>;
    for (int i = 0; i < 200; ++i) {
        const line_condition one = line();
        const condition on_products = tree(2, true);
        std::map<std::int64_t, std::pair<std::int64_t, number>> groups;
        for (const Line& l : rows.lines) {
            if (!one.holds(l)) continue;
            auto& [n, quantity] = groups[l.product.key()];
            ++n;
            quantity = quantity.value_or(0) + l.quantity;
        }
        std::vector<row> expected;
        for (const auto& [key, group] : groups) expected.emplace_back(key, group.first, group.second);
        const auto asked =
            Line::objects.filter(one.asked).order_by<"product_id">().values_list<"product_id">().annotate(
                "n"_k = count<>, "total"_k = sum<"quantity">);
        CAPTURE(asked.sql().text);
        CHECK(asked.values_list<"product_id", "n", "total">().rows() == expected);
        CHECK(asked.count() == static_cast<std::int64_t>(expected.size()));

        number prices;
        std::int64_t found = 0;
        for (const Product& p : rows.products) {
            const auto times = static_cast<std::int64_t>(joined(on_products, p).size());
            found += times;
            if (times) prices = prices.value_or(0) + p.price * times;
        }
        const auto [n, price] =
            Product::objects.filter(on_products.asked).aggregate("n"_k = count<>, "price"_k = sum<"price">);
        CHECK(n == found);
        CHECK(price == prices);
    }
}

TEST_CASE_FIXTURE(random_conditions, "sub-queries over many rows say what they say in memory") {
    for (int i = 0; i < 250; ++i) {
        const line_condition one = line();
        const int least = static_cast<int>(roll(5));
        const auto own = Line::objects.filter("product"_k = OuterRef<"pk">).filter(one.asked);
        const auto theirs = [&](const Product& p) {
            auto found = lines_of_product(p);
            std::erase_if(found, [&](const Line* l) { return !one.holds(*l); });
            return found;
        };
        const auto any = [&](const Product& p) { return !theirs(p).empty(); };
        const auto keys_of = Line::objects.filter(one.asked).values<"product">();
        check(Product::objects.filter("pk__in"_k = keys_of), any);
        check(Product::objects.exclude("pk__in"_k = keys_of), std::not_fn(any));
        check(Product::objects.filter(orm::Exists(own)), any);
        check(Product::objects.filter(!orm::Exists(own)), std::not_fn(any));
        const auto most = orm::Subquery(own.order_by<"-quantity", "pk">().values<"quantity">());
        const auto enough = [&](const Product& p) {
            return largest(theirs(p)) && *largest(theirs(p)) >= least;
        };
        check(Product::objects.filter(most >= least), enough);
        check(Product::objects.exclude(most >= least), std::not_fn(enough));
        const auto totals = orm::Subquery(
            own.order_by().values<"product">().annotate("total"_k = sum<"quantity">).values<"total">());
        check(Product::objects.filter(totals > least),
              [&](const Product& p) { return total(theirs(p)).value_or(0) > least; });
    }
}
