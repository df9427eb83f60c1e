#include "cancel_request.hpp"

#include <asynchrormous/runtime/worker.hpp>

#include <fcntl.h>

#include <array>
#include <exception>
#include <utility>

namespace orm::inline v0::postgres {

cancel_request::cancel_request(PGconn& connection) {
    if (extras().cancels_without_blocking()) {
        newer_.reset(extras().cancel_create(&connection));
    } else {
        older_.reset(PQgetCancel(&connection));
    }
}

void cancel_request::send(event_loop& loop, std::chrono::milliseconds longest, callback<> returned) {
    returned_ = std::move(returned);
    const intrusive_ptr<cancel_request> self(this);
    if (!newer_) {
        return run_on_worker(
            loop,
            [self] {
                std::array<char, 256> error{};
                if (self->older_) PQcancel(self->older_.get(), error.data(), static_cast<int>(error.size()));
            },
            [self] { self->finish(); });
    }
    limit_ = std::make_unique<timer>(loop);
    limit_->start(longest, [self] { self->finish(); });
    if (extras().cancel_start(newer_.get()) == 1) {
        watch(loop, false);
    } else {
        // Not from here: the caller expects an answer from the loop.
        limit_->start(std::chrono::milliseconds(0), [self] { self->finish(); });
    }
}

// A fresh duplicate each time, as in a connector: libpq may go to another socket at each step.
void cancel_request::watch(event_loop& loop, bool reading) noexcept {
    const int fd = ::fcntl(extras().cancel_socket(newer_.get()), F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return finish();
    try {
        watcher_ = std::make_unique<socket_watcher>(
            loop, fd,
            [self = intrusive_ptr<cancel_request>(this), &loop](socket_events) { self->go_on(loop); });
        watcher_->arm(reading, !reading);
    } catch (const std::exception&) {
        finish();
    }
}

void cancel_request::go_on(event_loop& loop) noexcept {
    const intrusive_ptr<cancel_request> self(this);
    watcher_.reset();
    const auto want = extras().cancel_poll(newer_.get());
    if (want == PGRES_POLLING_OK || want == PGRES_POLLING_FAILED) return finish();
    watch(loop, want == PGRES_POLLING_READING);
}

void cancel_request::finish() noexcept {
    const intrusive_ptr<cancel_request> self(this);
    watcher_.reset();
    limit_.reset();
    newer_.reset();
    callback<> tell = std::move(returned_);
    if (tell) tell();
}

}  // namespace orm::inline v0::postgres
