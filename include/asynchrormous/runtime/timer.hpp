// One timer of an event loop: fires once, after a while. Destroyed, it never fires.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/callback.hpp>

#include <chrono>

namespace orm::inline v0 {

class event_loop;

class ORM_EXPORT timer {
public:
    explicit timer(event_loop& loop);
    ~timer();
    timer(const timer&) = delete;
    timer& operator=(const timer&) = delete;

    // Starts anew when it runs already. `fired` may destroy the timer; what it throws ends the program.
    void start(std::chrono::milliseconds after, callback<> fired);
    void stop() noexcept;
    bool running() const noexcept;

private:
    struct handle;
    handle* handle_;
};

}  // namespace orm::inline v0
