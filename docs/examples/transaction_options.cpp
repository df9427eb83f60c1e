// What transactions can be told, what runs after them, and locks.
#include "library.hpp"
#include "server.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace {

library_rows rows;

void options(const orm::database& archive) {
    // [options]
    std::int64_t pages = orm::atomic({.isolation = orm::isolation::repeatable_read, .read_only = true}, [] {
        std::int64_t sum = 0;  // both queries see the same rows, whatever others commit in between
        if (Book::objects.exists()) sum = Book::objects.aggregate(orm::sum<"pages">).value();
        return sum;
    });
    check(pages > 0);

    orm::atomic({.durable = true}, [] {  // refuses to be nested: when it returns, it is committed
        check_throws<orm::transaction_management_error>(
            [] { return orm::atomic({.durable = true}, [] { return 0; }); });
    });

    orm::atomic(archive, [] {  // on another database: queries inside go there
        check(Book::objects.count() > 0);
    });
    // [/options]

    // [savepoint]
    orm::atomic([] {
        orm::atomic({.savepoint = false}, [] {  // no SAVEPOINT: one round trip less, but it cannot fail alone
            Author::objects.create({.name = "Lao"});
        });
    });
    // [/savepoint]

    // [trial]
    std::int64_t after = orm::atomic([] {
        Book::objects.delete_();
        orm::set_rollback();  // nothing of it stays, and there is no exception
        return Book::objects.count();
    });
    check(after == 0 && Book::objects.exists());
    // [/trial]
}

std::vector<std::string> outbox;
void send(const std::string& letter) { outbox.push_back(letter); }

void after_the_commit() {
    // [on_commit]
    orm::atomic([] {
        Author author = Author::objects.create({.name = "Arkady"});
        orm::on_commit([name = author.name] { send("welcome, " + name); });
        check(outbox.empty());  // not before others can see the row
    });
    check(outbox.size() == 1);

    auto refused = [] {
        orm::on_commit([] { send("never"); });
        throw std::runtime_error("rolled back, and its callbacks with it");
    };
    check_throws<std::runtime_error>([&] { return orm::atomic(refused), 0; });
    check(outbox.size() == 1);
    // [/on_commit]
}

void again() {
    // [retry]
    auto add_pages = [](std::int64_t id, int more) {
        return orm::retry({.isolation = orm::isolation::serializable}, [&] {
            Book book = Book::objects.get("id"_k = id);  // read, think, write: nobody came in between
            book.pages += more;
            return Book::objects.save(book).pages;
        });
    };
    check(add_pages(rows.tombs.id, 10) == rows.tombs.pages + 10);
    // [/retry]
}

void row_locks() {
    // [for_update]
    orm::atomic([] {
        Book book = Book::objects.select_for_update().get("id"_k = rows.solaris.id);
        // nobody else changes or locks the row now, until the end of the block
        Book::objects.filter("id"_k = book.id).update("pages"_k = book.pages + 1);
    });
    // [/for_update]

    // [queue]
    auto take_one = [] {
        return orm::atomic([] {
            auto job = Book::objects.filter("pages__gt"_k = 0)
                           .order_by<"id">()
                           .select_for_update({.skip_locked = true})  // leaves out what other workers have
                           .first();
            if (job) Book::objects.filter("id"_k = job->id).update("pages"_k = 0);
            return job.has_value();
        });
    };
    check(take_one());
    // [/queue]

    // [lock_options]
    orm::atomic([] {
        auto books = Book::objects.filter("author__country"_k = "us");
        // FOR NO KEY UPDATE OF "library_book" NOWAIT: lock_not_available where somebody else has a lock
        check(books.select_for_update<"self">({.nowait = true, .no_key = true}).exists());
        // FOR SHARE: others may read and share, nobody may change
        check(books.select_for_update({.strength = orm::row_lock::share}).exists());
    });
    // [/lock_options]
    check_throws<orm::transaction_management_error>(
        [] { return Book::objects.select_for_update().exists(); });
}

void advisory_locks() {
    // [advisory]
    orm::atomic([] {
        orm::lock_transaction(orm::advisory_key("monthly report")).get();  // until the end of the block
        check(orm::try_lock_transaction({1, 42}) == true);
    });

    if (auto lock = orm::try_lock_session(orm::advisory_key("the only worker")).get()) {
        check(lock->held());  // with a connection of its own, until `lock` goes
        check(Book::objects.exists());
    }
    // [/advisory]
}

void constraints() {
    // [constraints]
    auto early = [] {
        orm::set_constraints(orm::constraint_check::immediate).get();
        Book::objects.create({.title = "Ghost", .author = 4711});  // foreign_key_violation here
    };
    check_throws<orm::foreign_key_violation>([&] { return orm::atomic(early), 0; });
    // [/constraints]
}

// More spellings of docs/guide/from_django.md.
void spelled(const orm::database& other) {
    const auto report = [] {};
    int runs = 0;
    orm::atomic({.using_ = other, .savepoint = false}, [&] {
        check(orm::in_atomic_block());
        orm::on_commit(report, {.using_ = other, .robust = true});
    });
    orm::atomic({.isolation = orm::isolation::serializable}, [&] { ++runs; });
    orm::retry([&] { ++runs; });
    check(runs == 2 && !orm::in_atomic_block());
    orm::transaction::begin(other)->commit().get();
    orm::transaction::begin(other)->rollback().get();
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        rows = fill_library();
        options(db);
        after_the_commit();
        again();
        row_locks();
        advisory_locks();
        constraints();
        spelled(db);
    });
}
