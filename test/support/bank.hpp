// A bank whose money must not get lost or made, however many transfer at the same time: the model, one
// program's work, and what must hold afterwards.
#pragma once

#include <asynchrormous/orm.hpp>

#include <chrono>
#include <cstdint>
#include <random>
#include <string>

namespace bank {

using namespace orm::literals;

struct Account {
    std::int64_t id = 0;
    std::int64_t balance = 0;

    static constexpr orm::manager<Account> objects{};
};

// What was done, in the same transaction as the transfer.
struct Transfer {
    std::int64_t id = 0;
    orm::foreign_key<Account> from{};
    orm::foreign_key<Account> to{};
    std::int64_t amount = 0;

    static constexpr orm::manager<Transfer> objects{};
};

// Counts by F and by reading and writing, which only serializable makes right.
struct Counter {
    std::string name{};
    std::int64_t by_expression = 0;
    std::int64_t by_reading = 0;

    static constexpr auto meta =
        orm::meta(orm::column<&Counter::name>(orm::primary_key, orm::max_length(20)));
    static constexpr orm::manager<Counter> objects{};
};

// One of a few names for all programs: found, made or counted, without a transaction around it.
struct Name {
    std::int64_t id = 0;
    std::string name{};
    std::int64_t seen = 0;

    static constexpr auto meta = orm::meta(orm::column<&Name::name>(orm::unique, orm::max_length(20)));
    static constexpr orm::manager<Name> objects{};
};

inline constexpr std::int64_t accounts = 8;
inline constexpr std::int64_t opening_balance = 1'000;

inline void open_bank() {
    orm::create_tables<Account, Transfer, Counter, Name>().get();
    for (std::int64_t i = 0; i < accounts; ++i) Account::objects.create({.balance = opening_balance});
    Counter::objects.create({.name = "transfers"});
}

struct tally {
    std::int64_t transfers = 0;  // committed
    std::int64_t refused = 0;    // not enough money
    std::int64_t runs = 0;       // of the closure, those that were run again included
    std::int64_t made = 0;       // names
    std::int64_t met = 0;        // the same ones again

    tally& operator+=(const tally& other) {
        transfers += other.transfers;
        refused += other.refused;
        runs += other.runs;
        made += other.made;
        met += other.met;
        return *this;
    }
};

inline constexpr orm::retry_options patient{.isolation = orm::isolation::serializable,
                                            .attempts = 1'000,
                                            .pause = std::chrono::milliseconds(1),
                                            .longest_pause = std::chrono::milliseconds(50)};

// One transfer. Returns: whether there was enough money.
inline bool transfer(std::int64_t from, std::int64_t to, std::int64_t amount, std::int64_t& runs) {
    return orm::retry(patient, [&] {
        ++runs;
        const Account payer = Account::objects.get("id"_k = from);
        const Account payee = Account::objects.get("id"_k = to);
        if (payer.balance < amount) return false;
        Account::objects.filter("id"_k = from).update("balance"_k = payer.balance - amount);
        Account::objects.filter("id"_k = to).update("balance"_k = payee.balance + amount);
        Transfer::objects.create({.from = from, .to = to, .amount = amount});
        const Counter count = Counter::objects.get("name"_k = "transfers");
        Counter::objects.filter("name"_k = "transfers")
            .update("by_reading"_k = count.by_reading + 1, "by_expression"_k = orm::F<"by_expression"> + 1);
        return true;
    });
}

// Returns: whether it was this call that made the row.
inline bool meet(const std::string& name) {
    const bool created = Name::objects.get_or_create("name"_k = name).created;
    Name::objects.update_or_create("name"_k = name, orm::defaults("seen"_k = orm::F<"seen"> + 1),
                                   orm::create_defaults("seen"_k = 1));
    return created;
}

inline tally work(std::chrono::steady_clock::time_point until, unsigned seed) {
    std::minstd_rand chance(seed);
    std::uniform_int_distribution<std::int64_t> account(1, accounts), amount(1, 400);
    tally done;
    while (std::chrono::steady_clock::now() < until) {
        const std::int64_t from = account(chance);
        const std::int64_t to = from % accounts + 1;
        ++(transfer(from, to, amount(chance), done.runs) ? done.transfers : done.refused);
        ++done.met;
        done.made += meet("name " + std::to_string(done.met / 3));
    }
    return done;
}

// What is wrong with the books; empty: nothing.
inline std::string audit(const tally& all) {
    std::string wrong;
    const auto check = [&](std::int64_t got, std::int64_t expected, const char* what) {
        if (got != expected)
            wrong += std::string(what) + ": " + std::to_string(got) + " instead of " +
                     std::to_string(expected) + "\n";
    };
    std::int64_t sum = 0;
    for (const Account& each : Account::objects.all()) {
        sum += each.balance;
        if (each.balance < 0) wrong += "an account is overdrawn\n";
        const auto sent = Transfer::objects.filter("from"_k = each.id).aggregate(orm::sum<"amount">);
        const auto got = Transfer::objects.filter("to"_k = each.id).aggregate(orm::sum<"amount">);
        check(each.balance, opening_balance - sent.value_or(0) + got.value_or(0), "a balance");
    }
    check(sum, accounts * opening_balance, "all the money");
    check(Transfer::objects.count(), all.transfers, "transfers");
    const Counter count = Counter::objects.get("name"_k = "transfers");
    check(count.by_expression, all.transfers, "the counter by F");
    check(count.by_reading, all.transfers, "the counter by reading");
    check(Name::objects.count(), all.made, "names");
    check(Name::objects.aggregate(orm::sum<"seen">).value_or(0), all.met, "meetings");
    return wrong;
}

}  // namespace bank
