// Paths over relations without a column, against a naive evaluation of the same rows in memory: filter finds
// a row once for each way to a match, exclude keeps the rows without any.
#include "shop_fixture.hpp"

using namespace shop;
using namespace orm::literals;
using orm::F;
using test::follow;
using test::reached;
using test::rows_where;

namespace {

struct paths : test::random_shop {
    // The keys of the rows, each once for every way for which `holds`.
    template <class M, class Follow, class Holds>
    static auto ways(const std::vector<M>& from, Follow reach, Holds holds) {
        std::vector<decltype(orm::key_of(from.front()))> keys;
        for (const M& row : from)
            for (const auto* end : reach(reached<M>{&row}))
                if (holds(end)) keys.push_back(orm::key_of(row));
        std::sort(keys.begin(), keys.end());
        return keys;
    }

    // filter finds a row once for each way for which `holds`.
    struct filtered {
        template <class M, class Condition, class Follow, class Holds>
        void operator()(const std::vector<M>& from, const Condition& condition, Follow reach,
                        Holds holds) const {
            const auto expected = ways(from, reach, holds);
            const auto rows = M::objects.filter(condition);
            const auto found = rows.template order_by<"pk">().template values_list<"pk">();
            INFO(found.sql().text);
            CHECK(found.rows() == expected);
            CHECK(rows.count() == static_cast<std::int64_t>(expected.size()));
            CHECK(rows.exists() == !expected.empty());
            CHECK_MESSAGE(!expected.empty(), "the rows do not try the condition");
        }
    };

    // exclude keeps the rows that have no such way.
    struct excluded {
        template <class M, class Condition, class Follow, class Holds>
        void operator()(const std::vector<M>& from, const Condition& condition, Follow reach,
                        Holds holds) const {
            const auto hit = ways(from, reach, holds);
            auto expected = ways(from, [](auto row) { return row; }, [](const M*) { return true; });
            std::erase_if(expected,
                          [&](const auto& key) { return std::binary_search(hit.begin(), hit.end(), key); });
            const auto found =
                M::objects.exclude(condition).template order_by<"pk">().template values_list<"pk">();
            INFO(found.sql().text);
            CHECK(found.rows() == expected);
        }
    };

    template <class Check>
    void reverse_keys(Check check) {
        const auto orders = [&](auto from) { return follow(from, orders_of()); };
        check(rows.users, orm::Q("orders__paid"_k = true), orders,
              [](const Order* o) { return o && o->paid; });
        check(rows.users, orm::Q("orders__id__gt"_k = 4), orders,
              [](const Order* o) { return o && o->id > 4; });
        check(rows.users, orm::Q("orders"_k = rows.orders[2]), orders,
              [&](const Order* o) { return o == &rows.orders[2] && o->buyer; });
        check(rows.users, orm::Q("orders__in"_k = {1, 2, 3, 4}), orders,
              [](const Order* o) { return o && o->id < 5; });
        check(
            rows.users, orm::Q("sponsored__age__gte"_k = 1),
            [&](auto from) { return follow(from, sponsored_by()); },
            [](const Profile* p) { return p && p->age && *p->age >= 1; });
        check(
            rows.categories, orm::Q("children__name__contains"_k = "a"),
            [&](auto from) { return follow(from, children_of()); },
            [](const Category* c) { return c && c->name.find('a') != std::string::npos; });
        check(
            rows.categories, orm::Q("children__children__id__gt"_k = 1),
            [&](auto from) { return follow(follow(from, children_of()), children_of()); },
            [](const Category* c) { return c && c->id > 1; });
    }

    template <class Check>
    void missing_rows(Check check) {
        const auto orders = [&](auto from) { return follow(from, orders_of()); };
        check(rows.users, orm::Q("orders__isnull"_k = true), orders, [](const Order* o) { return !o; });
        check(rows.users, orm::Q("orders__isnull"_k = false), orders,
              [](const Order* o) { return o != nullptr; });
        check(
            rows.users, orm::Q("profile__isnull"_k = true),
            [&](auto from) { return follow(from, profile_of()); }, [](const Profile* p) { return !p; });
        check(
            rows.products, orm::Q("tags__isnull"_k = true),
            [&](auto from) { return follow(from, tags_of()); }, [](const Tag* t) { return !t; });
        check(
            rows.tags, orm::Q("products__isnull"_k = false),
            [&](auto from) { return follow(from, tagged()); }, [](const Product* p) { return p != nullptr; });
        check(
            rows.users, orm::Q("profile__age__isnull"_k = true),
            [&](auto from) { return follow(from, profile_of()); },
            [](const Profile* p) { return !p || !p->age; });
    }

