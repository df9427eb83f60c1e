// Relations without a column: what the tables know of them, and what they leave alone.
#include "../../support/shop.hpp"

#include <asynchrormous/model/resolver.hpp>

#include <doctest/doctest.h>

#include <type_traits>

namespace {

using namespace shop;
using orm::field_of;
using orm::lookup_of;
using orm::table_of;
using orm::sql::relation_kind;

constexpr const orm::sql::table& user = table_of<User>();
constexpr const orm::sql::table& product = table_of<Product>();

// They are no columns.
static_assert(orm::column_count<User> == 2 && user.columns.size() == 2);
static_assert(orm::column_count<Product> == 5 &&
              std::is_same_v<orm::column_type<Product, 3>, std::optional<int>>);
static_assert(orm::column_count<Tag> == 2 && table_of<Tag>().columns[1].name == "hidden");

// What a table knows of them.
static_assert(user.relations.size() == 6);
static_assert(user.relations[0].field == "profile" && user.relations[0].kind == relation_kind::reverse_one);
static_assert(user.relations[0].target == &table_of<Profile>() && user.relations[0].via == "user");
static_assert(user.relations[2].field == "follows" && user.relations[2].kind == relation_kind::many);
static_assert(user.relations[4].symmetrical && user.relations[4].own_through &&
              !user.relations[2].symmetrical);
static_assert(user.relations[5].kind == relation_kind::reverse && !user.relations[5].through);
static_assert(table_of<Order>().relations[0].through == &table_of<Line>());
static_assert(!table_of<Order>().relations[0].own_through);

// A one_to_one is a foreign key that is unique.
static_assert(table_of<Profile>().columns[3].unique && table_of<Profile>().columns[3].target == &user);
static_assert(!table_of<Profile>().columns[4].unique);
static_assert(table_of<Warranty>().key().name == "line_id" && !table_of<Warranty>().key().identity);

// The table between, named as Django names it.
constexpr const orm::sql::table& product_tags = *product.relations[0].through;
static_assert(product_tags.name == "shop_product_tags" && product_tags.model == "Product_tags");
static_assert(product_tags.columns.size() == 3 && product_tags.key().identity);
static_assert(product_tags.columns[1].name == "product_id" && product_tags.columns[1].field == "product");
static_assert(product_tags.columns[1].target == &product);
static_assert(product_tags.columns[2].name == "tag_id" && product_tags.columns[2].target == &table_of<Tag>());
static_assert(product_tags.columns[2].type.kind == orm::sql::type_kind::text);
static_assert(product_tags.groups.size() == 1 && product_tags.groups[0].unique);
static_assert(product_tags.groups[0].fields[0] == "product" && product_tags.groups[0].fields[1] == "tag");
constexpr const orm::sql::table& follows = *user.relations[2].through;
static_assert(follows.columns[1].name == "from_user_id" && follows.columns[2].name == "to_user_id");

// The reverse side of a foreign key: one hop from the key to the foreign key, which may find none.
constexpr const orm::sql::path& orders = lookup_of<User, "orders">::path;
static_assert(orders.hops.size() == 1 && orders.hops[0].from == &user.key());
static_assert(orders.hops[0].to->name == "buyer_id" && orders.hops[0].into == &table_of<Order>());
static_assert(orders.hops[0].many && orders.hops[0].nullable && orders.target == &table_of<Order>().key());
constexpr const orm::sql::hop& profile = lookup_of<User, "profile__bio">::path.hops[0];
static_assert(!profile.many && profile.nullable && profile.to->name == "user_id");

// many_to_many: over the table between; its reverse side the other way.
constexpr const orm::sql::path& tags = lookup_of<Product, "tags__hidden">::path;
static_assert(tags.hops.size() == 2 && tags.hops[0].into == &product_tags && tags.hops[0].many);
static_assert(tags.hops[0].from == &product.key() && tags.hops[0].to == &product_tags.columns[1]);
static_assert(tags.hops[1].from == &product_tags.columns[2] && !tags.hops[1].many && !tags.hops[1].nullable);
constexpr const orm::sql::path& tagged = lookup_of<Tag, "products__name">::path;
static_assert(tagged.hops.size() == 2 && tagged.hops[0].to == &product_tags.columns[2]);
static_assert(tagged.hops[1].from == &product_tags.columns[1] && tagged.hops[1].into == &product);
static_assert(lookup_of<Order, "products__name">::path.hops[0].into == &table_of<Line>());
static_assert(lookup_of<Product, "orders__paid">::path.hops[0].to->name == "product_id");
static_assert(lookup_of<User, "follows__name">::path.hops[0].to == &follows.columns[1]);
static_assert(lookup_of<User, "followers__name">::path.hops[0].to == &follows.columns[2]);

// Types are optional where a path may find nothing, once at most.
static_assert(std::is_same_v<field_of<User, "orders__paid">::type, std::optional<bool>>);
static_assert(std::is_same_v<field_of<User, "profile__age">::type, std::optional<int>>);
static_assert(std::is_same_v<field_of<Profile, "user__name">::type, std::string>);
static_assert(std::is_same_v<field_of<Line, "warranty">::type, std::optional<orm::foreign_key<Warranty>>>);
static_assert(
    std::is_same_v<field_of<Product, "tags">::type, std::optional<orm::foreign_key<Tag, std::string>>>);

// A relation stands for the rows it leads to: keys, objects and references to them are its values.
static_assert(orm::check_value<User, "orders", Order>() && orm::check_value<User, "orders", int>());
static_assert(orm::check_value<Product, "tags__in", std::vector<std::string>>());
static_assert(orm::check_value<User, "orders__isnull", bool>());
static_assert(orm::check_value<Order, "buyer__profile", orm::foreign_key<Profile>>());

// Member pointers follow relations as names do.
using pointers = orm::member_path<User, orm::step(&User::orders), orm::step(&Order::lines),
                                  orm::step(&Line::product), orm::step(&Product::name)>;
static_assert(pointers::valid && pointers::path.hops.size() == 3);
static_assert(orm::member_path<Product, orm::step(&Product::tags), orm::step("hidden")>::valid);

// Rows stay aggregates with designated initializers, one pointer for each relation.
static_assert(std::is_aggregate_v<User> && sizeof(orm::many_to_many<Tag>) == sizeof(void*));
struct Pair {
    std::int64_t id = 0;
    orm::many_to_many<Tag> tags{};
    int number = 0;

