#include "../postgres/held_session.hpp"

#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/query/advisory_lock.hpp>
#include <asynchrormous/query/atomic_block.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/raw.hpp>

#include <string>
#include <utility>

namespace orm::inline v0 {

namespace {

using postgres::held_session;

sql::statement call(std::string name, const advisory_key& key, bool shared) {
    if (shared) name += "_shared";
    if (key.pair())
        return query_detail::raw_statement("SELECT " + name + "($1, $2)",
                                           static_cast<std::int32_t>(key.first()), key.second());
    return query_detail::raw_statement("SELECT " + name + "($1)", key.first());
}

bool yes(const postgres::result_view& result) {
    return postgres::read<bool>(result.at(0, 0), result.type_oid(0));
}

// The statement that takes the lock; its state is what the caller waits for.
template <class T>
class taking final : public lazy_state<T>, public postgres::operation {
public:
    taking(intrusive_ptr<held_session> session, sql::statement statement)
        : lazy_state<T>(session->loop()), session_(std::move(session)), statement_(std::move(statement)) {}

    postgres::request request() const noexcept override {
        return {statement_.text, statement_.parameters, postgres::access::write};
    }
    void on_result(const postgres::result_view& result) override {
        if (this->ready()) return;
        if constexpr (std::is_same_v<T, advisory_lock>) {
            this->succeed(advisory_lock(session_));
        } else if (yes(result)) {
            this->succeed(T(std::in_place, session_));
        } else {
            session_->close();
            this->succeed(std::nullopt);
        }
    }
    void on_error(std::exception_ptr why) noexcept override {
        session_->close();
        this->fail(std::move(why));
    }
    operation_state& state() noexcept override { return *this; }

private:
    void on_cancel() noexcept override { session_->cancel(*this); }

    intrusive_ptr<held_session> session_;
    sql::statement statement_;
};

template <class T>
lazy<T> take(const char* function, const advisory_key& key, const advisory_options& options) {
    const database where = options.using_ ? *options.using_ : database::current();
    auto session = make_intrusive<held_session>(intrusive_ptr<postgres::pool>(&where.pool()));
    auto taken = make_intrusive<taking<T>>(session, call(function, key, options.shared));
    session->open(*taken);
    return lazy<T>(std::move(taken));
}

query_detail::route transaction_of(const advisory_options& options) {
    if (auto* const open = query_detail::open_transaction(options.using_))
        return query_detail::route::to(*open);
    throw transaction_management_error(
        "an advisory lock of a transaction was asked for outside of one: put it into atomic(), or take one "
        "of the session with lock_session()");
}

struct nothing_to_read {
    void operator()(const postgres::result_view&, const sql::statement&) const {}
};
struct whether {
    bool operator()(const postgres::result_view& result, const sql::statement&) const { return yes(result); }
};

}  // namespace

advisory_lock::advisory_lock(intrusive_ptr<held_session> held) noexcept : held_(std::move(held)) {}
advisory_lock::advisory_lock(advisory_lock&& other) noexcept = default;
advisory_lock& advisory_lock::operator=(advisory_lock other) noexcept {
    std::swap(held_, other.held_);
    return *this;
}
advisory_lock::~advisory_lock() {
    if (held_) held_->close();
}

bool advisory_lock::held() const noexcept { return held_ && held_->alive(); }

lazy<void> advisory_lock::unlock() {
    auto done = make_intrusive<lazy_state<void>>(held_ ? held_->loop() : event_loop::current());
    if (const auto held = std::exchange(held_, nullptr)) {
        held->close([done](std::exception_ptr why) { why ? done->fail(std::move(why)) : done->succeed(); });
    } else {
        done->succeed();
    }
    return lazy<void>(std::move(done));
}

lazy<advisory_lock> lock_session(advisory_key key, const advisory_options& options) {
    return take<advisory_lock>("pg_advisory_lock", key, options);
}
lazy<std::optional<advisory_lock>> try_lock_session(advisory_key key, const advisory_options& options) {
    return take<std::optional<advisory_lock>>("pg_try_advisory_lock", key, options);
}

lazy<void> lock_transaction(advisory_key key, const advisory_options& options) {
    return query_detail::launch<void>(transaction_of(options),
                                      call("pg_advisory_xact_lock", key, options.shared),
                                      postgres::access::write, nothing_to_read());
}
lazy<bool> try_lock_transaction(advisory_key key, const advisory_options& options) {
    return query_detail::launch<bool>(transaction_of(options),
                                      call("pg_try_advisory_xact_lock", key, options.shared),
                                      postgres::access::write, whether());
}

}  // namespace orm::inline v0