    template <class Check>
    void one_to_one(Check check) {
        check(
            rows.users, orm::Q("profile__bio"_k = "a"), [&](auto from) { return follow(from, profile_of()); },
            [](const Profile* p) { return p && p->bio == "a"; });
        check(
            rows.profiles, orm::Q("user__orders__paid"_k = false),
            [&](auto from) {
                return follow(follow(from,
                                     [&](const Profile& p) {
                                         return rows_where(rows.users,
                                                           [&](const User& u) { return p.user == u; });
                                     }),
                              orders_of());
            },
            [](const Order* o) { return o && !o->paid; });
        check(
            rows.lines, orm::Q("warranty__months"_k = 12),
            [&](auto from) { return follow(from, warranty_of()); },
            [](const Warranty* w) { return w && w->months == 12; });
        check(
            rows.lines, orm::Q("warranty__claims__fault__in"_k = {"a", "b"}),
            [&](auto from) { return follow(follow(from, warranty_of()), claims_of()); },
            [](const Claim* c) { return c && c->fault < "c"; });
        check(
            rows.warranties, orm::Q("claims__warranty__isnull"_k = false),
            [&](auto from) { return follow(from, claims_of()); },
            [](const Claim* c) { return c != nullptr; });
    }

    template <class Check>
    void many_to_many(Check check) {
        check(
            rows.products, orm::Q("tags__word__gt"_k = "new"),
            [&](auto from) { return follow(from, tags_of()); },
            [](const Tag* t) { return t && t->word > "new"; });
        check(
            rows.products, orm::Q("tags"_k = "red"), [&](auto from) { return follow(from, tags_of()); },
            [](const Tag* t) { return t && t->word == "red"; });
        check(
            rows.tags, orm::Q("products__price__lt"_k = 3), [&](auto from) { return follow(from, tagged()); },
            [](const Product* p) { return p && p->price < 3; });
        check(
            rows.tags, orm::Q("products__stock__isnull"_k = true),
            [&](auto from) { return follow(from, tagged()); },
            [](const Product* p) { return !p || !p->stock; });
        check(
            rows.orders, orm::Q("products__name"_k = "a"),
            [&](auto from) { return follow(follow(from, lines_of()), product_of()); },
            [](const Product* p) { return p && p->name == "a"; });
        check(
            rows.users, orm::Q("orders__products__tags__hidden"_k = true),
            [&](auto from) {
                return follow(follow(follow(follow(from, orders_of()), lines_of()), product_of()), tags_of());
            },
            [](const Tag* t) { return t && t->hidden; });
        check(
            rows.users, orm::Q("orders__lines__quantity__gte"_k = 2),
            [&](auto from) { return follow(follow(from, orders_of()), lines_of()); },
            [](const Line* l) { return l && l->quantity >= 2; });
    }

    template <class Check>
    void itself(Check check) {
        check(
            rows.users, orm::Q("follows__name__lt"_k = "d"),
            [&](auto from) { return follow(from, followed_by()); },
            [](const User* u) { return u && u->name < "d"; });
        check(
            rows.users, orm::Q("followers__name__lt"_k = "d"),
            [&](auto from) { return follow(from, followers_of()); },
            [](const User* u) { return u && u->name < "d"; });
        check(
            rows.users, orm::Q("friends__isnull"_k = false),
            [&](auto from) { return follow(from, friends_of()); },
            [](const User* u) { return u != nullptr; });
        check(
            rows.users, orm::Q("follows__followers__friends__name__gte"_k = "b"),
            [&](auto from) {
                return follow(follow(follow(from, followed_by()), followers_of()), friends_of());
            },
            [](const User* u) { return u && u->name >= "b"; });
    }

    template <class Check>
    void pointers(Check check) {
        check(
            rows.users, F<&User::orders, &Order::paid> == true,
            [&](auto from) { return follow(from, orders_of()); },
            [](const Order* o) { return o && o->paid; });
        check(
            rows.products, F<&Product::tags, &Tag::word>.startswith("r"),
            [&](auto from) { return follow(from, tags_of()); },
            [](const Tag* t) { return t && t->word == "red"; });
    }
};

}  // namespace

