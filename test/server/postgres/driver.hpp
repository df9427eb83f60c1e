// The driver without models: statements as text, answers as the text of the first column.
#pragma once

#include "server/support.hpp"

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace test {

using namespace std::chrono_literals;

class text_statement final : public orm::lazy_state<std::string>, public orm::postgres::operation {
public:
    text_statement(orm::event_loop& loop, std::string sql, orm::postgres::access access,
                   orm::postgres::executor& where)
        : lazy_state(loop), sql_(std::move(sql)), access_(access), where_(where) {}

    orm::postgres::request request() const noexcept override { return {sql_, {}, access_}; }
    void on_result(const orm::postgres::result_view& result) override {
        const bool has_value = result.rows() > 0 && result.columns() > 0;
        succeed(std::string(has_value ? result.at(0, 0).bytes() : result.command_tag()));
    }
    void on_error(std::exception_ptr why) noexcept override { fail(std::move(why)); }
    orm::operation_state& state() noexcept override { return *this; }

private:
    void on_cancel() noexcept override { where_.cancel(*this); }

    std::string sql_;
    orm::postgres::access access_;
    orm::postgres::executor& where_;
};

using answer = orm::lazy<std::string>;

inline answer send(orm::postgres::executor& where, std::string sql, orm::postgres::access access) {
    auto state = orm::make_intrusive<text_statement>(where.loop(), std::move(sql), access, where);
    where.submit(*state);
    return answer(std::move(state));
}
inline answer read(orm::postgres::executor& where, std::string sql) {
    return send(where, std::move(sql), orm::postgres::access::read);
}
inline answer read(const orm::database& db, std::string sql) { return read(db.executor(), std::move(sql)); }
inline answer write(orm::postgres::executor& where, std::string sql) {
    return send(where, std::move(sql), orm::postgres::access::write);
}
inline answer write(const orm::database& db, std::string sql) { return write(db.executor(), std::move(sql)); }
inline answer raw(orm::postgres::executor& where, std::string sql) {
    return send(where, std::move(sql), orm::postgres::access::raw);
}
inline answer raw(const orm::database& db, std::string sql) { return raw(db.executor(), std::move(sql)); }

// Runs the loop until the condition holds. Returns: false when it does not within ten seconds.
template <class Condition>
bool eventually(orm::event_loop& loop, Condition holds) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        orm::make_intrusive<orm::lazy_state<void>>(loop)->wait_for(5ms);
    }
    return true;
}

template <class Lazy>
std::string error_of(Lazy&& what) {
    try {
        what.wait();
        what.state()->rethrow_if_failed();
    } catch (const std::exception& error) {
        return error.what();
    }
    return {};
}

inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// A database of the test's own, closed with it.
struct own_database {
    explicit own_database(const std::string& url = database_url(), const orm::connect_options& options = {})
        : db(orm::connect(url, options).get()) {}
    own_database(const own_database&) = delete;
    ~own_database() {
        try {
            db.close().wait();
        } catch (const orm::error&) {
        }
    }
    bool drained() const {
        const auto now = db.statistics();
        return now.owned == 0 && now.in_flight == 0 && now.waiting == 0;
    }
    orm::database db;
};

}  // namespace test
