#include "press_fixture.hpp"

#include <stdexcept>

using namespace orm::literals;
using namespace press;
using test::codes;
using test::press_fixture;

namespace hooked_coroutines {

template <class T>
T run(orm::task<T> what) {
    return orm::event_loop::current().run(std::move(what));
}

struct Line {
    std::int64_t id = 0;
    std::string text{};

    static constexpr orm::manager<Line> objects{};
};

orm::task<> number(struct Deed& deed);
orm::task<> log(const struct Deed& deed, bool created);
orm::task<> log_deletion(const struct Deed& deed);

struct Deed {
    std::int64_t id = 0;
    std::string text{};
    std::int64_t number = 0;

    static constexpr auto hooks =
        orm::hooks(orm::before_save<&hooked_coroutines::number>, orm::after_save<&log>,
                   orm::before_delete<&log_deletion>, orm::after_delete<&log_deletion>);
    static constexpr orm::manager<Deed> objects{};
};

orm::task<> number(Deed& deed) {
    if (deed.number == 0) deed.number = co_await Deed::objects.async().count() + 1;
    if (deed.text == "refused") throw std::runtime_error("refused");
}
orm::task<> log(const Deed& deed, bool created) {
    co_await Line::objects.async().create({.text = deed.text + (created ? " created" : " updated")});
}
orm::task<> log_deletion(const Deed& deed) {
    co_await Line::objects.async().create({.text = deed.text + " deleted"});
}

struct fixture : press_fixture {
    fixture() { orm::create_tables<Line, Deed>().get(); }
};

}  // namespace hooked_coroutines

using namespace hooked_coroutines;

TEST_CASE_FIXTURE(hooked_coroutines::fixture, "coroutine hooks are run to their end in blocking code") {
    Deed deed = Deed::objects.create({.text = "one"});
    CHECK(deed.number == 1);
    CHECK(Line::objects.get().text == "one created");
    static_cast<void>(Deed::objects.save(deed));
    CHECK(Line::objects.count() == 2);
    CHECK(Deed::objects.delete_(deed) == 1);
    CHECK(Line::objects.count() == 4);
    CHECK_THROWS_AS(Deed::objects.create({.text = "refused"}), std::runtime_error);
    deed = Deed::objects.async().create({.text = "lazy"});
    CHECK(deed.number == 1);
    const std::int64_t before = Line::objects.count();
    CHECK(Deed::objects.async().delete_counted(deed).get().of<Deed>() == 1);
    CHECK(Line::objects.count() == before + 2);
}

TEST_CASE_FIXTURE(hooked_coroutines::fixture, "coroutine hooks are awaited, in the transaction of the call") {
    run([]() -> orm::task<> {
        const auto deeds = Deed::objects.async();
        Deed deed = co_await deeds.create({.text = "one"});
        CHECK(deed.number == 1);
        deed.text = "two";
        deed = co_await deeds.save(deed);
        CHECK(co_await Line::objects.async().order_by<"id">().values_list<"text">() ==
              std::vector<std::string>{"one created", "two updated"});
        bool refused = false;
        try {
            co_await deeds.create({.text = "refused"});
        } catch (const std::runtime_error&) {
            refused = true;
        }
        CHECK(refused);
        co_await orm::atomic([&]() -> orm::task<> {
            co_await deeds.create({.text = "three"});
            co_await deeds.delete_(deed);
            CHECK(co_await Line::objects.async().count() == 5);
            orm::set_rollback();
        });
        CHECK(co_await Line::objects.async().count() == 2);
        CHECK(co_await deeds.count() == 1);
        CHECK((co_await deeds.get_or_create("text"_k = "four")).row.number == 2);
        CHECK(co_await Line::objects.async().count() == 3);
    }());
}

TEST_CASE_FIXTURE(hooked_coroutines::fixture,
                  "a call that is cancelled in a hook writes nothing, and the loop goes on") {
    run([]() -> orm::task<> {
        orm::lazy<Deed> started = Deed::objects.async().create({.text = "gone"});
        started.cancel();
        bool cancelled = false;
        try {
            co_await started;
        } catch (const orm::operation_cancelled&) {
            cancelled = true;
        }
        CHECK(cancelled);
        CHECK(co_await Deed::objects.async().count() == 0);
    }());
}

TEST_CASE_FIXTURE(press_fixture, "validation, versions and soft deletion awaited") {
    run([](press_fixture& press) -> orm::task<> {
        Article wrong = press.article();
        wrong.words = 3;
        const orm::validation_errors errors = co_await Article::objects.async().validate(wrong);
        CHECK(errors.codes("words") == codes{"odd"});
        codes thrown;
        try {
            co_await Article::objects.async().create(wrong, orm::validated);
        } catch (const orm::validation_error& why) {
            thrown = why.errors().codes("words");
        }
        CHECK(thrown == codes{"odd"});
        co_await Article::objects.async().full_clean(press.article());
        const auto pages = Page::objects.async();
        Page page = co_await pages.create({.text = "one"});
        Page old = page;
        page = co_await pages.save(page);
        bool stale = false;
        try {
            co_await pages.save(old);
        } catch (const orm::stale_row<Page>&) {
            stale = true;
        }
        CHECK(stale);
        CHECK(co_await pages.delete_(page) == 1);
        CHECK(co_await pages.count() == 0);
        CHECK(co_await pages.restore(page) == 1);
        CHECK(co_await Page::objects.with_deleted().async().hard_delete() == 1);
    }(*this));
}
