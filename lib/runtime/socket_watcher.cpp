#include "loop_internals.hpp"

#include <asynchrormous/runtime/socket_watcher.hpp>

#include <unistd.h>

#include <memory>
#include <utility>

namespace orm::inline v0 {

// Ends with its watcher or with the loop, whichever comes first. While its callable runs it only notes that.
struct socket_watcher::handle final : uv_poll_t, shutdown_listener {
    handle(event_loop& of, socket_watcher& by, int socket, callback<socket_events> call)
        : shutdown_listener(of), home(of), owner(&by), descriptor(socket), changed(std::move(call)) {}

    void report(int status, int events) noexcept {
        const tick scope(home);
        if (status < 0) armed = 0;  // libuv has stopped watching
        calling = true;
        changed({(events & UV_READABLE) != 0, (events & UV_WRITABLE) != 0, -status});
        calling = false;
        if (!owner) close();
    }
    void end() noexcept {
        owner = nullptr;
        uv_poll_stop(this);
        if (!calling) close();
    }
    void close() noexcept {
        const callback<socket_events> dropped = std::move(changed);
        uv_close(reinterpret_cast<uv_handle_t*>(static_cast<uv_poll_t*>(this)), [](uv_handle_t* closed) {
            auto* self = static_cast<handle*>(reinterpret_cast<uv_poll_t*>(closed));
            ::close(self->descriptor);
            delete self;
        });
    }
    void on_loop_shutdown() noexcept override {
        if (!owner) return;
        owner->handle_ = nullptr;
        end();
    }

    event_loop& home;
    socket_watcher* owner;  // null: ending
    int descriptor;
    int armed = 0;
    bool calling = false;
    callback<socket_events> changed;
};

socket_watcher::socket_watcher(event_loop& loop, int descriptor, callback<socket_events> changed) try
    : handle_(nullptr) {
    auto made = std::make_unique<handle>(loop, *this, descriptor, std::move(changed));
    check_uv(uv_poll_init(uv_of(loop), made.get(), descriptor), "watching a socket");
    handle_ = made.release();
} catch (...) {
    ::close(descriptor);
    throw;
}

socket_watcher::~socket_watcher() {
    if (handle_) handle_->end();
}

void socket_watcher::arm(bool read, bool write) noexcept {
    const int wanted = (read ? UV_READABLE : 0) | (write ? UV_WRITABLE : 0);
    if (!handle_ || wanted == handle_->armed) return;
    handle_->armed = wanted;
    if (wanted == 0) {
        uv_poll_stop(handle_);
        return;
    }
    uv_poll_start(handle_, wanted, [](uv_poll_t* raw, int status, int events) noexcept {
        static_cast<handle*>(raw)->report(status, events);
    });
}

}  // namespace orm::inline v0
