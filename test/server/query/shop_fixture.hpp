// The shop of support/shop.hpp in a schema of its own, filled with random rows, and the same rows in memory
// for a naive evaluation: a path is followed from row to row as an outer join would.
#pragma once

#include "../../support/shop.hpp"
#include "../support.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace test {

// Rows that a path leads to; null where a join finds nothing.
template <class T>
using reached = std::vector<const T*>;

template <class T, class Step>
auto follow(const reached<T>& from, Step step) {
    decltype(step(*from.front())) result;
    for (const T* row : from) {
        const auto next = row ? step(*row) : decltype(step(*row))();
        if (next.empty()) result.push_back(nullptr);
        result.insert(result.end(), next.begin(), next.end());
    }
    return result;
}

struct shop_rows {
    template <class Key>
    using pairs = std::set<std::pair<std::int64_t, Key>>;

    std::vector<shop::User> users{};
    std::vector<shop::Profile> profiles{};
    std::vector<shop::Category> categories{};
    std::vector<shop::Tag> tags{};
    std::vector<shop::Product> products{};
    std::vector<shop::Order> orders{};
    std::vector<shop::Line> lines{};
    std::vector<shop::Warranty> warranties{};
    std::vector<shop::Claim> claims{};
    pairs<std::string> product_tags{};
    pairs<std::int64_t> follows{};
    pairs<std::int64_t> friends{};  // both ways
};

template <class T, class Holds>
reached<T> rows_where(const std::vector<T>& rows, Holds holds) {
    reached<T> result;
    for (const T& row : rows)
        if (holds(row)) result.push_back(&row);
    return result;
}

class shop_fixture {
public:
    shop_fixture() : db_(orm::connect(schema_.url())) {
        using namespace shop;
        db_.make_current();
        orm::create_tables<User, Profile, Category, Tag, Product, Order, Line, Warranty, Claim>().get();
    }
    ~shop_fixture() { db_.close().get(); }

    plain_connection plain() const { return plain_connection(schema_.url()); }
    const orm::database& db() const { return db_; }

    shop_rows rows{};

private:
    fresh_schema schema_{};
    orm::database db_;
};

// Every third nullable column is NULL; some users have no orders, some orders no lines, some products no
// tags.
class random_shop : public shop_fixture {
public:
    random_shop() {
        add_people();
        add_products();
        add_orders();
    }

    // Where each relation leads.
    auto orders_of() {
        return [this](const shop::User& user) {
            return rows_where(rows.orders, [&](const shop::Order& o) { return o.buyer && *o.buyer == user; });
        };
    }
    auto profile_of() {
        return [this](const shop::User& user) {
            return rows_where(rows.profiles, [&](const shop::Profile& p) { return p.user == user; });
        };
    }
    auto sponsored_by() {
        return [this](const shop::User& user) {
            return rows_where(rows.profiles,
                              [&](const shop::Profile& p) { return p.sponsor && *p.sponsor == user; });
        };
    }
    auto followed_by() {
        return [this](const shop::User& user) {
            return rows_where(rows.users,
                              [&](const shop::User& u) { return rows.follows.contains({user.id, u.id}); });
        };
    }
    auto followers_of() {
        return [this](const shop::User& user) {
            return rows_where(rows.users,
                              [&](const shop::User& u) { return rows.follows.contains({u.id, user.id}); });
        };
    }
    auto friends_of() {
        return [this](const shop::User& user) {
            return rows_where(rows.users,
                              [&](const shop::User& u) { return rows.friends.contains({user.id, u.id}); });
        };
    }
    auto lines_of() {
        return [this](const shop::Order& order) {
            return rows_where(rows.lines, [&](const shop::Line& l) { return l.order == order; });
        };
    }
    auto product_of() {
        return [this](const shop::Line& line) {
            return rows_where(rows.products, [&](const shop::Product& p) { return line.product == p; });
        };
    }
    auto tags_of() {
        return [this](const shop::Product& product) {
            return rows_where(rows.tags, [&](const shop::Tag& t) {
                return rows.product_tags.contains({product.id, t.word});
            });
        };
    }
    auto tagged() {
        return [this](const shop::Tag& tag) {
            return rows_where(rows.products, [&](const shop::Product& p) {
                return rows.product_tags.contains({p.id, tag.word});
            });
        };
    }
    auto warranty_of() {
        return [this](const shop::Line& line) {
            return rows_where(rows.warranties, [&](const shop::Warranty& w) { return w.line == line; });
        };
    }
    auto claims_of() {
        return [this](const shop::Warranty& warranty) {
            return rows_where(rows.claims, [&](const shop::Claim& c) {
                return c.warranty && c.warranty->key() == orm::key_of(warranty);
            });
        };
    }
    auto children_of() {
        return [this](const shop::Category& category) {
            return rows_where(rows.categories,
                              [&](const shop::Category& c) { return c.parent && *c.parent == category; });
        };
    }