TEST_CASE_FIXTURE(paths, "create_tables makes the tables of many_to_many with their constraints") {
    auto columns = [&](const std::string& table) {
        return plain().exec(
            "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema = current_schema AND table_name = '" +
            table + "' ORDER BY ordinal_position");
    };
    CHECK(columns("shop_product_tags") == std::vector<test::text_row>{{"id", "bigint", "NO"},
                                                                      {"product_id", "bigint", "NO"},
                                                                      {"tag_id", "character varying", "NO"}});
    CHECK(columns("user_follows")[1][0] == "from_user_id");
    CHECK(columns("user_follows")[2][0] == "to_user_id");
    auto refused = [&](const char* sql) {
        try {
            plain().exec(sql);
        } catch (const std::runtime_error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    const std::string pair = "INSERT INTO shop_product_tags VALUES (DEFAULT, 1, 'red');";
    plain().exec("DELETE FROM shop_product_tags");
    CHECK(refused((pair + pair).c_str()).find("shop_product_tags_product_id_tag_id_key") !=
          std::string::npos);
    CHECK(refused("INSERT INTO shop_product_tags VALUES (DEFAULT, 1, 'none')").find("tag_id_fkey") !=
          std::string::npos);
    CHECK(refused("INSERT INTO profile (bio, user_id) VALUES ('', 1), ('', 1)").find("profile_user_id_key") !=
          std::string::npos);
    plain().exec(pair);
    plain().exec("DELETE FROM shop_product WHERE id = 1");
    CHECK(plain().value("SELECT count(*) FROM shop_product_tags") == "0");
}

TEST_CASE_FIXTURE(test::shop_fixture, "drop_tables drops the tables of many_to_many") {
    orm::drop_tables<User, Profile, Category, Tag, Product, Order, Line, Warranty, Claim>().get();
    CHECK(plain().value("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema") == "0");
    orm::create_tables<Claim, Warranty, Line, Order, Product, Tag, Category, Profile, User>().get();
    CHECK(plain().value("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema") == "12");
}

TEST_CASE_FIXTURE(paths,
                  "a path over the reverse side of a foreign key finds a row once for each way to a match") {
    reverse_keys(filtered());
}

TEST_CASE_FIXTURE(paths, "isnull of a relation finds the rows without any") { missing_rows(filtered()); }

TEST_CASE_FIXTURE(paths, "a one_to_one is followed from both sides") { one_to_one(filtered()); }

TEST_CASE_FIXTURE(paths,
                  "a many_to_many is followed from both sides, over its own table and a through model") {
    many_to_many(filtered());
}

TEST_CASE_FIXTURE(paths, "a model is related to itself one way and both ways") { itself(filtered()); }

TEST_CASE_FIXTURE(paths, "member pointers follow relations") { pointers(filtered()); }

TEST_CASE_FIXTURE(paths, "exclude over relations keeps the rows without any match" * doctest::may_fail()) {
    reverse_keys(excluded());
    missing_rows(excluded());
    one_to_one(excluded());
    many_to_many(excluded());
    itself(excluded());
    pointers(excluded());
}

TEST_CASE_FIXTURE(paths, "values over a relation are a row for each way, empty where there is none") {
    std::vector<std::tuple<std::string, std::optional<std::int64_t>, std::optional<bool>>> expected;
    for (const User& user : rows.users)
        for (const Order* order : follow(reached<User>{&user}, orders_of()))
            expected.push_back({user.name, order ? std::optional(order->id) : std::nullopt,
                                order ? std::optional(order->paid) : std::nullopt});
    CHECK(User::objects.order_by<"name", "orders__id">()
              .values_list<"name", "orders", "orders__paid">()
              .rows() == expected);
}

TEST_CASE_FIXTURE(paths, "values over a relation have names and types of their own") {
    for (const auto& row :
         User::objects.filter("name"_k = "ann").values<"name", "profile__age", "profile">()) {
        static_assert(std::is_same_v<decltype(row["profile__age"_k]), const std::optional<int>&>);
        const auto profile = profile_of()(rows.users.front());
        CHECK(row["profile"_k].has_value() == !profile.empty());
        if (!profile.empty()) CHECK(row["profile__age"_k] == profile.front()->age);
    }
}

TEST_CASE_FIXTURE(paths, "ordering by a relation is ordering by the model's own ordering, or by its key") {
    std::vector<std::pair<std::optional<std::string>, std::int64_t>> ways;
    for (const Category& category : rows.categories)
        for (const Category* child : follow(reached<Category>{&category}, children_of()))
            ways.push_back({child ? std::optional(child->name) : std::nullopt, category.id});
    std::sort(ways.begin(), ways.end(), [](const auto& a, const auto& b) {
        if (a.first.has_value() != b.first.has_value()) return a.first.has_value();  // NULLs last
        return a < b;
    });
    std::vector<std::int64_t> expected;
    for (const auto& way : ways) expected.push_back(way.second);
    CHECK(Category::objects.order_by<"children", "id">().values_list<"id">().rows() == expected);
    CHECK(Category::objects.order_by<"children", "id">().sql().text.find("\"name\"") != std::string::npos);
    CHECK(Category::objects.order_by<"children__id">().values_list<"id">().sql().text.find("\"name\"") ==
          std::string::npos);
}

TEST_CASE_FIXTURE(paths, "rows with relations are written and read like any others") {
    const User gus = User::objects.create({.name = "gus"});
    CHECK(User::objects.get("name"_k = "gus").id == gus.id);
    CHECK(User::objects.filter("name"_k = "gus").update("name"_k = "gil") == 1);
    CHECK(User::objects.filter("orders__isnull"_k = true, "name"_k = "gil").count() == 1);
    CHECK(User::objects.filter("name"_k = "gil").delete_() == 1);
}
