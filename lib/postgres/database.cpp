#include "database_registry.hpp"
#include "pool.hpp"

#include <asynchrormous/postgres/database.hpp>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>
#include <vector>

namespace orm::inline v0 {
namespace postgres {
namespace {

struct registry {
    intrusive_ptr<database_state> standard{};
    std::vector<intrusive_ptr<database_state>> aliased{};
};

registry& this_thread() {
    thread_local registry known;
    return known;
}

}  // namespace

database_state::database_state(intrusive_ptr<postgres::pool> where, std::string alias) noexcept
    : pool_(std::move(where)), alias_(std::move(alias)) {}

database_state::~database_state() { pool_->close({}, false); }

void remember_database(intrusive_ptr<database_state> state) {
    auto& known = this_thread();
    if (!state->alias().empty()) known.aliased.push_back(state);
    if (!known.standard) known.standard = std::move(state);
}

void forget_database(const pool& which) noexcept {
    auto& known = this_thread();
    std::vector<intrusive_ptr<database_state>> dropped;  // whose destructor comes back here
    if (known.standard && &known.standard->pool() == &which)
        dropped.push_back(std::exchange(known.standard, {}));
    const auto left = std::partition(known.aliased.begin(), known.aliased.end(),
                                     [&](const auto& one) { return &one->pool() != &which; });
    std::move(left, known.aliased.end(), std::back_inserter(dropped));
    known.aliased.erase(left, known.aliased.end());
}

}  // namespace postgres

namespace {

using state_ptr = intrusive_ptr<postgres::database_state>;

state_ptr make_state(std::string_view conninfo, const connect_options& options) {
    auto pool =
        make_intrusive<postgres::pool>(event_loop::current(), postgres::read_conninfo(conninfo), options);
    return make_intrusive<postgres::database_state>(std::move(pool), options.alias);
}

}  // namespace

database::database(state_ptr state) noexcept : state_(std::move(state)) {}
database::database(const database&) noexcept = default;
database::database(database&&) noexcept = default;
database& database::operator=(database other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}
database::~database() = default;

database database::current() {
    auto& known = postgres::this_thread();
    if (known.standard) return database(known.standard);
    const char* const url = std::getenv("DATABASE_URL");
    if (!url || !*url) {
        connect_error error(
            "this thread has no database: connect first, `orm::database db = "
            "orm::connect(\"postgresql://user@host/database\");`, or set DATABASE_URL");
        error.mark_permanent();
        throw error;
    }
    auto state = make_state(url, {});
    state->pool().open();
    postgres::remember_database(state);
    return database(std::move(state));
}

database database::named(std::string_view alias) {
    for (const auto& one : postgres::this_thread().aliased) {
        if (one->alias() == alias) return database(one);
    }
    connect_error error("no database of this thread has the alias \"" + std::string(alias) +
                        "\": connect it with orm::connect(url, {.alias = \"" + std::string(alias) + "\"})");
    error.mark_permanent();
    throw error;
}

void database::make_current() const { postgres::this_thread().standard = state_; }

postgres::executor& database::executor() const noexcept {
    if (auto* const diverted = diversion()) return *diverted;
    return state_->pool();
}
event_loop& database::loop() const noexcept { return state_->pool().loop(); }
intrusive_ptr<ref_counted> database::owner() const noexcept {
    if (auto* const diverted = diversion()) return intrusive_ptr<ref_counted>(diverted);
    return state_;
}
postgres::pool& database::pool() const noexcept { return state_->pool(); }
postgres::diversion* database::diversion() const noexcept { return state_->diverted.get(); }
void database::divert(intrusive_ptr<transaction> into) const {
    state_->diverted = into ? make_intrusive<postgres::diversion>(std::move(into)) : nullptr;
}
pool_statistics database::statistics() const noexcept { return state_->pool().statistics(); }

lazy<void> database::close() const {
    auto closed = make_intrusive<lazy_state<void>>(loop());
    state_->pool().close(closed, true);
    return lazy<void>(std::move(closed));
}

lazy<database> connect(std::string_view conninfo, const connect_options& options) {
    auto connected = make_intrusive<lazy_state<database>>(event_loop::current());
    try {
        auto state = make_state(conninfo, options);
        postgres::remember_database(state);
        auto& pool = state->pool();
        pool.open([connected, state](std::exception_ptr why) {
            if (why) return connected->fail(std::move(why));
            connected->succeed(database(state));
        });
    } catch (const connect_error&) {
        connected->fail(std::current_exception());
    }
    return lazy<database>(std::move(connected));
}

}  // namespace orm::inline v0
