#include "postgres/transaction_machine.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

namespace {

using namespace orm;
using machine = postgres::transaction_machine;
using step = machine::step;
using kind = postgres::control_kind;

// The machine never looks into a statement.
struct blank final : postgres::operation {
    postgres::request request() const noexcept override { return {}; }
    void on_result(const postgres::result_view&) override {}
    void on_error(std::exception_ptr) noexcept override {}
    operation_state& state() noexcept override { std::abort(); }
};

postgres::operation& statement(int number) {
    static blank all[16];
    return all[number];
}

std::exception_ptr failure(const char* text) { return std::make_exception_ptr(database_error(text)); }

std::string text_of(const std::exception_ptr& what) {
    try {
        std::rethrow_exception(what);
    } catch (const std::exception& known) {
        return known.what();
    }
}

struct script {
    intrusive_ptr<machine::level> root = make_intrusive<machine::level>();
    machine transaction{root};

    void acquire() {
        CHECK(transaction.next().step == step::acquire);
        CHECK(transaction.next().step == step::none);
        transaction.acquired();
    }
    // One word an action: 1, savepoint, commit, fail 1, ...
    std::string run() {
        std::string words;
        for (auto next = transaction.next(); next.step != step::none; next = transaction.next()) {
            if (!words.empty()) words += ' ';
            words += word(next);
        }
        return words;
    }
    static std::string word(const machine::action& next) {
        switch (next.step) {
            case step::none:
                return "";
            case step::acquire:
                return "acquire";
            case step::send:
                return number(next);
            case step::control:
                return control(next.control);
            case step::fail:
                return "!" + number(next);
            case step::finish:
                return next.cause ? "finished-badly" : "finished";
            case step::give_back:
                return "give-back";
        }
        return "?";
    }
    static std::string number(const machine::action& next) {
        for (int i = 0; i < 16; ++i) {
            if (next.statement == &statement(i)) return std::to_string(i);
        }
        return "?";
    }
    static std::string control(kind what) {
        switch (what) {
            case kind::savepoint:
                return "savepoint";
            case kind::release:
                return "release";
            case kind::rollback_to:
                return "rollback-to";
            case kind::commit:
                return "commit";
            case kind::rollback:
                return "rollback";
            default:
                return "?";
        }
    }
    intrusive_ptr<machine::level> nest(machine::level& parent) {
        auto child = make_intrusive<machine::level>();
        REQUIRE(transaction.begin_nested(parent, child));
        return child;
    }
};

}  // namespace

TEST_CASE("an empty transaction sends nothing and takes no connection, nested ones included") {
    script s;
    auto child = s.nest(*s.root);
    CHECK(s.run() == "");
    s.transaction.commit(*child);
    CHECK(s.run() == "finished");
    s.transaction.commit(*s.root);
    CHECK(s.run() == "finished give-back");
}

TEST_CASE("statements go out in order and COMMIT behind them") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    s.transaction.submit(*s.root, statement(2));
    CHECK(s.run() == "1 2");
    s.transaction.commit(*s.root);
    CHECK(s.run() == "commit");
    s.transaction.answered(kind::commit, *s.root, nullptr);
    CHECK(s.run() == "finished give-back");
    CHECK_FALSE(s.transaction.submit(*s.root, statement(3)));
}

TEST_CASE("while a nested level is open only its statements run, the others wait in order") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    auto first = s.nest(*s.root);
    auto second = s.nest(*s.root);
    s.transaction.submit(*s.root, statement(2));
    s.transaction.submit(*second, statement(3));
    s.transaction.submit(*first, statement(4));
    CHECK(s.run() == "1 savepoint 4");
    s.transaction.answered(kind::savepoint, *first, nullptr);
    s.transaction.submit(*first, statement(5));
    CHECK(s.run() == "5");
    s.transaction.commit(*first);
    CHECK(s.run() == "release");
    s.transaction.answered(kind::release, *first, nullptr);
    CHECK(s.run() == "finished savepoint 3");
    s.transaction.answered(kind::savepoint, *second, nullptr);
    s.transaction.rollback(*second);
    CHECK(s.run() == "rollback-to");
    s.transaction.answered(kind::rollback_to, *second, nullptr);
    CHECK(s.run() == "finished 2");
}

TEST_CASE("an error marks its level: what follows fails without being sent until the level is rolled back") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    auto child = s.nest(*s.root);
    s.transaction.submit(*child, statement(2));
    CHECK(s.run() == "1 savepoint 2");
    s.transaction.answered(kind::savepoint, *child, nullptr);
    s.transaction.settled(*child, failure("the first error"));
    s.transaction.submit(*child, statement(3));
    const auto refused = s.transaction.next();
    CHECK(refused.step == step::fail);
    CHECK(text_of(refused.cause).find("the first error") != std::string::npos);
    s.transaction.rollback(*child);
    CHECK(s.run() == "rollback-to");
    s.transaction.answered(kind::rollback_to, *child, nullptr);
    s.transaction.submit(*s.root, statement(4));
    CHECK(s.run() == "finished 4");  // the level around it is sound
}

TEST_CASE("a level with an error cannot be committed: it is rolled back and says why") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    CHECK(s.run() == "1");
    s.transaction.settled(*s.root, failure("no such table"));
    s.transaction.commit(*s.root);
    CHECK(s.run() == "rollback");
    s.transaction.answered(kind::rollback, *s.root, nullptr);
    const auto end = s.transaction.next();
    CHECK(end.step == step::finish);
    CHECK(text_of(end.cause).find("no such table") != std::string::npos);
    CHECK(s.run() == "give-back");
}

