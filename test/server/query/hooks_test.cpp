#include "press_fixture.hpp"

#include <stdexcept>

using namespace orm::literals;
using test::press_fixture;

namespace hooked {

std::vector<std::string> calls;
bool refuses = false;

struct Tag {
    std::int64_t id = 0;
    std::string word{};

    static constexpr orm::manager<Tag> objects{};
};

void shorten(struct Entry& entry);
void remember(const struct Entry& entry, bool created);
void remember_deleted(const struct Entry& entry);

struct Entry {
    std::int64_t id = 0;
    std::string text{};
    orm::many_to_many<Tag> tags{};

    // Found by their names, before those that are listed.
    static void before_save(Entry& entry) {
        calls.push_back("before_save " + entry.text);
        if (refuses) throw std::runtime_error("refused");
    }
    static void before_delete(const Entry& entry) {
        calls.push_back("before_delete " + entry.text);
        if (refuses) throw std::runtime_error("refused");
    }

    static constexpr auto hooks = orm::hooks(orm::before_save<&shorten>, orm::after_save<&remember>,
                                             orm::after_delete<&remember_deleted>);
    static constexpr auto meta = orm::meta(orm::column<&Entry::text>(orm::unique));
    static constexpr orm::manager<Entry> objects{};
};

void shorten(Entry& entry) { entry.text = entry.text.substr(0, 3); }
void remember(const Entry& entry, bool created) {
    calls.push_back((created ? "created " : "updated ") + entry.text + (entry.id > 0 ? "" : " without key"));
}
void remember_deleted(const Entry& entry) { calls.push_back("deleted " + entry.text); }

// Coroutines and plain functions, with queries of their own.
struct Log {
    std::int64_t id = 0;
    std::string line{};

    static constexpr orm::manager<Log> objects{};
};

struct Order {
    std::int64_t id = 0;
    int total = 0;

    static void after_save(const Order& order) { Log::objects.create({.line = std::to_string(order.total)}); }

    static constexpr orm::manager<Order> objects{};
};

struct fixture : press_fixture {
    fixture() {
        orm::create_tables<Tag, Entry, Log, Order>().get();
        calls.clear();
        refuses = false;
    }
};

using lines = std::vector<std::string>;

lines taken() { return std::exchange(calls, {}); }

}  // namespace hooked

using namespace hooked;

TEST_CASE_FIXTURE(fixture, "hooks are called around save and create, and know whether the row was created") {
    Entry entry = Entry::objects.create({.text = "abcdef"});
    CHECK(entry.text == "abc");  // as the hook left it
    CHECK(taken() == lines{"before_save abcdef", "created abc"});
    entry = Entry::objects.save(entry);
    CHECK(taken() == lines{"before_save abc", "updated abc"});
    entry = Entry::objects.save({.text = "new"});
    CHECK(taken() == lines{"before_save new", "created new"});
    static_cast<void>(Entry::objects.save({.id = 77, .text = "key"}));
    CHECK(taken() == lines{"before_save key", "created key"});
    static_cast<void>(Entry::objects.save(entry, orm::force_update));
    static_cast<void>(Entry::objects.save(entry, orm::update_fields<"text">));
    CHECK(taken() == lines{"before_save new", "updated new", "before_save new", "updated new"});
    static_cast<void>(Entry::objects.save(entry, orm::update_fields<>));
    CHECK(taken().empty());
    CHECK(Entry::objects.get("pk"_k = 77).text == "key");
}

TEST_CASE_FIXTURE(fixture, "hooks of lazies are called in the loop, the last one before the lazy is ready") {
    Entry entry = Entry::objects.async().create({.text = "abcdef"});
    CHECK(taken() == lines{"before_save abcdef", "created abc"});
    entry = Entry::objects.async().save(entry);
    CHECK(taken() == lines{"before_save abc", "updated abc"});
    CHECK(Entry::objects.async().delete_(entry).get() == 1);
    CHECK(taken() == lines{"before_delete abc", "deleted abc"});
}

TEST_CASE_FIXTURE(fixture, "hooks are called around the deletion of a row") {
    const Entry entry = Entry::objects.create({.text = "abc"});
    taken();
    CHECK(Entry::objects.delete_(entry) == 1);
    CHECK(taken() == lines{"before_delete abc", "deleted abc"});
}

