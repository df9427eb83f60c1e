// Programs that work against each other: threads with a loop and a pool of their own, for some seconds.
// bench/contention does the same for as long as one likes.
#include "../../support/bank.hpp"
#include "../support.hpp"

#include <thread>
#include <vector>

using namespace std::chrono_literals;

namespace {

// Each on a thread with a loop of its own. Throws: the first error of any.
template <class Work>
void at_the_same_time(int programs, const std::string& url, Work work) {
    std::vector<std::exception_ptr> failures(static_cast<std::size_t>(programs));
    std::vector<std::thread> threads;
    for (int number = 0; number < programs; ++number) {
        threads.emplace_back([&, number] {
            try {
                const orm::database db = orm::connect(url, {.max_connections = 2});
                work(number);
                db.close().get();
            } catch (...) {
                failures[static_cast<std::size_t>(number)] = std::current_exception();
            }
        });
    }
    for (std::thread& each : threads) each.join();
    for (const auto& failure : failures)
        if (failure) std::rethrow_exception(failure);
}

}  // namespace

TEST_CASE("at serializable level no unit is lost, whoever transfers at the same time") {
    const test::fresh_schema schema;
    const orm::database db = orm::connect(schema.url());
    db.make_current();
    bank::open_bank();
    constexpr int programs = 3;
    std::vector<bank::tally> done(programs);
    const auto until = std::chrono::steady_clock::now() + 2s;
    at_the_same_time(programs, schema.url(), [&](int number) {
        done[static_cast<std::size_t>(number)] = bank::work(until, static_cast<unsigned>(number + 1));
    });
    bank::tally all;
    for (const bank::tally& each : done) all += each;
    CHECK(bank::audit(all) == "");
    CHECK(all.transfers > 0);
    CHECK(all.runs > all.transfers + all.refused);  // some had to be run again, or nothing was tested
    db.close().get();
}

TEST_CASE("deadlocks are run again, and every increment counts once") {
    using namespace orm::literals;
    using bank::Account;
    const test::fresh_schema schema;
    const orm::database db = orm::connect(schema.url());
    db.make_current();
    bank::open_bank();
    constexpr int programs = 4, rounds = 40;
    at_the_same_time(programs, schema.url(), [&](int number) {
        for (int i = 0; i < rounds; ++i) {
            const std::int64_t first = number % 2 ? 1 : 2;
            orm::retry({.attempts = 1'000, .pause = 1ms}, [&] {
                orm::execute("SET LOCAL deadlock_timeout = '10ms'").get();
                Account::objects.filter("id"_k = first).update("balance"_k = orm::F<"balance"> + 1);
                Account::objects.filter("id"_k = 3 - first).update("balance"_k = orm::F<"balance"> + 1);
            });
        }
    });
    const auto balances = Account::objects.filter("id__lte"_k = 2).values_list<"balance">().rows();
    CHECK(balances == std::vector<std::int64_t>(2, bank::opening_balance + programs * rounds));
    db.close().get();
}

TEST_CASE("of many who get or create the same rows each row has one maker, and no meeting is lost") {
    const test::fresh_schema schema;
    const orm::database db = orm::connect(schema.url());
    db.make_current();
    orm::create_tables<bank::Name>().get();
    constexpr int programs = 4, names = 40;
    using namespace orm::literals;
    std::vector<int> made(programs);
    at_the_same_time(programs, schema.url(), [&](int number) {
        for (int i = 0; i < names; ++i)
            made[static_cast<std::size_t>(number)] += bank::meet("name " + std::to_string(i));
    });
    int sum = 0;
    for (const int each : made) sum += each;
    CHECK(sum == names);
    CHECK(bank::Name::objects.count() == names);
    CHECK(bank::Name::objects.filter("seen"_k = programs).count() == names);
    db.close().get();
}

TEST_CASE("workers that skip what is locked share a queue: each job is done once") {
    using namespace orm::literals;
    using bank::Account;
    const test::fresh_schema schema;
    const orm::database db = orm::connect(schema.url());
    db.make_current();
    orm::create_tables<Account, bank::Transfer, bank::Counter>().get();
    constexpr int jobs = 60, programs = 4;
    for (int i = 0; i < jobs; ++i) Account::objects.create({});
    std::vector<int> done(programs);
    at_the_same_time(programs, schema.url(), [&](int number) {
        for (;;) {
            const bool found = orm::atomic([&] {
                const auto job = Account::objects.filter("balance"_k = 0)
                                     .order_by<"id">()
                                     .select_for_update({.skip_locked = true})
                                     .first();
                if (!job) return false;
                Account::objects.filter("id"_k = job->id).update("balance"_k = orm::F<"balance"> + 1);
                return true;
            });
            if (!found) return;
            ++done[static_cast<std::size_t>(number)];
        }
    });
    int sum = 0;
    for (const int each : done) sum += each;
    CHECK(sum == jobs);
    CHECK(Account::objects.filter("balance"_k = 1).count() == jobs);
    db.close().get();
}
