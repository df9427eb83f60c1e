#include "connector.hpp"

#include "connect_text.hpp"

#include <asynchrormous/postgres/connect_error.hpp>

#include <libpq-fe.h>

#include <fcntl.h>

#include <new>
#include <utility>

namespace orm::inline v0::postgres {
namespace {

// Notices of the start-up (collation warnings and the like) would go to stderr; the hook gets those of
// sessions.
void ignore_notice(void*, const PGresult*) {}

class start_parameters {
public:
    start_parameters(const conninfo& info, const host_walk& walk) {
        for (const auto& [keyword, value] : info.settings) add(keyword.c_str(), value.c_str());
        add("host", walk.host().name.c_str());
        add("hostaddr", walk.address().c_str());
        add("port", walk.host().port.c_str());
        add("target_session_attrs", walk.target().c_str());
    }
    PGconn* start() {
        keywords_.push_back(nullptr);
        values_.push_back(nullptr);
        return PQconnectStartParams(keywords_.data(), values_.data(), 0);
    }

private:
    void add(const char* keyword, const char* value) {
        if (!*value) return;
        keywords_.push_back(keyword);
        values_.push_back(value);
    }

    std::vector<const char*> keywords_{};
    std::vector<const char*> values_{};
};

int duplicate(int fd) noexcept { return ::fcntl(fd, F_DUPFD_CLOEXEC, 0); }

}  // namespace

connector::connector(event_loop& loop, const conninfo& info, std::chrono::milliseconds timeout,
                     listener& owner, std::uint32_t seed)
    : loop_(loop),
      info_(info),
      timeout_(info.connect_timeout.count() > 0 ? info.connect_timeout : timeout),
      owner_(&owner),
      walk_(info, seed),
      timer_(loop) {}

void connector::start() noexcept {
    const intrusive_ptr<connector> self(this);
    advance();
}

void connector::abandon() noexcept {
    const intrusive_ptr<connector> self(this);
    owner_ = nullptr;
    lookup_.reset();
    release_attempt();
}

// Failures of an attempt are found in the middle of it; the walk goes on here, so that a long list of dead
// hosts does not become a deep stack.
void connector::advance() noexcept {
    if (std::exchange(busy_, true)) return;
    while (owner_ && !connection_ && !lookup_) {
        try {
            if (walk_.step() == walk_step::give_up) {
                give_up();
                break;
            }
            if (walk_.step() == walk_step::resolve) {
                look_up();
            } else {
                begin_attempt();
            }
        } catch (const std::exception& problem) {
            attempt_failed(problem.what(), {}, false);
        }
    }
    busy_ = false;
}

void connector::look_up() {
    timer_.start(timeout_, [this] { looked_up({}, "the name was not resolved in time"); });
    lookup_ = std::make_unique<resolver>(loop_, walk_.host().name, walk_.host().port,
                                         [this](std::vector<std::string> addresses, const std::string& why) {
                                             looked_up(std::move(addresses), why);
                                         });
}

void connector::looked_up(std::vector<std::string> addresses, const std::string& why) noexcept {
    const intrusive_ptr<connector> self(this);
    timer_.stop();
    lookup_.reset();
    if (!owner_) return;
    if (addresses.empty()) {
        failures_.push_back(describe(walk_.host()) + ": " + quote_untrusted(why));
        all_timed_out_ = false;
        walk_.not_resolved();
    } else {
        walk_.resolved(std::move(addresses));
    }
    advance();
}

void connector::begin_attempt() {
    connection_ = pg_handle(start_parameters(info_, walk_).start());
    if (!connection_) throw std::bad_alloc();
    PQsetNoticeReceiver(connection_.get(), &ignore_notice, nullptr);
    PQsetErrorVerbosity(connection_.get(),
                        PQERRORS_VERBOSE);  // the only way to the SQLSTATE of a refused login
    if (PQstatus(connection_.get()) == CONNECTION_BAD) return attempt_failed_in_libpq();
    timer_.start(timeout_, [this] { on_timeout(); });
    watch(false);
}

void connector::on_timeout() noexcept {
    const intrusive_ptr<connector> self(this);
    attempt_failed("no answer within " + std::to_string(timeout_.count()) + " ms", {}, false, true);
    advance();
}

// libpq may go to another socket at each step, even under the same number: a fresh duplicate is watched each
// time.
void connector::watch(bool reading) {
    const int fd = duplicate(PQsocket(connection_.get()));
    if (fd < 0) return attempt_failed("no file descriptor is left for the connection", {}, false);
    watcher_ = std::make_unique<socket_watcher>(loop_, fd, [this](socket_events) { on_socket(); });
    watcher_->arm(reading, !reading);
}

void connector::on_socket() noexcept {
    const intrusive_ptr<connector> self(this);
    if (!connection_) return;
    watcher_.reset();
    const auto want = PQconnectPoll(connection_.get());
    if (want == PGRES_POLLING_OK) {
        succeed();
    } else if (want == PGRES_POLLING_FAILED) {
        attempt_failed_in_libpq();
    } else {
        watch(want == PGRES_POLLING_READING);
    }
    advance();
}

void connector::succeed() {
    timer_.stop();
    watcher_.reset();
    PQsetErrorVerbosity(connection_.get(), PQERRORS_DEFAULT);
    if (PQsetnonblocking(connection_.get(), 1) != 0 || PQenterPipelineMode(connection_.get()) != 1) {
        return attempt_failed_in_libpq();
    }
    std::exchange(owner_, nullptr)->on_connected(*this, std::move(connection_));
}

void connector::attempt_failed_in_libpq() {
    const bool secured = walk_.host().local() || PQsslInUse(connection_.get());
    const auto refusal = read_refusal(PQerrorMessage(connection_.get()));
    const bool no_password = PQconnectionNeedsPassword(connection_.get()) != 0;
    std::string text = quote_untrusted(refusal.text, info_.find("password"));
    if (!secured && !refusal.sqlstate.empty()) text += " (said over an unencrypted connection)";
    attempt_failed(std::move(text), refusal.sqlstate, no_password);
}

void connector::attempt_failed(std::string why, std::string sqlstate, bool permanent, bool timed_out) {
    release_attempt();
    failures_.push_back(describe(walk_.host(), walk_.address()) + ": " + std::move(why));
    all_timed_out_ = all_timed_out_ && timed_out;
    connect_error verdict("", sqlstate);
    permanent_ = permanent || verdict.permanent();
    last_sqlstate_ = std::move(sqlstate);
    walk_.failed(permanent_);
}

void connector::release_attempt() noexcept {
    timer_.stop();
    watcher_.reset();
    connection_.reset();
}

void connector::give_up() noexcept {
    std::exchange(owner_, nullptr)->on_connect_failed(*this, verdict(), permanent_);
}

std::exception_ptr connector::verdict() const {
    constexpr std::size_t most_told = 6;
    std::string message = "cannot connect to database \"" + std::string(info_.find("dbname")) +
                          "\" as user \"" + std::string(info_.find("user")) + "\"";
    for (std::size_t i = 0; i < failures_.size() && i < most_told; ++i) {
        message += (i == 0 ? ": " : "; ") + failures_[i];
    }
    if (failures_.size() > most_told)
        message += "; and " + std::to_string(failures_.size() - most_told) + " more";
    if (all_timed_out_) return std::make_exception_ptr(timeout_error(message));
    connect_error error(message, last_sqlstate_);
    if (permanent_) error.mark_permanent();
    return std::make_exception_ptr(error);
}

}  // namespace orm::inline v0::postgres
