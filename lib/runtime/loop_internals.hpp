// What event_loop keeps in libuv, and how the files beside it reach that.
#pragma once

#include "uv_error.hpp"

#include <asynchrormous/runtime/event_loop.hpp>

#include <uv.h>

#include <mutex>
#include <vector>

namespace orm::inline v0 {

struct event_loop::implementation {
    implementation(event_loop& of, uv_loop_t* lent);
    implementation(const implementation&) = delete;
    implementation& operator=(const implementation&) = delete;

    uv_loop_t own{};
    uv_loop_t* loop;
    uv_timer_t* alarm = nullptr;  // the deadline of run_until; freed by its close callback, as is `wake`
    bool borrowed;
    bool driving = false;  // uv_run was called by run_until
    bool late = false;     // the alarm rang

    std::mutex guard{};                // of what other threads touch:
    uv_async_t* wake = nullptr;        // null after the shutdown
    std::vector<callback<>> posted{};  // not run yet
};

// Closes a handle that libuv still refers to; it is freed when libuv is done with it.
template <class Raw, class Handle>
void close_and_delete(Handle* handle) noexcept {
    uv_close(reinterpret_cast<uv_handle_t*>(static_cast<Raw*>(handle)),
             [](uv_handle_t* closed) { delete static_cast<Handle*>(reinterpret_cast<Raw*>(closed)); });
}

inline uv_loop_t* uv_of(event_loop& loop) noexcept { return loop.internals().loop; }

}  // namespace orm::inline v0