    friend bool operator==(const Pair&, const Pair&) = default;
};
static_assert(std::is_same_v<orm::column_type<Pair, 1>, int>);

struct Stamped {
    orm::timestamptz created{};
    orm::many_to_many<User> readers{};
    int version = 0;
};
struct Note {
    orm::many_to_many<Tag> tags{};
    std::int64_t id = 0;
    orm::embedded<Stamped> stamp{};
    std::string text{};
};
static_assert(orm::column_count<Note> == 4 && table_of<Note>().columns[2].name == "version");
static_assert(table_of<Note>().relations[1].field == "readers");
static_assert(table_of<Note>().relations[1].through->name == "note_readers");

// Several keys to one side: the relation names those that are meant.
struct Member;
struct Club {
    std::int64_t id = 0;
    orm::many_to_many<User, Member, "club", "person"> members{};
};
struct Member {
    std::int64_t id = 0;
    orm::foreign_key<Club> club{};
    std::optional<orm::foreign_key<User>> invited_by{};
    orm::foreign_key<User> person{};
};
static_assert(lookup_of<Club, "members__name">::path.hops[1].from->name == "person_id");

// A through model between the rows of one model: the first key is where it comes from.
struct Station;
struct Track {
    std::int64_t id = 0;
    std::optional<orm::foreign_key<Station>> start{};
    orm::foreign_key<Station> stop{};
};
struct Station {
    std::int64_t id = 0;
    orm::many_to_many<Station, Track> next{};
    orm::related_set<Station, "next"> previous{};
};
static_assert(lookup_of<Station, "next">::path.hops[0].to->name == "start_id");
static_assert(lookup_of<Station, "previous">::path.hops[0].to->name == "stop_id");
static_assert(lookup_of<Station, "previous">::path.hops[1].nullable);

// A foreign key that is unique by its option has one row on its other side, as a one_to_one has.
struct Desk;
struct Clerk {
    std::int64_t id = 0;
    orm::related_one<Desk, "clerk"> desk{};
    orm::related_set<Desk, "clerk"> desks{};
};
struct Desk {
    std::int64_t id = 0;
    orm::foreign_key<Clerk> clerk{};

    static constexpr auto meta = orm::meta(orm::column<&Desk::clerk>(orm::unique));
};
static_assert(orm::valid_model<Clerk> && !lookup_of<Clerk, "desks">::path.hops[0].many);

}  // namespace

TEST_CASE("with_columns leaves relations out, wherever they stand") {
    Note note{.stamp = Stamped{.version = 3}, .text = "x"};
    orm::with_columns(note, [&](auto& id, auto& created, auto& version, auto& text) {
        CHECK(&id == &note.id);
        CHECK(&created == &note.stamp.created);
        CHECK(&version == &note.stamp.version);
        CHECK(&text == &note.text);
    });
    const Product tea{.name = "Tea", .price = 4};
    CHECK(orm::column_of<2>(tea) == 4);
}

TEST_CASE("relations are no part of a row's value") {
    const Pair one{.id = 1, .number = 2};
    const Pair same = one;
    CHECK(one == same);
    CHECK_FALSE(one == Pair{.id = 1, .number = 3});
}

TEST_CASE("a one_to_one is given as a key or as an object") {
    const User ann{.id = 7, .name = "Ann"};
    const Profile by_key{.user = 7};
    const Profile by_object{.user = ann};
    CHECK(by_key.user == by_object.user);
    CHECK(by_object.user->name == "Ann");
    CHECK(by_key.user == ann);
    CHECK(orm::key_of(Warranty{.line = 3}) == 3);
}
