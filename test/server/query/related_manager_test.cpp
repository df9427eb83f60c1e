// Related members as managers: their rows, and what changes the relation.
#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace shop;
using namespace orm::literals;
using orm::testing::captured_queries;
using strings = std::vector<std::string>;
using test::shop_fixture;

namespace {

struct filled_shop : shop_fixture {
    User ann = User::objects.create({.name = "ann"});
    User bob = User::objects.create({.name = "bob"});
    User cid = User::objects.create({.name = "cid"});
    Category food = Category::objects.create({.name = "food"});
    Category fruit = Category::objects.create({.name = "fruit", .parent = food});
    Tag hot = Tag::objects.create({.word = "hot"});
    Tag red = Tag::objects.create({.word = "red"});
    Product apple = Product::objects.create({.name = "apple", .price = 2, .category = fruit});
    Product berry = Product::objects.create({.name = "berry", .price = 3, .category = fruit});
    Product chili = Product::objects.create({.name = "chili", .price = 4});
    Order order = Order::objects.create({.buyer = ann});
};

template <class Rows>
strings names(const Rows& rows) {
    strings result;
    for (const auto& each : rows) result.push_back(each.name);
    return result;
}
template <class Rows>
strings words(const Rows& rows) {
    strings result;
    for (const auto& each : rows) result.push_back(each.word);
    return result;
}

}  // namespace

TEST_CASE_FIXTURE(filled_shop, "a reverse side has all methods of a manager, with the owner as condition") {
    CHECK(fruit.products.count() == 2);
    CHECK(names(fruit.products.all().order_by<"name">()) == strings{"apple", "berry"});
    CHECK(names(fruit.products.filter("price__gt"_k = 2)) == strings{"berry"});
    CHECK(names(fruit.products.exclude("price__gt"_k = 2)) == strings{"apple"});
    CHECK(fruit.products.get("name"_k = "apple").id == apple.id);
    CHECK(fruit.products.first()->name == "apple");
    CHECK_FALSE(food.products.exists());
    CHECK(food.children.get().id == fruit.id);
    CHECK(fruit.products.aggregate(orm::sum<"price">) == 5);
    CHECK(fruit.products.update("price"_k = orm::F<"price"> + 1) == 2);
    CHECK(Product::objects.aggregate(orm::sum<"price">) == 11);
    CHECK(Category{.id = fruit.id}.products.count() == 2);
    CHECK(fruit.products.filter("name"_k = "apple").delete_() == 1);
    CHECK(Product::objects.count() == 2);
}

TEST_CASE_FIXTURE(filled_shop, "create() makes a row that belongs to the owner, on every kind of relation") {
    const Product plum = fruit.products.create({.name = "plum"});
    CHECK(plum.category->key() == fruit.id);
    const Tag sweet = apple.tags.create({.word = "sweet"});
    CHECK(words(apple.tags.all()) == strings{"sweet"});
    const Product melon = sweet.products.create({.name = "melon"});
    CHECK(melon.id > 0);
    CHECK(words(melon.tags.all()) == strings{"sweet"});
    const User dan = ann.friends.create({.name = "dan"});
    CHECK(names(dan.friends.all()) == strings{"ann"});
    CHECK(names(ann.friends.all()) == strings{"dan"});
    const Profile profile = ann.profile.create({.bio = "writes"});
    CHECK(profile.user == ann);
    CHECK(ann.profile.get().bio == "writes");
    const Product kiwi =
        order.products.create({.name = "kiwi"}, orm::through_defaults(Line{.quantity = 7, .note = "ripe"}));
    const Line line = order.lines.get();
    CHECK(line.product == kiwi);
    CHECK(line.quantity == 7);
    CHECK(line.note == "ripe");
}

TEST_CASE_FIXTURE(filled_shop, "rows are added to a reverse side by row, key and range") {
    CHECK(food.products.add(apple, chili.id, std::vector{berry}) == 3);
    CHECK(food.products.count() == 3);
    CHECK(food.products.add(apple) == 0);
    CHECK(fruit.products.count() == 0);
    captured_queries sent;
    CHECK(food.products.add() == 0);
    CHECK(sent.empty());
}

