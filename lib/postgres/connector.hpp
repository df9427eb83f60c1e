// One try to connect, over all hosts and addresses, without ever blocking the loop. libpq resolves names
// inside PQconnectStart and knows no timeout in PQconnectPoll: names are looked up first and passed as
// hostaddr beside host (which TLS and the passfile go by), and each address has a timer.
#pragma once

#include "conninfo.hpp"
#include "host_walk.hpp"
#include "pg_handle.hpp"

#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/resolver.hpp>
#include <asynchrormous/runtime/socket_watcher.hpp>
#include <asynchrormous/runtime/timer.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace orm::inline v0::postgres {

class connector final : public ref_counted {
public:
    // Called once, perhaps within start(): a connection, idle, nonblocking and in pipeline mode, or why there
    // is none.
    class listener {
    public:
        virtual void on_connected(connector& from, pg_handle connection) noexcept = 0;
        virtual void on_connect_failed(connector& from, std::exception_ptr why, bool permanent) noexcept = 0;

    protected:
        ~listener() = default;
    };

    connector(event_loop& loop, const conninfo& info, std::chrono::milliseconds timeout, listener& owner,
              std::uint32_t seed);

    void start() noexcept;
    std::chrono::steady_clock::time_point started() const noexcept { return started_; }
    void abandon() noexcept;  // the listener hears nothing more

private:
    void advance() noexcept;
    void look_up();
    void looked_up(std::vector<std::string> addresses, const std::string& why) noexcept;
    void begin_attempt();
    void watch(bool reading);
    void on_socket() noexcept;
    void on_timeout() noexcept;
    void attempt_failed(std::string why, std::string sqlstate, bool permanent, bool timed_out = false);
    void attempt_failed_in_libpq();
    void succeed();
    void give_up() noexcept;
    void release_attempt() noexcept;
    std::exception_ptr verdict() const;

    event_loop& loop_;
    const conninfo& info_;
    const std::chrono::milliseconds timeout_;
    const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    listener* owner_;
    host_walk walk_;
    pg_handle connection_{};
    std::unique_ptr<socket_watcher> watcher_{};
    timer timer_;
    std::unique_ptr<resolver> lookup_{};
    std::vector<std::string> failures_{};
    std::string last_sqlstate_{};
    bool permanent_ = false;
    bool all_timed_out_ = true;
    bool busy_ = false;
};

}  // namespace orm::inline v0::postgres
