// Watches one socket for readability and writability. It owns the descriptor it is given (a dup of libpq's,
// which libpq may close under our feet) and closes it when libuv is done with it.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/callback.hpp>

namespace orm::inline v0 {

class event_loop;

struct socket_events {
    bool readable = false;
    bool writable = false;
    int error = 0;  // an errno value, 0: none
};

class ORM_EXPORT socket_watcher {
public:
    // Throws: error when libuv refuses the descriptor, loop_closed; the descriptor is closed then.
    socket_watcher(event_loop& loop, int descriptor, callback<socket_events> changed);
    ~socket_watcher();
    socket_watcher(const socket_watcher&) = delete;
    socket_watcher& operator=(const socket_watcher&) = delete;

    // Costs a system call only when the interest changes. `changed` may destroy the watcher; what it throws
    // ends the program. After an error the watcher is disarmed.
    void arm(bool read, bool write) noexcept;

private:
    struct handle;
    handle* handle_;
};

}  // namespace orm::inline v0