TEST_CASE("a RELEASE that fails leads to ROLLBACK TO") {
    script s;
    auto child = s.nest(*s.root);
    s.transaction.submit(*child, statement(1));
    s.acquire();
    CHECK(s.run() == "savepoint 1");
    s.transaction.commit(*child);
    s.transaction.answered(kind::savepoint, *child, nullptr);
    CHECK(s.run() == "release");
    s.transaction.settled(*child, failure("duplicate"));
    s.transaction.answered(kind::release, *child, failure("aborted"));
    CHECK(s.run() == "rollback-to");
    s.transaction.answered(kind::rollback_to, *child, nullptr);
    const auto end = s.transaction.next();
    CHECK(text_of(end.cause).find("duplicate") != std::string::npos);
    CHECK_FALSE(s.root->failed());
}

TEST_CASE("a savepoint that was refused is not rolled back to") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    auto child = s.nest(*s.root);
    s.transaction.submit(*child, statement(2));
    CHECK(s.run() == "1 savepoint 2");
    s.transaction.settled(*s.root, failure("earlier"));
    s.transaction.answered(kind::savepoint, *child, failure("25P02"));
    s.transaction.settled(*child, failure("25P02"));
    s.transaction.rollback(*child);
    CHECK(s.run() == "finished");
    s.transaction.rollback(*s.root);
    CHECK(s.run() == "rollback");
}

TEST_CASE("rolling back a level ends the nested ones, whatever they had queued") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    auto child = s.nest(*s.root);
    auto grandchild = s.nest(*child);
    auto sibling = s.nest(*s.root);
    s.transaction.submit(*grandchild, statement(2));
    s.transaction.submit(*sibling, statement(3));
    CHECK(s.run() == "1 savepoint savepoint 2");
    s.transaction.submit(*child, statement(4));
    s.transaction.rollback(*s.root);
    CHECK_FALSE(grandchild->open());
    CHECK_FALSE(s.transaction.submit(*sibling, statement(5)));
    CHECK(s.run() == "finished-badly !4 finished-badly !3 finished-badly rollback");
    s.transaction.answered(kind::savepoint, *child, nullptr);
    s.transaction.answered(kind::savepoint, *grandchild, nullptr);
    s.transaction.answered(kind::rollback, *s.root, nullptr);
    CHECK(s.run() == "finished give-back");
}

TEST_CASE("committing around an open nested level is an error and rolls back") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    auto child = s.nest(*s.root);
    CHECK(s.run() == "1");
    s.transaction.commit(*s.root);
    CHECK(s.run() == "finished-badly rollback");
    s.transaction.answered(kind::rollback, *s.root, nullptr);
    const auto end = s.transaction.next();
    CHECK(text_of(end.cause).find("still open") != std::string::npos);
}

TEST_CASE("a connection that dies fails what was not sent, and rolling back has nothing left to do") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    CHECK(s.run() == "1");
    s.transaction.lost(failure("the connection died"));
    s.transaction.settled(*s.root, failure("the connection died"));
    s.transaction.submit(*s.root, statement(2));
    CHECK(s.run() == "!2");
    s.transaction.rollback(*s.root);
    CHECK(s.run() == "finished give-back");
}

TEST_CASE("without a connection statements fail with the reason itself") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    CHECK(s.transaction.next().step == step::acquire);
    s.transaction.lost(failure("no connection became free"));
    const auto refused = s.transaction.next();
    CHECK(refused.step == step::fail);
    CHECK(text_of(refused.cause) == "no connection became free");
    s.transaction.commit(*s.root);
    CHECK(s.run() == "finished-badly give-back");
}

TEST_CASE("a transaction given up while it waits for a connection sends nothing") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    CHECK(s.transaction.next().step == step::acquire);
    s.transaction.rollback(*s.root);
    CHECK(s.run() == "!1 finished give-back");
}

TEST_CASE("a statement that waits its turn can be taken back") {
    script s;
    auto child = s.nest(*s.root);
    s.transaction.submit(*s.root, statement(1));
    CHECK(s.run() == "");
    CHECK(s.transaction.remove(*s.root, statement(1)));
    CHECK_FALSE(s.transaction.remove(*s.root, statement(1)));
    s.transaction.commit(*child);
    CHECK(s.run() == "finished");
}

TEST_CASE("a level whose rollback is set ends in one without an error, and its statements still run") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    CHECK(s.run() == "1");
    s.transaction.set_rollback(*s.root, true);
    CHECK(s.root->rollback_set());
    s.transaction.submit(*s.root, statement(2));
    CHECK(s.run() == "2");
    s.transaction.commit(*s.root);
    CHECK(s.run() == "rollback");
    s.transaction.answered(kind::rollback, *s.root, nullptr);
    const auto end = s.transaction.next();
    CHECK(end.step == step::finish);
    CHECK(end.cause == nullptr);
    CHECK_FALSE(end.kept);
}

TEST_CASE("only what was committed is kept") {
    script s;
    s.transaction.submit(*s.root, statement(1));
    s.acquire();
    CHECK(s.run() == "1");
    auto inside = s.nest(*s.root);
    s.transaction.settled(*inside, failure("told from outside"));  // as atomic() without a savepoint does
    s.transaction.submit(*inside, statement(2));
    CHECK(s.run() == "!2");
    s.transaction.rollback(*inside);
    auto end = s.transaction.next();  // nothing of it was sent
    CHECK(end.step == step::finish);
    CHECK_FALSE(end.kept);
    s.transaction.commit(*s.root);
    CHECK(s.run() == "commit");
    s.transaction.answered(kind::commit, *s.root, nullptr);
    end = s.transaction.next();
    CHECK(end.step == step::finish);
    CHECK(end.kept);
}
