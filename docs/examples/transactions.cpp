// Transactions in plain code.
#include "library.hpp"
#include "server.hpp"

#include <stdexcept>

namespace {

library_rows rows;

void commit_and_roll_back() {
    // [atomic]
    std::int64_t id = orm::atomic([&] {  // BEGIN
        Author author = Author::objects.create({.name = "Arkady"});
        Book::objects.create({.title = "Roadside Picnic", .pages = 200, .author = author});
        return author.id;
    });  // COMMIT; what the callable returns is what atomic() returns

    try {
        orm::atomic([&] {
            Book::objects.filter("author"_k = id).delete_();
            throw std::runtime_error("changed my mind");
        });  // ROLLBACK, and the exception goes on
    } catch (const std::runtime_error&) {
    }
    check(Book::objects.filter("author"_k = id).exists());
    // [/atomic]
}

void nested() {
    // [nested]
    orm::atomic([&] {
        Author::objects.create({.name = "Boris"});
        try {
            orm::atomic([&] {  // SAVEPOINT
                Author::objects.create({.id = rows.ursula.id, .name = "taken"});
            });
        } catch (const orm::unique_violation&) {
            // ROLLBACK TO SAVEPOINT: the outer transaction goes on
        }
        check(Author::objects.filter("name"_k = "Boris").exists());
    });
    // [/nested]
    check(Author::objects.filter("name"_k = "Boris").exists());
}

void swallowed() {
    // [swallowed]
    auto careless = [&] {
        try {
            Author::objects.create({.id = rows.ursula.id, .name = "taken"});
        } catch (const orm::unique_violation&) {
        }
        return Author::objects.count();  // throws transaction_aborted: not even sent
    };
    check_throws<orm::transaction_aborted>([&] { return orm::atomic(careless); });
    // [/swallowed]
    try {
        orm::atomic(careless);
    } catch (const orm::transaction_aborted& e) {
        check_throws<orm::unique_violation>([&] { return std::rethrow_exception(e.cause()), 0; });
    }
    // Swallowed to the end, it is the commit that fails.
    auto swallow_all = [&] {
        try {
            Author::objects.create({.id = rows.ursula.id, .name = "taken"});
        } catch (const orm::unique_violation&) {
        }
    };
    check_throws<orm::transaction_aborted>([&] { return orm::atomic(swallow_all), 0; });
}

void deferred() {
    // [deferred]
    auto dangling = [] { Book::objects.create({.title = "Ghost", .author = 4711}); };
    check_throws<orm::foreign_key_violation>([&] { return orm::atomic(dangling), 0; });  // at the COMMIT

    orm::atomic([] {
        Book::objects.create({.title = "First the book", .author = 1000});
        Author::objects.create({.id = 1000, .name = "then its author"});
    });
    // [/deferred]
}

void chosen_database(const orm::database& db) {
    // [using]
    orm::atomic([&] {
        Author::objects.create({.name = "Not committed yet"});
        check(Author::objects.filter("name__startswith"_k = "Not").count() == 1);
        check(Author::objects.using_(db).filter("name__startswith"_k = "Not").count() == 0);
    });
    // [/using]
}

void explicit_form(const orm::database& db) {
    // [explicit]
    orm::intrusive_ptr<orm::transaction> open = orm::transaction::begin(db);
    {
        orm::context_scope inside{orm::intrusive_ptr<orm::context>(open)};
        Author::objects.create({.name = "Explicit"});
    }
    check(Author::objects.filter("name"_k = "Explicit").count() == 0);  // outside of the scope
    open->commit().get();
    check(Author::objects.filter("name"_k = "Explicit").count() == 1);
    // [/explicit]
}

void lazies() {
    // [lazies]
    orm::lazy<std::int64_t> n = orm::atomic([] {
        Author::objects.create({.name = "Vladimir"});
        return Author::objects.filter("name"_k = "Vladimir")
            .async()
            .count();  // on its way in the transaction
    });
    check(n == 1);
    // [/lazies]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        rows = fill_library();
        commit_and_roll_back();
        nested();
        swallowed();
        deferred();
        chosen_database(db);
        explicit_form(db);
        lazies();
    });
}
