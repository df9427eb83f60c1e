// What transactions leave behind, when callbacks run, what is refused. A case tells what happened, line by
// line; Tags are the rows that come and go.
#include "oracle.hpp"

#include <algorithm>
#include <stdexcept>

namespace oracle {

namespace {

using journal = std::vector<std::string>;

void create(const std::string& name) { Tag::objects.create({.name = name}); }

// What happened, and which rows are there at the end; those are deleted.
template <class F>
void check_story(std::string_view name, F story) {
    check(name, [&] {
        journal told;
        story(told);
        const auto made = Tag::objects.filter("name__startswith"_k = "tx ");
        for (const std::string& each : made.template order_by<"name">().template values_list<"name">())
            told.push_back(each);
        made.delete_();
        return told;
    });
}

auto note(journal& told, const char* line) {
    return [&told, line] { told.push_back(line); };
}

void fail() { throw std::runtime_error("no"); }

// "refused" for any error.
template <class F>
void attempt(journal& told, F what) {
    try {
        what();
        told.push_back("done");
    } catch (const std::exception&) {
        told.push_back("refused");
    }
}

void check_savepoints() {
    check_story("nested blocks", [](journal& told) {
        orm::atomic([&] {
            create("tx outer");
            attempt(told, [] { orm::atomic([] { create("tx inner"), fail(); }); });
            attempt(told, [] { orm::atomic([] { create("tx second"); }); });
            orm::atomic([&] {
                create("tx third");
                attempt(told, [] { orm::atomic([] { create("tx deepest"), fail(); }); });
            });
        });
    });
    check_story("an error that goes through", [](journal& told) {
        attempt(told, [] {
            orm::atomic([] {
                create("tx outer");
                orm::atomic([] { create("tx inner"); });
                fail();
            });
        });
    });
    check_story("without a savepoint", [](journal& told) {
        orm::atomic([&] {
            create("tx outer");
            orm::atomic({.savepoint = false}, [] { create("tx inner"); });
            told.push_back(orm::get_rollback() ? "will be rolled back" : "will be committed");
        });
        attempt(told, [&] {
            orm::atomic([&] {
                create("tx undone");
                attempt(told, [] { orm::atomic({.savepoint = false}, [] { fail(); }); });
                told.push_back(orm::get_rollback() ? "will be rolled back" : "will be committed");
                attempt(told, [] { static_cast<void>(Tag::objects.count()); });
                throw std::runtime_error("so that it ends alike");
            });
        });
    });
    check_story("set_rollback", [](journal&) {
        orm::atomic([] {
            create("tx kept");
            orm::atomic([] {
                create("tx tried");
                orm::set_rollback(true);
            });
        });
        orm::atomic([] {
            create("tx kept after all");
            orm::set_rollback(true);
            orm::set_rollback(false);
        });
    });
    check_story("durable", [](journal& told) {
        attempt(told, [] { orm::atomic({.durable = true}, [] { create("tx durable"); }); });
        orm::atomic([&] { attempt(told, [] { orm::atomic({.durable = true}, [] {}); }); });
    });
    check_story("an error of the database", [](journal& told) {
        orm::atomic([&] {
            create("tx before");
            attempt(told, [] { orm::atomic([] { orm::execute("SELECT 1 / 0").get(); }); });
            create("tx after");
        });
        attempt(told, [&] {
            orm::atomic([&] {
                attempt(told, [] { orm::execute("SELECT 1 / 0").get(); });
                attempt(told, [] { create("tx never"); });
                throw std::runtime_error("so that it ends alike");
            });
        });
    });
}

void check_callbacks() {
    check_story("callbacks in order", [](journal& told) {
        orm::atomic([&] {
            orm::on_commit(note(told, "first"));
            orm::atomic([&] { orm::on_commit(note(told, "nested")); });
            attempt(told, [&] { orm::atomic([&] { orm::on_commit(note(told, "undone")), fail(); }); });
            attempt(told, [&] {
                orm::atomic([&] {
                    orm::atomic([&] { orm::on_commit(note(told, "kept in what is undone")); });
                    fail();
                });
            });
            orm::on_commit(note(told, "last"));
            told.push_back("end of the block");
        });
        told.push_back("behind the block");
    });
    check_story("callbacks without a transaction", [](journal& told) {
        orm::on_commit(note(told, "at once"));
        attempt(told, [] { orm::on_commit(fail); });
        attempt(told, [] { orm::on_commit(fail, {.robust = true}); });
    });
    check_story("callbacks of callbacks", [](journal& told) {
        orm::atomic([&] {
            orm::on_commit([&] {
                told.push_back(orm::in_atomic_block() ? "inside" : "outside");
                orm::on_commit(note(told, "at once"));
                orm::atomic([&] { orm::on_commit(note(told, "of a block in a callback")); });
                told.push_back("end of the callback");
            });
            orm::on_commit(note(told, "next"));
        });
    });
    check_story("callbacks that fail", [](journal& told) {
        attempt(told, [&] {
            orm::atomic([&] {
                create("tx committed");
                orm::on_commit(fail, {.robust = true});
                orm::on_commit(note(told, "behind a robust one"));
                orm::on_commit(fail);
                orm::on_commit(note(told, "never"));
            });
        });
        orm::atomic([&] { orm::on_commit(note(told, "of the next block")); });
    });
    check_story("callbacks of a block that is rolled back", [](journal& told) {
        attempt(told, [&] { orm::atomic([&] { orm::on_commit(note(told, "never")), fail(); }); });
        orm::atomic([&] {
            orm::on_commit(note(told, "never"));
            orm::set_rollback(true);
        });
    });
}

// The text behind the table.
template <class Rows>
void check_lock(std::string_view name, const Rows& rows) {
    check(name, [&] {
        const std::string text = rows.sql().text;
        return text.substr(text.find(" FROM "));
    });
}

void check_row_locks() {
    const auto books = Book::objects.order_by<>();
    check_lock("for update", books.select_for_update());
    check_lock("nowait", books.select_for_update({.nowait = true}));
    check_lock("skip locked", books.select_for_update({.skip_locked = true}));
    check_lock("no key", books.select_for_update({.no_key = true}));
    check_lock("of self", books.filter("author__rating__isnull"_k = true).select_for_update<"self">());
    check_lock("of self, without a join",
               books.select_for_update<"self">({.skip_locked = true, .no_key = true}));
    check_lock("behind a join", books.filter("author__rating__isnull"_k = true).select_for_update());
    check_lock("the last one counts", books.select_for_update({.nowait = true}).select_for_update());
    check_story("locks outside of a transaction", [&](journal& told) {
        const auto locked = books.select_for_update();
        attempt(told, [&] { static_cast<void>(locked.all().rows()); });
        attempt(told, [&] { static_cast<void>(locked.all().first()); });
        attempt(told, [&] { static_cast<void>(locked.all().exists()); });
        attempt(told, [&] { static_cast<void>(locked.all().count()); });
        attempt(told, [&] { static_cast<void>(locked.all().aggregate(orm::max<"pages">)); });
    });
    check_story("locks that exclude each other", [&](journal& told) {
        orm::atomic([&] {
            attempt(told, [&] { books.select_for_update({.nowait = true, .skip_locked = true}).rows(); });
        });
        attempt(told, [&] { orm::atomic([&] { books.distinct().select_for_update().rows(); }); });
        attempt(told,
                [&] { orm::atomic([&] { books.order_by<"editor__name">().select_for_update().rows(); }); });
        attempt(told, [&] {
            orm::atomic([&] { books.annotate("n"_k = orm::count<"reviews">).select_for_update().rows(); });
        });
    });
    check_refused("a lock after a union", [&] { return books.union_(books).select_for_update().count(); });
    check("rows under a lock", [&] {
        return orm::atomic(
            [&] { return books.select_for_update().order_by<"id">()[orm::slice(2, 5)].rows(); });
    });
}

}  // namespace

void check_transactions() {
    begin_topic("transactions");
    check_savepoints();
    check_callbacks();
    check_row_locks();
}

}  // namespace oracle
