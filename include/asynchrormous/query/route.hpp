// Where a query goes: the open transaction of the coroutine or block it is started in,
// else the database chosen by using_(), else the thread's default.
#pragma once

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/query/settings.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <optional>

namespace orm::inline v0 {

class transaction;

namespace query_detail {

class ORM_EXPORT route {
public:
    // Throws: connection errors when there is no database to go to.
    static route choose(const std::optional<database>& chosen);
    static route to(transaction& open);
    static route choose(const query_settings& settings);
    // What choose() would be told: the database that was chosen and counts here.
    static std::optional<database> chosen_by(const query_settings& settings);
    // For what needs no server: answered on the thread's loop.
    static route nowhere() noexcept { return {}; }

    // Requires: not nowhere.
    postgres::executor& executor() const noexcept { return *executor_; }
    event_loop& loop() const;
    // That it goes to; null: none.
    intrusive_ptr<transaction> open_transaction() const;

private:
    route() = default;
    route(postgres::executor& executor, intrusive_ptr<ref_counted> owner)
        : executor_(&executor), owner_(std::move(owner)) {}

    postgres::executor* executor_ = nullptr;
    intrusive_ptr<ref_counted> owner_{};  // keeps the executor alive for as long as the operation
};

}  // namespace query_detail

}  // namespace orm::inline v0
