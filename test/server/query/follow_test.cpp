// Following keys and reading related members that were not loaded.
#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace shop;
using namespace orm::literals;
using orm::testing::assert_num_queries;
using orm::testing::captured_queries;
using test::shop_fixture;

namespace {

struct filled_shop : shop_fixture {
    User ann = User::objects.create({.name = "ann"});
    Category food = Category::objects.create({.name = "food"});
    Category fruit = Category::objects.create({.name = "fruit", .parent = food});
    Tag hot = Tag::objects.create({.word = "hot"});
    Product apple = Product::objects.create({.name = "apple", .price = 2, .category = fruit});
    Product berry = Product::objects.create({.name = "berry", .price = 3, .category = food});
    Product chili = Product::objects.create({.name = "chili", .price = 4});
    std::int64_t linked = apple.tags.add(hot);
};

}  // namespace

TEST_CASE_FIXTURE(filled_shop, "following a key in blocking code asks once and keeps the row") {
    const Product read = Product::objects.get("name"_k = "apple");
    captured_queries sent;
    CHECK_FALSE(read.category->loaded());
    CHECK((*read.category)->name == "fruit");
    CHECK((*read.category)->name == "fruit");
    CHECK(sent.size() == 1);
    CHECK(read.category->loaded());
    CHECK((*(*read.category)->parent)->name == "food");
    CHECK(sent.size() == 2);
    CHECK(Product{.category = food.id}.category.value()->name == "food");
}

TEST_CASE_FIXTURE(filled_shop, "reading related members in blocking code asks once and keeps the rows") {
    const Category read = Category::objects.get("name"_k = "fruit");
    captured_queries sent;
    CHECK(read.products.size() == 1);
    for (const Product& product : read.products) CHECK(product.name == "apple");
    CHECK(read.products[0].tags.size() == 1);
    CHECK(sent.size() == 2);
    CHECK_FALSE(ann.profile);
    ann.profile.create({.bio = "writes"});
    CHECK(ann.profile);
    CHECK(ann.profile->bio == "writes");
    CHECK(hot.products[0].name == "apple");
    read.products.create({.name = "plum"});
    CHECK(read.products.size() == 2);
}

TEST_CASE_FIXTURE(filled_shop, "loads that are started before one is read are one query") {
    const auto products = Product::objects.order_by<"name">().rows();
    assert_num_queries(1, [&] {
        const auto first = products[0].category->load();
        const auto second = products[1].category->load();
        const auto again = products[0].category->load();
        CHECK(first->name == "fruit");
        CHECK(second->name == "food");
        CHECK(&again.get() == &first.get());
    });
    assert_num_queries(1, [&] {
        const auto first = products[0].tags.load();
        const auto second = products[1].tags.load();
        CHECK(first.get().at(0).word == "hot");
        CHECK(second.get().empty());
    });
    assert_num_queries(1, [&] {
        const auto first = food.children.load();
        const auto second = fruit.children.load();
        CHECK(first.get().at(0).name == "fruit");
        CHECK(second.get().empty());
    });
}

TEST_CASE_FIXTURE(filled_shop, "a key without a row, and one that nobody set, say so") {
    CHECK_THROWS_WITH_AS(
        static_cast<void>(orm::foreign_key<User>(77)->name),
        "no User has the key 77 that a foreign key refers to: it was deleted, or the key was "
        "never that of a row",
        orm::does_not_exist<User>);
    CHECK_THROWS_WITH_AS(
        static_cast<void>(orm::foreign_key<User>()->name),
        "this key refers to no User: it is 0, so nobody has set it or the User was not saved",
        orm::query_error);
    const orm::foreign_key<User> gone(77), here(ann.id);
    const auto a = gone.load(), b = here.load();
    CHECK_THROWS_AS(a.get(), orm::object_does_not_exist);
    CHECK(b->name == "ann");
    CHECK_FALSE(gone.loaded());
}

TEST_CASE_FIXTURE(filled_shop, "loads go to the transaction they are started in") {
    CHECK_THROWS_AS(orm::atomic([&] {
                        const User bob = User::objects.create({.name = "bob"});
                        CHECK(orm::foreign_key<User>(bob.id)->name == "bob");
                        const Category inner = food.children.create({.name = "inner"});
                        CHECK(food.children.size() == 2);
                        throw std::runtime_error("no");
                    }),
                    std::runtime_error);
}

TEST_CASE_FIXTURE(filled_shop, "what is loaded outlives the row around it, while somebody holds it") {
    orm::foreign_key<Category> kept;
    {
        const Product read = Product::objects.get("name"_k = "berry");
        static_cast<void>(read.category->load());
        kept = *read.category;
    }
    CHECK(kept->name == "food");
    CHECK(kept.loaded());
}
