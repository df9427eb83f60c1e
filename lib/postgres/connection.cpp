#include "connection.hpp"

#include "error_text.hpp"
#include "libpq_extras.hpp"
#include "result_event.hpp"

#include <asynchrormous/runtime/operation_state.hpp>

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <random>
#include <utility>

namespace orm::inline v0::postgres {
namespace {

constexpr int binary = 1;

machine_options with_nonce(const connection_options& options) {
    std::random_device random;
    const std::uint64_t high = random();
    return {.statement_cache_size = options.statement_cache_size,
            .prepare = options.prepare,
            .max_in_flight = options.max_in_flight,
            .max_bytes_in_flight = options.max_bytes_in_flight,
            .nonce = (high << 32U) | random(),
            .share_sync = options.share_sync,
            .quick = static_cast<std::uint64_t>(options.quick.count())};
}

std::string text_of_libpq(const PGconn* connection) {
    std::string text = PQerrorMessage(connection);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text.empty() ? "the server closed it" : text;
}

// The watcher owns its descriptor: libpq may close its own in the middle of a call.
int duplicate(int socket) {
    const int copy = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        throw operational_error(std::string("cannot watch the connection's socket: ") + std::strerror(errno));
    return copy;
}

std::uint64_t in_ns(std::chrono::steady_clock::time_point time) noexcept {
    return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

void enter_pipeline_mode(PGconn* connection) {
    PQsetnonblocking(connection, 1);
    if (PQpipelineStatus(connection) == PQ_PIPELINE_OFF && !PQenterPipelineMode(connection))
        throw operational_error("cannot enter pipeline mode: " + text_of_libpq(connection));
}

}  // namespace

connection::connection(event_loop& loop, pg_handle connected, const connection_options& options,
                       listener& owner)
    : loop_(loop),
      connection_(std::move(connected)),
      listener_(&owner),
      machine_(with_nonce(options)),
      audience_(options.audience),
      position_{.server_process = PQbackendPID(connection_.get())} {
    enter_pipeline_mode(connection_.get());
    notices_.attach(connection_.get());
    watcher_ = std::make_unique<socket_watcher>(loop_, duplicate(PQsocket(connection_.get())),
                                                [this](const socket_events& ready) { on_socket(ready); });
    watcher_->arm(true, false);
}

connection::~connection() {
    loop_.forget(*this);
    listener_ = nullptr;
    close(std::make_exception_ptr(operational_error("its owner has gone")));
}

void connection::submit(operation& statement) noexcept {
    statement.state().add_ref();
    statement_watch::acquired(statement, audience_);
    machine_.submit(statement);
    if (!loop_.inside()) settle();
    // libpq may hold answers already that no readiness will announce: they are read from the loop.
    loop_.defer(*this);
}

withdrawal connection::withdraw(operation& statement) noexcept {
    const withdrawal how = machine_.withdraw(statement);
    if (!how.known) return how;
    statement_watch::abandoned(statement);
    statement.state().release();
    return how;
}

void connection::cancel_returned() noexcept {
    machine_.cancel_returned();
    loop_.defer(*this);
}

bool connection::idle() const noexcept {
    return alive() && drained() && PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

void connection::run_deferred() noexcept {
    const intrusive_ptr<connection> self(this);
    settle();
    if (alive() && read_results()) settle();
    report();
}

void connection::on_socket(const socket_events&) noexcept {
    const intrusive_ptr<connection> self(this);
    consume();
    read_results();
    read_notifications();
    settle();
    report();
}

// Sends what may be sent, ends the segment of this tick, and sends what may follow.
void connection::settle() noexcept {
    if (pumping_) return;
    machine_.set_time(in_ns(std::chrono::steady_clock::now()));
    pump();
    if (machine_.end_of_tick()) pump();
    if (alive()) flush();
}

void connection::pump() noexcept {
    pumping_ = true;
    while (!alive() || (!broken() && !close_reason_)) {
        machine_action action = machine_.next();
        if (action.step == machine_step::idle) break;
        perform(action);
    }
    pumping_ = false;
}

void connection::perform(machine_action& action) noexcept {
    switch (action.step) {
        case machine_step::complete:
        case machine_step::fail:
            return deliver(action);
        case machine_step::close:
            close_reason_ = std::move(action.error);
            return;
        default:
            break;
    }
    if (!send(action)) return machine_.send_failed(text_of_libpq(connection_.get()), broken());
    if (action.step == machine_step::send_execute || action.step == machine_step::send_query)
        statement_watch::sent(action.op, action.request, position_, audience_);
    if (action.step == machine_step::send_sync) ++position_.sync;
}

void connection::deliver(machine_action& action) noexcept {
    progressed_ = true;
    operation& op = *action.op;
    if (action.error) {
        statement_watch::failed(op, action.error);
        op.on_error(std::move(action.error));
    } else {
        const result_view result(action.result.get());
        statement_watch::done(op, result);
        try {
            op.on_result(result);
        } catch (...) {
            op.on_error(std::current_exception());
        }
    }
    op.state().release();
}

bool connection::send(const machine_action& action) noexcept {
    PGconn* const to = connection_.get();
    switch (action.step) {
        case machine_step::send_prepare: {
            const prepared_statement& what = *action.statement;
            return PQsendPrepare(to, what.name.c_str(), what.text.c_str(), static_cast<int>(what.oids.size()),
                                 what.oids.data());
        }
        case machine_step::send_execute:
            bind(action.request.parameters);
            return PQsendQueryPrepared(to, action.statement->name.c_str(), static_cast<int>(values_.size()),
                                       values_.data(), lengths_.data(), formats_.data(), binary);
        case machine_step::send_query:
            return send_unnamed(action);
        case machine_step::send_close:
            return send_close(*action.statement);
        default:
            return extras().send_pipeline_sync ? extras().send_pipeline_sync(to) : PQpipelineSync(to);
    }
}

bool connection::send_unnamed(const machine_action& action) {
    bind(action.request.parameters);
    text_ = action.request.text;
    types_.clear();
    for (const sql::parameter& one : action.request.parameters)
        types_.push_back(sql::parameter_oid_of(one.type));
    return PQsendQueryParams(connection_.get(), text_.c_str(), static_cast<int>(values_.size()),
                             types_.data(), values_.data(), lengths_.data(), formats_.data(), binary);
}

bool connection::send_close(const prepared_statement& which) noexcept {
    if (extras().send_close_prepared)
        return extras().send_close_prepared(connection_.get(), which.name.c_str());
    text_ = "DEALLOCATE " + which.name;
    return PQsendQueryParams(connection_.get(), text_.c_str(), 0, nullptr, nullptr, nullptr, nullptr, binary);
}

void connection::bind(std::span<const sql::parameter> parameters) {
    const std::size_t count = parameters.size();
    values_.resize(count);
    lengths_.resize(count);
    formats_.assign(count, binary);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& bytes = parameters[i].bytes;
        values_[i] = bytes ? bytes->data() : nullptr;
        lengths_[i] = bytes ? static_cast<int>(bytes->size()) : 0;
    }
}

void connection::consume() noexcept {
    PGconn* const from = connection_.get();
    if (!from || !PQconsumeInput(from)) return;
    // Older libpq leaves decrypted bytes in OpenSSL, of which the socket knows nothing.
    if (void* const tls = PQsslStruct(from, "OpenSSL"); tls && extras().ssl_pending)
        while (extras().ssl_pending(tls) > 0 && PQconsumeInput(from)) continue;
}

void connection::read_notifications() noexcept {
    PGconn* const from = connection_.get();
    while (PGnotify* const told = from ? PQnotifies(from) : nullptr) {
        if (listener_) listener_->on_notification({told->relname, told->extra, told->be_pid});
        PQfreemem(told);
    }
}

// A NULL stands between the answers of two statements; two in a row mean that there is nothing more. On a
// dead connection PQisBusy says nothing of use and PQgetResult does not block.
// Returns: whether there was one.
bool connection::read_results() noexcept {
    const auto time = std::chrono::steady_clock::now();
    machine_.set_time(in_ns(time));
    PGconn* const from = connection_.get();
    bool null_before = false;
    bool found = false;
    while (from && machine_.expects_answer() && (broken() || !PQisBusy(from))) {
        PGresult* const result = PQgetResult(from);
        if (!result && null_before) break;
        null_before = !result;
        if (!result) continue;
        progressed_ = found = true;
        operation* const whose = nobody_observes() ? nullptr : machine_.answering();
        machine_.on_event(std::move(result_event(from, result, machine_.wants_value()).event));
        if (whose) statement_watch::answered(*whose, time, std::exchange(last_answer_, time));
    }
    if (found) ++position_.round_trip;
    return found;
}

// While the server does not take what we send, it may wait for us to read: interest in both.
void connection::flush() noexcept { watcher_->arm(true, PQflush(connection_.get()) == 1); }

void connection::report() noexcept {
    if (alive() && !close_reason_ && (broken() || PQsocket(connection_.get()) < 0)) close_reason_ = reason();
    notices_.flush();
    if (close_reason_) return close(close_reason_);
    if (!std::exchange(progressed_, false) || !listener_) return;
    listener_->on_progress(*this);
}

void connection::hand_back_unsent() noexcept {
    if (!listener_) return;
    while (operation* const unsent = machine_.take_unsent()) {
        if (!listener_->on_unsent(*this, *unsent)) return machine_.put_back(*unsent);
    }
}

// One reading takes the goodbye, the next one finds the end of the stream.
void connection::catch_up() noexcept {
    const intrusive_ptr<connection> self(this);
    char peeked = 0;
    for (int rounds = 0; rounds < 8 && alive(); ++rounds) {
        const auto got = ::recv(PQsocket(connection_.get()), &peeked, 1, MSG_PEEK | MSG_DONTWAIT);
        if (got < 0) return;
        on_socket({});
    }
}

std::exception_ptr connection::reason() const {
    return std::make_exception_ptr(
        operational_error("the connection was lost: " + text_of_libpq(connection_.get())));
}

void connection::close(std::exception_ptr why) noexcept {
    if (!alive()) return;
    machine_.on_lost(broken() ? text_of_libpq(connection_.get()) : text_of(why));
    watcher_.reset();
    connection_.reset();
    close_reason_ = nullptr;
    hand_back_unsent();
    pump();
    if (listener* const told = std::exchange(listener_, nullptr)) told->on_closed(*this, std::move(why));
}

}  // namespace orm::inline v0::postgres