    std::int64_t roll(std::size_t sides) { return static_cast<std::int64_t>(random_() % sides); }
    bool missing() { return roll(3) == 0; }

private:
    template <class T>
    const T& any(const std::vector<T>& rows_of) {
        return rows_of[static_cast<std::size_t>(roll(rows_of.size()))];
    }
    std::string letter() { return std::string(1, static_cast<char>('a' + roll(3))); }

    template <class Keys>
    void insert_pairs(const std::string& into, const Keys& keys) {
        std::string sql;
        for (const auto& [from, to] : keys)
            sql += "INSERT INTO " + into + " VALUES (DEFAULT, " + literal(from) + ", " + literal(to) + ");";
        plain().exec(sql);
    }
    static std::string literal(std::int64_t key) { return std::to_string(key); }
    static std::string literal(const std::string& key) { return "'" + key + "'"; }

    void add_people() {
        using namespace shop;
        for (const char* name : {"ann", "bob", "cid", "dan", "eve", "fay"})
            rows.users.push_back(User::objects.create({.name = name}));
        for (const User& user : rows.users) {
            if (missing()) continue;
            Profile made{.bio = letter(), .user = user.id};
            if (!missing()) made.age = static_cast<int>(roll(4));
            if (!missing()) made.sponsor = any(rows.users).id;
            rows.profiles.push_back(Profile::objects.create(made));
        }
        for (int i = 0; i < 7; ++i) rows.follows.insert({any(rows.users).id, any(rows.users).id});
        for (int i = 0; i < 4; ++i) {
            const std::int64_t a = any(rows.users).id, b = any(rows.users).id;
            rows.friends.insert({{a, b}, {b, a}});
        }
        insert_pairs("user_follows", rows.follows);
        insert_pairs("user_friends", rows.friends);
    }

    void add_products() {
        using namespace shop;
        for (int i = 0; i < 5; ++i) {
            Category made{.name = letter() + std::to_string(i)};
            if (i > 0 && !missing()) made.parent = any(rows.categories).id;
            rows.categories.push_back(Category::objects.create(made));
        }
        for (const char* word : {"hot", "new", "old", "red"})
            rows.tags.push_back(Tag::objects.create({.word = word, .hidden = roll(2) == 0}));
        for (int i = 0; i < 8; ++i) {
            Product made{.name = letter(), .price = static_cast<int>(roll(5))};
            if (!missing()) made.stock = static_cast<int>(roll(3));
            if (!missing()) made.category = any(rows.categories).id;
            rows.products.push_back(Product::objects.create(made));
        }
        for (int i = 0; i < 12; ++i) rows.product_tags.insert({any(rows.products).id, any(rows.tags).word});
        insert_pairs("shop_product_tags", rows.product_tags);
    }

    void add_orders() {
        using namespace shop;
        for (int i = 0; i < 9; ++i) {
            Order made{.paid = roll(2) == 0};
            if (!missing()) made.buyer = any(rows.users).id;
            rows.orders.push_back(Order::objects.create(made));
        }
        std::set<std::pair<std::int64_t, std::int64_t>> places;
        for (int i = 0; i < 16; ++i) places.insert({any(rows.orders).id, any(rows.products).id});
        for (const auto& [order, product] : places) {
            Line made{.order = order, .product = product, .quantity = static_cast<int>(roll(4))};
            if (!missing()) made.note = letter();
            rows.lines.push_back(Line::objects.create(made));
        }
        for (const Line& line : rows.lines)
            if (!missing())
                rows.warranties.push_back(Warranty::objects.create({.line = line.id, .months = 12}));
        for (int i = 0; i < 6; ++i) {
            Claim made{.fault = letter()};
            if (!missing()) made.warranty = any(rows.warranties).line.key();
            rows.claims.push_back(Claim::objects.create(made));
        }
    }

    std::mt19937 random_{35};  // with which no condition of relation_path_test.cpp finds nothing
};

}  // namespace test
