// Rules 8 to 10 on a real server. now() is the start of the transaction, so statements that answer the same
// now() shared a Sync; a sequence counts how often a statement was run, whatever became of it.
#include "driver.hpp"
#include "wire.hpp"

#include <asynchrormous/runtime/event_loop.hpp>

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace test {

namespace {

// However busy the machine is, everything counts as quick.
const orm::postgres::connection_options sharing{.share_sync = true, .quick = 1h};
const std::string when = "select now()::text";
const std::string divides = "select (1 / v)::text from kept where id = 3";

// What is sent by `send` leaves in one tick of the loop.
template <class Send>
class one_tick final : public orm::deferred {
public:
    one_tick(orm::event_loop& loop, Send send) : send_(std::move(send)) { loop.defer(*this); }

private:
    void run_deferred() noexcept override { send_(); }
    Send send_;
};

struct sent {
    std::string text;
    access kind = access::read;
    bool plain = false;
};

sent plain(std::string text) { return {std::move(text), access::read, true}; }

std::string outcome(wire::answer& of) {
    try {
        return of.get();
    } catch (const orm::database_error& error) {
        return "error " + std::string(error.sqlstate());
    }
}

std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& each : all) text += each + ";";
    return text;
}

// Each is what came back, or "error" with its SQLSTATE.
std::vector<std::string> together(wire& to, const std::vector<sent>& all) {
    std::vector<wire::answer> answers;
    const one_tick tick(to.loop, [&] {
        for (const sent& each : all) answers.push_back(to.send(each.text, each.kind, {}, each.plain));
    });
    to.value("select 'the loop has run'");
    std::vector<std::string> outcomes;
    for (wire::answer& each : answers) outcomes.push_back(outcome(each));
    return outcomes;
}

std::vector<std::string> one_by_one(wire& to, const std::vector<sent>& all) {
    std::vector<std::string> outcomes;
    for (const sent& each : all) {
        wire::answer answer = to.send(each.text, each.kind, {}, each.plain);
        outcomes.push_back(outcome(answer));
    }
    return outcomes;
}

// Prepared, and known to be quick.
void warm_up(wire& to, const std::vector<sent>& all) { one_by_one(to, all); }

// Whether two plain reads of one tick ever share over the pool's one connection; a busy machine makes single
// statements slow, so several times.
bool shares(const std::string& url, bool option) {
    const own_database own(url, {.max_connections = 1, .share_sync = option});
    std::set<std::string> times;
    for (std::size_t round = 1; round <= 20; ++round) {
        std::vector<wire::answer> answers;
        const one_tick tick(own.db.loop(), [&] {
            for (int i = 0; i < 2; ++i) {
                auto made = orm::make_intrusive<plain_statement>(own.db.loop(), when, access::read,
                                                                 std::vector<orm::sql::parameter>(), true);
                own.db.executor().submit(*made);
                answers.emplace_back(orm::intrusive_ptr<orm::lazy_state<std::string>>(made));
            }
        });
        read(own.db, "select 'the loop has run'").get();
        for (wire::answer& each : answers) times.insert(each.get());
        if (times.size() < 2 * round) return true;
    }
    return false;
}

std::string with_key(std::string url, const std::string& setting) {
    if (url.find("://") == std::string::npos) return url + " " + setting;
    return url + (url.find('?') == std::string::npos ? "?" : "&") + setting;
}

// `kept` is only read, `counted` is written, `runs` counts.
struct tables {
    tables() {
        exec_sql("set search_path = " + schema.name() +
                 "; create table kept (id int primary key, v int); insert into kept values (1, 10), (2, 20), "
                 "(3, 1), (4, 1);"
                 "create table counted (id int primary key, v int not null check (v < 1000));"
                 "create sequence runs; insert into counted values (1, 0), (2, 0)");
    }
    // From now on reads of the keys 3 and 4 fail; before that they were prepared and found to be quick.
    void spoil() const { exec_sql("update " + schema.name() + ".kept set v = -(id - 3) where id > 2"); }
    void reset() const {
        exec_sql("set search_path = " + schema.name() +
                 "; update counted set v = 0; alter sequence runs restart");
    }
    std::string counts(wire& to) const {
        return to.value("select v::text from counted order by id") + " " +
               to.value("select last_value::text || is_called from runs");
    }
    fresh_schema schema{};
};

