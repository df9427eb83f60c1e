// What event_loop keeps in libuv: the loop, and the handle through which other threads wake it.
#pragma once

#include "uv_error.hpp"

#include <asynchrormous/runtime/event_loop.hpp>

#include <uv.h>

#include <mutex>
#include <vector>

namespace orm::inline v0 {

struct event_loop::implementation {
    uv_loop_t own{};
    uv_loop_t* loop = nullptr;
    uv_async_t* wake = nullptr;   // closed last; freed by its close callback
    uv_timer_t* alarm = nullptr;  // the deadline of run_until
    bool borrowed = false;
    bool driving = false;  // inside run_until: uv_run is ours

    std::mutex guard{};
    std::vector<callback<>> posted{};  // under guard
};

// Closes a handle that libuv still refers to; it is freed when libuv is done with it.
template <class Raw, class Handle>
void close_and_delete(Handle* handle) noexcept {
    uv_close(reinterpret_cast<uv_handle_t*>(static_cast<Raw*>(handle)),
             [](uv_handle_t* closed) { delete static_cast<Handle*>(reinterpret_cast<Raw*>(closed)); });
}

inline uv_loop_t* uv_of(event_loop& loop) noexcept { return loop.internals().loop; }

}  // namespace orm::inline v0
