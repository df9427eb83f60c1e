// Models that have every kind of relation, for tests of paths, joins, managers and loading; library.hpp has
// the kinds of columns. Reserved words as table names ("user", "order") are on purpose.
//   User      one_to_one from Profile; many_to_many to itself, one way (follows) and both ways (friends)
//   Category  a tree by a nullable key
//   Product   many_to_many over a table of its own, with reverse side (Tag has a natural key)
//   Order     nullable key to a User, so that users without orders and orders without users exist;
//             many_to_many over the model Line, which has columns of its own
//   Warranty  whose primary key is a one_to_one: at most one for each line; Claims refer to it
#pragma once

#include <asynchrormous/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

using namespace orm::literals;

struct Profile;
struct Product;
struct Order;
struct Line;
struct Warranty;
struct Claim;

struct User {
    std::int64_t id = 0;
    std::string name{};
    orm::related_one<Profile, "user"> profile{};
    orm::related_set<Profile, "sponsor"> sponsored{};
    orm::many_to_many<User> follows{};
    orm::related_set<User, "follows"> followers{};
    orm::many_to_many<User, orm::symmetrical> friends{};
    orm::related_set<Order, "buyer"> orders{};

    static constexpr auto meta = orm::meta(orm::column<&User::name>(orm::max_length(50), orm::unique));
    static constexpr orm::manager<User> objects{};
};

struct Profile {
    std::int64_t id = 0;
    std::string bio{};
    std::optional<int> age{};
    orm::one_to_one<User> user{};
    std::optional<orm::foreign_key<User>> sponsor{};

    static constexpr orm::manager<Profile> objects{};
};

struct Category {
    std::int64_t id = 0;
    std::string name{};
    std::optional<orm::foreign_key<Category>> parent{};
    orm::related_set<Category, "parent"> children{};
    orm::related_set<Product, "category"> products{};

    static constexpr auto meta = orm::meta(orm::ordering("name"));
    static constexpr orm::manager<Category> objects{};
};

struct Tag {
    std::string word{};  // the primary key
    bool hidden = false;
    orm::related_set<Product, "tags"> products{};

    static constexpr auto meta = orm::meta(orm::column<&Tag::word>(orm::primary_key, orm::max_length(20)));
    static constexpr orm::manager<Tag> objects{};
};

struct Product {
    std::int64_t id = 0;
    std::string name{};
    int price = 0;
    std::optional<int> stock{};
    std::optional<orm::foreign_key<Category>> category{};
    orm::many_to_many<Tag> tags{};
    orm::related_set<Line, "product"> lines{};
    orm::related_set<Order, "products"> orders{};

    static constexpr auto meta =
        orm::meta(orm::table("shop_product"), orm::column<&Product::category>(orm::on_delete::set_null));
    static constexpr orm::manager<Product> objects{};
};

struct Order {
    std::int64_t id = 0;
    std::optional<orm::foreign_key<User>> buyer{};
    bool paid = false;
    orm::many_to_many<Product, Line> products{};
    orm::related_set<Line, "order"> lines{};

    static constexpr orm::manager<Order> objects{};
};

struct Line {
    std::int64_t id = 0;
    orm::foreign_key<Order> order{};
    orm::foreign_key<Product> product{};
    int quantity = 1;
    std::optional<std::string> note{};
    orm::related_one<Warranty, "line"> warranty{};

    static constexpr auto meta = orm::meta(orm::unique_together("order", "product"));
    static constexpr orm::manager<Line> objects{};
};

struct Warranty {
    orm::one_to_one<Line> line{};  // the primary key
    int months = 24;
    orm::related_set<Claim, "warranty"> claims{};

    static constexpr auto meta = orm::meta(orm::column<&Warranty::line>(orm::primary_key));
    static constexpr orm::manager<Warranty> objects{};
};

struct Claim {
    std::int64_t id = 0;
    std::optional<orm::foreign_key<Warranty>> warranty{};
    std::string fault{};

    static constexpr orm::manager<Claim> objects{};
};

}  // namespace shop
