// The connection behind orm::notifications: listens, and connects and listens anew when it is lost.
#pragma once

#include "connection.hpp"
#include "connector.hpp"
#include "conninfo.hpp"

#include <asynchrormous/postgres/notifications.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/timer.hpp>

#include <chrono>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace orm::inline v0::postgres {

class channel_link final : public ref_counted,
                           private connector::listener,
                           private connection::listener,
                           private shutdown_listener {
public:
    using answer = lazy_state<std::optional<notification>>;

    channel_link(event_loop& loop, conninfo info, std::chrono::milliseconds connect_timeout,
                 std::vector<std::string> channels, std::size_t most_waiting);
    ~channel_link() override;

    // Told once: the server listens, or why it does not.
    void open(callback<std::exception_ptr> opened) noexcept;
    intrusive_ptr<answer> next();
    void close() noexcept;

private:
    void connect() noexcept;
    void connect_later() noexcept;
    void listen() noexcept;
    void listened(const std::exception_ptr& why) noexcept;
    void stands() noexcept;
    void give_up(std::exception_ptr why) noexcept;
    void disconnect() noexcept;
    void add(notification what) noexcept;
    bool hand_over(notification& what) noexcept;
    void answer_all() noexcept;

    void on_connected(connector& from, pg_handle connected) noexcept override;
    void on_connect_failed(connector& from, std::exception_ptr why, bool permanent) noexcept override;
    void on_progress(connection&) noexcept override {}
    void on_closed(connection& which, std::exception_ptr why) noexcept override;
    void on_notification(notification what) noexcept override { add(std::move(what)); }
    void on_loop_shutdown() noexcept override;

    event_loop& loop_;
    const conninfo info_;
    const std::chrono::milliseconds connect_timeout_;
    const std::vector<std::string> channels_;
    const std::size_t most_waiting_;
    intrusive_ptr<connector> connector_{};
    intrusive_ptr<connection> link_{};
    std::size_t unanswered_ = 0;  // LISTENs
    timer retry_;
    std::chrono::milliseconds pause_;
    callback<std::exception_ptr> opened_{};
    std::deque<notification> unread_{};
    std::deque<intrusive_ptr<answer>> waiting_{};  // in their order; some may have left
    std::exception_ptr error_{};
    bool closed_ = false;
};

}  // namespace orm::inline v0::postgres
