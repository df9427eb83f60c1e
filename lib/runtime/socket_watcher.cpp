#include "loop_internals.hpp"

#include <asynchrormous/runtime/socket_watcher.hpp>

#include <unistd.h>

#include <utility>

namespace orm::inline v0 {

struct socket_watcher::handle {
    uv_poll_t poll{};  // first: libuv hands it back as the handle
    event_loop* loop = nullptr;
    int descriptor = -1;
    int armed = 0;
    bool abandoned = false;
    bool calling = false;
    callback<socket_events> changed{};

    static handle& of(uv_poll_t* raw) { return *static_cast<handle*>(raw->data); }
    void report(int status, int events) {
        const tick scope(*loop);
        calling = true;
        changed({(events & UV_READABLE) != 0, (events & UV_WRITABLE) != 0, -status});
        calling = false;
        if (abandoned) close();
    }
    void close() {
        uv_close(reinterpret_cast<uv_handle_t*>(&poll), [](uv_handle_t* closed) {
            handle& self = of(reinterpret_cast<uv_poll_t*>(closed));
            ::close(self.descriptor);
            delete &self;
        });
    }
};

socket_watcher::socket_watcher(event_loop& loop, int descriptor, callback<socket_events> changed)
    : handle_(new handle) {
    handle_->loop = &loop;
    handle_->descriptor = descriptor;
    handle_->changed = std::move(changed);
    handle_->poll.data = handle_;
    if (const int status = uv_poll_init(uv_of(loop), &handle_->poll, descriptor); status < 0) {
        ::close(descriptor);
        delete handle_;
        check_uv(status, "watching a socket");
    }
}

// Inside its own callback the handle lives on until that returns: the callable is running.
socket_watcher::~socket_watcher() {
    uv_poll_stop(&handle_->poll);
    handle_->abandoned = true;
    if (!handle_->calling) handle_->close();
}

void socket_watcher::arm(bool read, bool write) noexcept {
    const int wanted = (read ? UV_READABLE : 0) | (write ? UV_WRITABLE : 0);
    if (wanted == handle_->armed) return;
    handle_->armed = wanted;
    if (wanted == 0) {
        uv_poll_stop(&handle_->poll);
        return;
    }
    uv_poll_start(&handle_->poll, wanted,
                  [](uv_poll_t* raw, int status, int events) { handle::of(raw).report(status, events); });
}

}  // namespace orm::inline v0