TEST_CASE_FIXTURE(filled_shop, "rows leave a reverse side whose key may be NULL") {
    CHECK(fruit.products.remove(apple, chili) == 1);
    CHECK(names(fruit.products.all()) == strings{"berry"});
    CHECK_FALSE(Product::objects.get("pk"_k = apple.id).category);
    CHECK(fruit.products.set(chili, apple) == orm::related_changes{.added = 2, .removed = 1});
    CHECK(names(fruit.products.all().order_by<"name">()) == strings{"apple", "chili"});
    CHECK(fruit.products.set(chili, apple) == orm::related_changes{});
    CHECK(fruit.products.clear() == 2);
    CHECK(fruit.products.count() == 0);
    CHECK(fruit.products.set(std::vector<std::int64_t>{apple.id}) == orm::related_changes{1, 0});
    CHECK(fruit.products.set() == orm::related_changes{0, 1});
}

TEST_CASE_FIXTURE(filled_shop, "many rows are created for a reverse side at once") {
    const auto made = food.products.bulk_create({{.name = "bread"}, {.name = "butter"}});
    CHECK(made.at(1).category->key() == food.id);
    CHECK(names(food.products.all().order_by<"name">()) == strings{"bread", "butter"});
}

TEST_CASE_FIXTURE(filled_shop, "a row of a reverse side is found or made, and belongs to the owner") {
    using orm::defaults;
    const auto [found, again] = fruit.products.get_or_create("name"_k = "apple", defaults("price"_k = 9));
    CHECK(found.id == apple.id);
    CHECK_FALSE(again);
    const auto [other, made] = food.products.get_or_create("name"_k = "apple", defaults("price"_k = 9));
    CHECK(made);
    CHECK(other.category->key() == food.id);
    CHECK(other.price == 9);
    const auto [third, fresh] = food.products.update_or_create("name"_k = "fig", defaults("price"_k = 7));
    CHECK(fresh);
    CHECK(third.category->key() == food.id);
    CHECK_FALSE(
        food.products.async().update_or_create("name"_k = "fig", defaults("price"_k = 8)).get().created);
    CHECK(food.products.get("name"_k = "fig").price == 8);
}

TEST_CASE_FIXTURE(filled_shop, "links are added once, however often they are given") {
    CHECK(apple.tags.add(hot, "red", hot) == 2);
    CHECK(apple.tags.add(hot) == 0);
    CHECK(words(apple.tags.all().order_by<"word">()) == strings{"hot", "red"});
    CHECK(hot.products.add(berry, apple) == 1);
    CHECK(names(hot.products.all().order_by<"name">()) == strings{"apple", "berry"});
    CHECK(hot.products.remove(apple) == 1);
    CHECK(words(apple.tags.all()) == strings{"red"});
    CHECK(apple.tags.set(hot) == orm::related_changes{1, 1});
    CHECK(apple.tags.set(hot) == orm::related_changes{});
    CHECK(hot.products.clear() == 2);
    CHECK(apple.tags.count() == 0);
    CHECK(Tag::objects.count() == 2);
}

TEST_CASE_FIXTURE(filled_shop, "a symmetrical relation is changed both ways") {
    CHECK(ann.friends.add(bob, cid) == 4);
    CHECK(ann.friends.add(bob) == 0);
    CHECK(names(bob.friends.all()) == strings{"ann"});
    CHECK(bob.friends.remove(ann) == 2);
    CHECK(names(ann.friends.all()) == strings{"cid"});
    CHECK(ann.friends.set(bob) == orm::related_changes{2, 2});
    CHECK(names(bob.friends.all()) == strings{"ann"});
    CHECK(cid.friends.count() == 0);
    CHECK(ann.friends.add(ann) == 1);
    CHECK(ann.friends.clear() == 3);
    CHECK(bob.friends.count() == 0);
}

TEST_CASE_FIXTURE(filled_shop, "a one-way relation to the own model has two sides") {
    CHECK(ann.follows.add(bob, cid) == 2);
    CHECK(names(bob.followers.all()) == strings{"ann"});
    CHECK(bob.follows.count() == 0);
    CHECK(cid.followers.add(bob) == 1);
    CHECK(names(cid.followers.all().order_by<"name">()) == strings{"ann", "bob"});
    CHECK(cid.followers.set(ann) == orm::related_changes{0, 1});
    CHECK(names(ann.follows.all().order_by<"name">()) == strings{"bob", "cid"});
}

