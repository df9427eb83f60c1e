#include "channel_link.hpp"
#include "pool.hpp"

#include <asynchrormous/postgres/notifications.hpp>
#include <asynchrormous/sql/error.hpp>

#include <exception>
#include <utility>

namespace orm::inline v0 {

notifications::notifications(intrusive_ptr<postgres::channel_link> link) noexcept : link_(std::move(link)) {}
notifications::notifications(notifications&& other) noexcept = default;
notifications& notifications::operator=(notifications other) noexcept {
    std::swap(link_, other.link_);
    return *this;
}
notifications::~notifications() { close(); }

lazy<std::optional<notification>> notifications::next() {
    return lazy<std::optional<notification>>(link_->next());
}

void notifications::close() noexcept {
    if (link_) link_->close();
}

lazy<notifications> listen(std::string_view channel, const listen_options& options) {
    return listen(std::vector<std::string>{std::string(channel)}, options);
}

lazy<notifications> listen(std::initializer_list<std::string_view> channels, const listen_options& options) {
    return listen(std::vector<std::string>(channels.begin(), channels.end()), options);
}

lazy<notifications> listen(std::vector<std::string> channels, const listen_options& options) {
    if (channels.empty()) throw query_error("listen() needs the name of a channel");
    for (const std::string& name : channels) postgres::check_channel(name);
    const database from = options.using_ ? *options.using_ : database::current();
    const postgres::pool& pool = from.pool();
    if (!pool.options().prepare)
        throw query_error(
            "listen() needs a session of its own, and this database is behind a transaction pooler (prepare "
            "= "
            "false): connect to the server itself for it, and give that database in listen_options");
    auto opened = make_intrusive<lazy_state<notifications>>(from.loop());
    auto link = make_intrusive<postgres::channel_link>(
        from.loop(), pool.info(), pool.options().connect_timeout, std::move(channels), options.most_waiting);
    link->open([opened, link](std::exception_ptr why) {
        if (why) return opened->fail(std::move(why));
        opened->succeed(notifications(link));
    });
    return lazy<notifications>(std::move(opened));
}

}  // namespace orm::inline v0