TEST_CASE_FIXTURE(fixture, "hooks are called around a deletion that is counted, outside of its transaction") {
    const lines called{"before_delete abc", "deleted abc"};
    const Entry entry = Entry::objects.create({.text = "abc"});
    const Entry other = Entry::objects.create({.text = "abx"});
    taken();
    CHECK(Entry::objects.delete_counted(entry).total == 1);
    CHECK(taken() == called);
    CHECK(Entry::objects.async().delete_counted(other).get().total == 1);
    CHECK(taken() == lines{"before_delete abx", "deleted abx"});
    CHECK(Entry::objects.count() == 0);
    const Entry third = Entry::objects.create({.text = "abc"});
    taken();
    orm::atomic([&] { CHECK(Entry::objects.async().delete_counted(third).get().total == 1); });
    CHECK(taken() == called);
    refuses = true;
    CHECK_THROWS_AS(Entry::objects.delete_counted(entry), std::runtime_error);
    CHECK_THROWS_AS(Entry::objects.async().delete_counted(entry).get(), std::runtime_error);
}

TEST_CASE_FIXTURE(fixture, "a hook that throws before the statement prevents it") {
    const Entry entry = Entry::objects.create({.text = "abc"});
    taken();
    refuses = true;
    CHECK_THROWS_AS(Entry::objects.create({.text = "def"}), std::runtime_error);
    CHECK_THROWS_AS(Entry::objects.async().create({.text = "def"}).get(), std::runtime_error);
    CHECK_THROWS_AS(Entry::objects.delete_(entry), std::runtime_error);
    CHECK_THROWS_AS(Entry::objects.async().delete_(entry).get(), std::runtime_error);
    CHECK(Entry::objects.count() == 1);
    CHECK(taken().size() == 4);
}

TEST_CASE_FIXTURE(fixture, "nobody is called after a statement that failed") {
    Entry::objects.create({.text = "abc"});
    taken();
    CHECK_THROWS_AS(Entry::objects.create({.text = "abc"}), orm::unique_violation);
    CHECK_THROWS_AS(Entry::objects.async().create({.text = "abc"}).get(), orm::unique_violation);
    CHECK(taken() == lines{"before_save abc", "before_save abc"});
}

TEST_CASE_FIXTURE(fixture, "statements about many rows call no hooks") {
    Entry::objects.bulk_create({{.text = "one"}, {.text = "two"}});
    Entry::objects.filter("text"_k = "one").update("text"_k = "three");
    Entry::objects.delete_();
    CHECK(taken().empty());
}

TEST_CASE_FIXTURE(fixture, "get_or_create calls hooks for the row that it makes") {
    CHECK(Entry::objects.get_or_create("text"_k = "abc").created);
    CHECK(taken() == lines{"before_save abc", "created abc"});
    CHECK_FALSE(Entry::objects.get_or_create("text"_k = "abc").created);
    CHECK(taken().empty());
    CHECK(Entry::objects.update_or_create("text"_k = "xyz", orm::defaults("text"_k = "xyz")).created);
    CHECK(taken() == lines{"before_save xyz", "created xyz"});
}

TEST_CASE_FIXTURE(fixture, "rows that related members create have their hooks, too") {
    Tag tag = Tag::objects.create({.word = "tag"});
    Entry entry = Entry::objects.create({.text = "abc"});
    taken();
    entry.tags.create({.word = "other"});
    CHECK(entry.tags.count() == 1);
    CHECK(taken().empty());  // tags have none
}

TEST_CASE_FIXTURE(fixture, "a plain hook queries in blocking code as the code around it does") {
    Order order = Order::objects.create({.total = 5});
    order = Order::objects.save(order);
    CHECK(Log::objects.count() == 2);
    orm::atomic([&] {
        static_cast<void>(Order::objects.save(order));
        CHECK(Log::objects.count() == 3);
        orm::set_rollback();
    });
    CHECK(Log::objects.count() == 2);
    CHECK_THROWS_AS(Order::objects.async().save(order).get(), orm::synchronous_only_operation);
}