const std::vector<sent> everything{
    plain("select v::text from kept where id = 1"),
    plain("select v::text from kept where id = 2"),
    plain(divides),
    plain("select sqrt(v)::text from kept where id = 4"),
    {"select count(*)::text from kept"},
    {"select (1 / (count(*) - 4))::text from kept"},
    {"update counted set v = v + 1 where id = 1 returning v::text", access::write},
    {"update counted set v = v + nextval('runs') where id = 2 returning v::text", access::write},
    {"insert into counted values (1, nextval('runs')) returning v::text", access::write},
};

}  // namespace

TEST_SUITE("shared Sync on a server") {
    TEST_CASE("plain reads of one tick share a transaction, not without the option, nor do others") {
        for (const bool share : {true, false}) {
            wire to(database_url(), {.share_sync = share, .quick = 1h});
            warm_up(to, {plain(when), {when}});
            const auto reads = together(to, {plain(when), plain(when), {when}, plain(when), plain(when)});
            CHECK((reads[0] == reads[1]) == share);
            CHECK((reads[3] == reads[4]) == share);
            CHECK(std::set<std::string>{reads[0], reads[2], reads[4]}.size() == 3);
        }
    }

    TEST_CASE("an option of the database turns it off, and a key of the URL goes over it") {
        CHECK(shares(database_url(), true));
        CHECK_FALSE(shares(database_url(), false));
        CHECK(shares(with_key(database_url(), "share_sync=on"), false));
        CHECK_FALSE(shares(with_key(database_url(), "share_sync=off"), true));
    }

    TEST_CASE("what was sent outside of the loop left at once, alone") {
        wire to(database_url(), sharing);
        warm_up(to, {plain(when)});
        auto first = to.send(when, access::read, {}, true);
        auto second = to.send(when, access::read, {}, true);
        CHECK(first.get() != second.get());
    }

    TEST_CASE("rule 8: only in a session whose default is READ COMMITTED") {
        for (const std::string level : {"repeatable\\ read", "serializable", "read\\ committed"}) {
            ::setenv("PGOPTIONS", ("-cdefault_transaction_isolation=" + level).c_str(), 1);
            wire to(database_url(), sharing);
            ::unsetenv("PGOPTIONS");
            warm_up(to, {plain(when)});
            const auto reads = together(to, {plain(when), plain(when)});
            CHECK((reads[0] == reads[1]) == (to.value("show transaction_isolation") == "read committed"));
        }
    }

    TEST_CASE("rule 8: raw SQL that changed the session ends sharing until the session is reset") {
        wire to(database_url(), sharing);
        warm_up(to, {plain(when)});
        to.send("set default_transaction_isolation = 'serializable'", access::raw).get();
        auto reads = together(to, {plain(when), plain(when)});
        CHECK(reads[0] != reads[1]);
        to.control(control_kind::discard, "DISCARD ALL").get();
        warm_up(to, {plain(when)});
        reads = together(to, {plain(when), plain(when)});
        CHECK(reads[0] == reads[1]);
    }

    TEST_CASE("rule 9: a good read behind a failing one is sent again, by itself, and answers") {
        const tables data;
        wire to(data.schema.url(), sharing);
        warm_up(to, {plain(when), plain(divides)});
        data.spoil();
        const auto reads = together(to, {plain(when), plain(divides), plain(when), plain(when)});
        CHECK(reads[1] == "error 22012");
        CHECK(std::set<std::string>{reads[0], reads[2], reads[3]}.size() == 3);
        CHECK_FALSE(reads[2].starts_with("error"));
        CHECK_FALSE(reads[3].starts_with("error"));
    }

    TEST_CASE("a write has its own transaction between reads, and is run once though it fails") {
        const tables data;
        wire to(data.schema.url(), sharing);
        const sent write{"update counted set v = nextval('runs') where id = 1 returning now()::text",
                         access::write, true};
        const sent fails{"update counted set v = 1000 + nextval('runs') where id = 1", access::write, true};
        warm_up(to, {plain(when), plain(divides), write, fails});
        data.spoil();
        data.reset();
        const auto all = together(to, {plain(when), write, write, plain(divides), plain(when), fails, write});
        CHECK(std::set<std::string>{all[0], all[1], all[2], all[4], all[6]}.size() == 5);
        CHECK(all[3] == "error 22012");
        CHECK(all[5] == "error 23514");
        CHECK(data.counts(to) == "4,0 4true");
    }

    TEST_CASE("any mix of failing and good reads and writes answers as one by one") {
        const tables data;
        wire to(data.schema.url(), sharing);
        warm_up(to, everything);
        data.spoil();
        std::mt19937 random(20'260);
        for (int round = 0; round < 300; ++round) {
            std::vector<sent> all;
            for (auto left = 1 + random() % 24; left > 0; --left)
                // Mostly plain reads, so that there are groups; of these half fail.
                all.push_back(everything[random() % (random() % 4 > 0 ? 4 : everything.size())]);
            data.reset();
            const auto expected = one_by_one(to, all);
            const std::string counts = data.counts(to);
            data.reset();
            const auto got = together(to, all);
            INFO("round ", round);
            REQUIRE(joined(got) == joined(expected));
            REQUIRE(data.counts(to) == counts);
        }
        CHECK(to.link->idle());
    }

    TEST_CASE("rule 9: statements that vanished are prepared again for a whole group") {
        const fresh_schema schema;
        exec_sql("create function " + schema.name() +
                 ".forget() returns text language plpgsql as "
                 "$$ begin execute 'deallocate all'; return 'forgotten'; end $$");
        wire to(schema.url(), sharing);
        const std::vector<sent> group{plain("select 'a'"), plain("select 'b'"), plain("select 'a'")};
        const std::string good = "a;b;a;";
        warm_up(to, group);
        CHECK(to.value("select forget()") == "forgotten");
        CHECK(joined(together(to, group)) == good);
        to.send("discard all", access::raw).get();
        CHECK(joined(together(to, group)) == good);
    }

    TEST_CASE("rule 9: a result type that changed is prepared again for a whole group") {
        const tables data;
        wire to(data.schema.url(), sharing);
        const std::vector<sent> group{plain("select 'x'"), plain("select v from kept where id = 1"),
                                      plain("select v from kept where id = 1"), plain("select 'x'")};
        warm_up(to, group);
        exec_sql("alter table " + data.schema.name() + ".kept alter v type text");
        CHECK(joined(together(to, group)) == "x;10;10;x;");
    }

    TEST_CASE("rule 9: a deadlock that needs two reads of the group is no error of theirs") {
        const tables data;
        wire to(data.schema.url(), sharing);
        const std::vector<sent> group{plain("select v::text from kept where id = 1"),
                                      plain("select v::text from counted where id = 1")};
        warm_up(to, group);
        plain_connection other(data.schema.url());
        other.exec("set deadlock_timeout = '1min'; begin; lock table counted");
        std::thread locks([&] {
            while (sql_value("select count(*) from pg_locks where not granted") == "0")
                std::this_thread::sleep_for(5ms);
            other.exec("lock table kept");
            other.exec("commit");
        });
        const auto reads = together(to, group);
        locks.join();
        CHECK(joined(reads) == "10;0;");
    }
}

}  // namespace test
