// Calls of several statements that are given up at each event: what they write is there as a whole or not at
// all, and their connection, the only one, is clean for whoever comes next.
#include "../support.hpp"
#include "stepped_loop.hpp"

using namespace orm::literals;
using orm::defaults;
using test::on_another_thread;
using test::stepped_loop;

namespace abandoned_writes {

struct Named {
    std::int64_t id = 0;
    std::string name{};
    int times = 0;

    static constexpr auto meta =
        orm::meta(orm::table("abandoned_named"), orm::column<&Named::name>(orm::unique));
    static constexpr orm::manager<Named> objects{};
};

struct fixture {
    fixture() {
        orm::database db = orm::connect(schema.url());
        db.make_current();
        orm::create_tables<Named>().get();
        Named::objects.bulk_create({{.id = -1, .name = "first"}, {.id = -2, .name = "second"}});
        db.close().get();
    }
    test::fresh_schema schema{};
};

// The rows that were made, and how often rows were changed.
struct left {
    std::int64_t made = 0;
    std::int64_t changed = 0;
};

template <class Lazy>
auto answer(stepped_loop& loop, Lazy asked) {
    loop.until_ready(asked);
    return asked.get();
}

left what_is_left(stepped_loop& loop) {
    const auto rows = Named::objects.async();
    const left found{answer(loop, rows.filter("id__gt"_k = 0).count()),
                     answer(loop, rows.filter("times__gt"_k = 0).count())};
    answer(loop, rows.filter("id__gt"_k = 0).delete_());
    answer(loop, rows.update("times"_k = 0));
    return found;
}

// `whole` tells what may be left besides nothing. Returns: after how many events it was done.
template <class Work>
int abandon_everywhere(const fixture& in, left whole, Work work) {
    int result = 0;
    on_another_thread([&] {
        stepped_loop loop(in.schema.url());
        for (bool done = false; !done; ++result) {
            auto running = work();
            for (int i = 0; i < result && !running.ready(); ++i) loop.step();
            done = running.ready();
            if (!done) running.cancel();
            const left found = what_is_left(loop);
            INFO("abandoned after " << result << " events");
            CHECK((found.made == 0 || found.made == whole.made));
            CHECK((found.changed == 0 || found.changed == whole.changed));
            if (!done) continue;
            CHECK(found.made == whole.made);
            CHECK(found.changed == whole.changed);
            try {
                running.get();
            } catch (const orm::integrity_error&) {
            } catch (const orm::multiple_objects&) {
            }
        }
    });
    return result;
}

// In a transaction whose later statement must still work, and which is given up with it.
template <class Call>
orm::task<> inside(Call call) {
    co_await orm::atomic([&]() -> orm::task<> {
        try {
            co_await call();
        } catch (const orm::integrity_error&) {
        } catch (const orm::multiple_objects&) {
        }
        co_await Named::objects.async().create({.name = "behind"});
    });
}

auto taken_key() { return Named::objects.async().get_or_create("name"_k = "new", defaults("id"_k = -1)); }
auto update_new() {
    return Named::objects.async().update_or_create("name"_k = "new", defaults("times"_k = 1));
}
auto update_found() {
    return Named::objects.async().update_or_create("name"_k = "first", defaults("times"_k = 1));
}
auto update_several() {
    return Named::objects.async().update_or_create("id__lt"_k = 0, defaults("times"_k = 1));
}
auto many() {
    std::vector<Named> rows;
    for (int i = 0; i < 9; ++i) rows.push_back({.name = "n" + std::to_string(i)});
    return Named::objects.async().bulk_create(rows, orm::batch_size(2));
}

}  // namespace abandoned_writes

using namespace abandoned_writes;

TEST_CASE_FIXTURE(abandoned_writes::fixture, "bulk_create in batches is given up at any event") {
    CHECK(abandon_everywhere(*this, {9, 0}, [] { return many(); }) > 3);
    CHECK(abandon_everywhere(*this, {10, 0}, [] { return orm::start(inside([] { return many(); })); }) > 3);
}

TEST_CASE_FIXTURE(abandoned_writes::fixture,
                  "get_or_create is given up at any event, also in its savepoint") {
    CHECK(abandon_everywhere(*this, {0, 0}, [] { return taken_key(); }) > 3);
    CHECK(abandon_everywhere(*this, {1, 0}, [] { return orm::start(inside([] { return taken_key(); })); }) >
          4);
}

TEST_CASE_FIXTURE(abandoned_writes::fixture, "update_or_create is given up at any event") {
    CHECK(abandon_everywhere(*this, {1, 1}, [] { return update_new(); }) > 2);
    CHECK(abandon_everywhere(*this, {0, 1}, [] { return update_found(); }) > 1);
    CHECK(abandon_everywhere(*this, {0, 0}, [] { return update_several(); }) > 1);
    CHECK(abandon_everywhere(*this, {1, 0},
                             [] { return orm::start(inside([] { return update_several(); })); }) > 2);
    CHECK(abandon_everywhere(*this, {2, 1}, [] { return orm::start(inside([] { return update_new(); })); }) >
          2);
}
