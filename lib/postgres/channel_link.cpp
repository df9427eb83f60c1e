#include "channel_link.hpp"

#include "errand.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/quote.hpp>

#include <algorithm>
#include <random>
#include <utility>

namespace orm::inline v0::postgres {

namespace {

constexpr std::chrono::milliseconds first_pause{100};
constexpr std::chrono::milliseconds longest_pause{10'000};

// Cancelled, or nobody has its lazy any more.
bool left(const intrusive_ptr<channel_link::answer>& who) { return who->ready() || who->sole(); }

}  // namespace

void check_channel(std::string_view name) {
    constexpr std::size_t longest = 63;  // NAMEDATALEN - 1: longer ones would be cut, and meet others
    if (name.empty() || name.size() > longest || name.find('\0') != std::string_view::npos)
        throw query_error("a channel's name has 1 to 63 bytes and no NUL character: '" +
                          std::string(name.substr(0, longest)) + "'");
}

channel_link::channel_link(event_loop& loop, conninfo info, std::chrono::milliseconds connect_timeout,
                           std::vector<std::string> channels, std::size_t most_waiting)
    : shutdown_listener(loop),
      loop_(loop),
      info_(std::move(info)),
      connect_timeout_(connect_timeout),
      channels_(std::move(channels)),
      most_waiting_(std::max<std::size_t>(most_waiting, 1)),
      retry_(loop),
      pause_(first_pause) {}

channel_link::~channel_link() { disconnect(); }

void channel_link::open(callback<std::exception_ptr> opened) noexcept {
    opened_ = std::move(opened);
    connect();
}

intrusive_ptr<channel_link::answer> channel_link::next() {
    auto made = make_intrusive<answer>(loop_);
    if (error_) {
        made->fail(error_);
    } else if (!unread_.empty()) {
        made->succeed(std::move(unread_.front()));
        unread_.pop_front();
    } else if (closed_) {
        made->succeed(std::nullopt);
    } else {
        std::erase_if(waiting_, left);
        waiting_.push_back(made);
    }
    return made;
}

void channel_link::close() noexcept {
    closed_ = true;
    unread_.clear();
    disconnect();
    answer_all();
}

void channel_link::connect() noexcept {
    connector::listener& self = *this;
    connector_ = make_intrusive<connector>(loop_, info_, connect_timeout_, self, std::random_device()());
    connector_->start();
}

// Twice as long each time, and never at the same moment as all the others that were cut off.
void channel_link::connect_later() noexcept {
    std::uniform_int_distribution<long long> spread(pause_.count() / 2, pause_.count());
    std::random_device random;
    retry_.start(std::chrono::milliseconds(spread(random)), [this] { connect(); });
    pause_ = std::min(pause_ * 2, longest_pause);
}

void channel_link::on_connected(connector&, pg_handle connected) noexcept {
    connector_ = nullptr;
    connection::listener& self = *this;
    try {
        link_ = make_intrusive<connection>(loop_, std::move(connected), connection_options{.prepare = false},
                                           self);
    } catch (const std::exception&) {
        return connect_later();
    }
    listen();
}

void channel_link::on_connect_failed(connector&, std::exception_ptr why, bool permanent) noexcept {
    connector_ = nullptr;
    if (opened_ || permanent) return give_up(std::move(why));
    connect_later();
}

void channel_link::listen() noexcept {
    unanswered_ = channels_.size();
    const intrusive_ptr<channel_link> self(this);
    const intrusive_ptr<connection> link = link_;
    for (const std::string& name : channels_)
        link->submit(*new errand(loop_, control_kind::none, "LISTEN " + sql::quote_identifier(name),
                                 [self](const std::exception_ptr& why) { self->listened(why); }));
}

// Of a connection that was lost, on_closed() does the rest.
void channel_link::listened(const std::exception_ptr& why) noexcept {
    if (!link_ || !link_->alive()) return;
    if (why && opened_) return give_up(why);
    if (why) {
        disconnect();
        return connect_later();
    }
    if (--unanswered_ == 0) stands();
}

void channel_link::stands() noexcept {
    pause_ = first_pause;
    if (auto opened = std::move(opened_))
        opened(nullptr);
    else
        add({.gap = true});
}

void channel_link::on_closed(connection&, std::exception_ptr why) noexcept {
    link_ = nullptr;
    if (opened_) return give_up(std::move(why));
    connect_later();
}

void channel_link::give_up(std::exception_ptr why) noexcept {
    disconnect();
    error_ = why;
    answer_all();
    if (auto opened = std::move(opened_)) opened(std::move(why));
}

void channel_link::disconnect() noexcept {
    retry_.stop();
    if (const auto connecting = std::exchange(connector_, {})) connecting->abandon();
    if (const auto link = std::exchange(link_, {})) {
        link->forget_listener();
        link->close(std::make_exception_ptr(operational_error("the notifications were closed")));
    }
}

void channel_link::add(notification what) noexcept {
    if (hand_over(what)) return;
    if (unread_.size() >= most_waiting_) {
        unread_.clear();
        what = {.gap = true};
    }
    unread_.push_back(std::move(what));
}

bool channel_link::hand_over(notification& what) noexcept {
    while (!waiting_.empty()) {
        const intrusive_ptr<answer> first = std::move(waiting_.front());
        waiting_.pop_front();
        if (left(first)) continue;
        first->succeed(std::move(what));
        return true;
    }
    return false;
}

void channel_link::answer_all() noexcept {
    for (const auto& each : std::exchange(waiting_, {})) {
        if (error_)
            each->fail(error_);
        else
            each->succeed(std::nullopt);
    }
}

void channel_link::on_loop_shutdown() noexcept {
    const intrusive_ptr<channel_link> self(this);
    closed_ = true;
    disconnect();
    const auto dropped = std::move(opened_);
}

}  // namespace orm::inline v0::postgres