TEST_CASE_FIXTURE(filled_shop, "links over a model of one's own get its other columns") {
    CHECK(order.products.add(apple, berry, orm::through_defaults(Line{.quantity = 5, .note = "soon"})) == 2);
    CHECK(order.products.add(apple, chili) == 1);
    CHECK(order.lines.count() == 3);
    CHECK(order.lines.get("product"_k = apple).quantity == 5);
    CHECK(order.lines.get("product"_k = berry).note == "soon");
    CHECK(order.lines.get("product"_k = chili).quantity == 1);
    CHECK(chili.orders.get().id == order.id);
    CHECK(order.products.set(std::vector{apple}) == orm::related_changes{0, 2});
    CHECK(order.lines.get().quantity == 5);
    CHECK(apple.orders.clear() == 1);
    CHECK(apple.orders.add(order, orm::through_defaults(Line{.quantity = 9})) == 1);
    CHECK(order.lines.get().quantity == 9);
}

TEST_CASE_FIXTURE(filled_shop, "each operation is one statement") {
    captured_queries sent;
    apple.tags.add(hot);
    apple.tags.set(red, hot);
    apple.tags.remove(red);
    apple.tags.create({.word = "new"});
    apple.tags.clear();
    fruit.products.set(chili);
    CHECK(sent.size() == 6);
}

TEST_CASE_FIXTURE(filled_shop, "an owner that was not saved has nothing related") {
    const User nobody{.name = "nobody"};
    CHECK_THROWS_WITH_AS(nobody.orders.count(),
                         "this User was not saved: its key is 0, so no Order can belong to it (User.orders); "
                         "take the row that User::objects.create() or save() gives back",
                         orm::query_error);
    CHECK_THROWS_AS(nobody.orders.create({}), orm::query_error);
    CHECK_THROWS_AS(fruit.products.add(Product{.name = "unsaved"}), orm::query_error);
    CHECK_THROWS_WITH_AS(nobody.follows.count(), doctest::Contains("does not know whose row"),
                         orm::query_error);
}

TEST_CASE_FIXTURE(filled_shop, "rows that the program made itself name the member") {
    const Product made{.id = apple.id};
    CHECK(orm::related<&Product::tags>(made).add(hot) == 1);
    CHECK(words(apple.tags.all()) == strings{"hot"});
    CHECK(orm::related<&Product::tags>(made).async().count() == 1);
    CHECK(orm::related<&User::friends>(User{.id = ann.id}).add(bob) == 2);
    CHECK(User{.id = ann.id}.friends.count() == 1);
}

TEST_CASE_FIXTURE(filled_shop, "related members work in the ambient transaction") {
    CHECK_THROWS_AS(orm::atomic([&] {
                        apple.tags.add(hot);
                        fruit.products.clear();
                        throw std::runtime_error("no");
                    }),
                    std::runtime_error);
    CHECK(apple.tags.count() == 0);
    CHECK(fruit.products.count() == 2);
}

TEST_CASE_FIXTURE(filled_shop, "started answers of related members are on the wire at once") {
    const auto tags = apple.tags.async();
    const auto added = tags.add(hot, red);
    const auto count = tags.count();
    const auto found = tags.filter("word"_k = "hot").exists();
    CHECK(added == 2);
    CHECK(count == 2);
    CHECK(found.get());
    CHECK(tags.create({.word = "old"}).get().word == "old");
}

TEST_CASE_FIXTURE(filled_shop,
                  "owners are found in rows with annotations, in vectors and where they are const") {
    using orm::count;
    const auto counted = Category::objects.annotate("n"_k = count<"products">).order_by<"name">();
    for (const auto& category : counted) CHECK(category.products.count() == category["n"_k]);
    const std::vector<Product> products = Product::objects.order_by<"name">().rows();
    products[1].tags.add(hot);
    CHECK(names(hot.products.all()) == strings{"berry"});
    auto& tags = products[1].tags;
    CHECK(tags.count() == 1);
    const Product copy = products[1];
    CHECK(copy.tags.count() == 1);
}
