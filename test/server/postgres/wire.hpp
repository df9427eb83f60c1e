// One connection of the driver, without pool or queries: what tests of the pipeline on a real server speak
// to.
#pragma once

#include "../support.hpp"
#include "postgres/connection.hpp"
#include "postgres/control.hpp"

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <doctest/doctest.h>

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace test {

using orm::postgres::access;
using orm::postgres::control_kind;

// One statement; its result is the first column as text, rows joined by commas.
class plain_statement final : public orm::lazy_state<std::string>, public orm::postgres::operation {
public:
    plain_statement(orm::event_loop& loop, std::string text, access kind,
                    std::vector<orm::sql::parameter> parameters, bool may_share = false)
        : lazy_state(loop),
          text_(std::move(text)),
          access_(kind),
          parameters_(std::move(parameters)),
          may_share_(may_share) {}

    orm::postgres::request request() const noexcept override {
        return {text_, parameters_, access_, may_share_};
    }
    void on_result(const orm::postgres::result_view& result) override {
        std::string all;
        for (int r = 0; result.columns() > 0 && r < result.rows(); ++r)
            all.append(r > 0 ? "," : "").append(result.at(r, 0).bytes());
        succeed(std::move(all));
    }
    void on_error(std::exception_ptr why) noexcept override { fail(std::move(why)); }
    orm::operation_state& state() noexcept override { return *this; }

private:
    std::string text_;
    access access_;
    std::vector<orm::sql::parameter> parameters_;
    bool may_share_;
};

class wire final : public orm::postgres::connection::listener {
public:
    using answer = orm::lazy<std::string>;

    explicit wire(const std::string& url = database_url(), orm::postgres::connection_options options = {})
        : link(orm::make_intrusive<orm::postgres::connection>(
              loop, orm::postgres::pg_handle(PQconnectdb(url.c_str())), options, *this)) {}
    ~wire() { link->forget_listener(); }

    answer send(std::string text, access kind = access::read,
                std::vector<orm::sql::parameter> parameters = {}, bool may_share = false) {
        last = orm::make_intrusive<plain_statement>(loop, std::move(text), kind, std::move(parameters),
                                                    may_share);
        link->submit(*last);
        return answer(orm::intrusive_ptr<orm::lazy_state<std::string>>(last));
    }
    orm::lazy<void> control(control_kind kind, std::string text) {
        auto made = orm::make_intrusive<orm::postgres::control_operation>(loop, kind, std::move(text));
        link->control(*made);
        return orm::lazy<void>(orm::intrusive_ptr<orm::lazy_state<void>>(made));
    }
    std::string value(std::string text) { return send(std::move(text)).get(); }

    void on_progress(orm::postgres::connection&) noexcept override { ++progress; }
    void on_closed(orm::postgres::connection&, std::exception_ptr) noexcept override { ++closed; }

    orm::event_loop loop{};
    orm::intrusive_ptr<orm::postgres::connection> link;
    orm::intrusive_ptr<plain_statement> last{};
    int progress = 0;
    int closed = 0;
};

}  // namespace test
