#include "loop_internals.hpp"

#include <asynchrormous/runtime/resolver.hpp>

#include <netdb.h>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

namespace {

std::vector<std::string> numeric(const addrinfo* list) {
    std::vector<std::string> addresses;
    for (; list; list = list->ai_next) {
        char text[NI_MAXHOST] = "";  // which has the scope of a link-local address too
        if (getnameinfo(list->ai_addr, list->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
            continue;
        if (std::find(addresses.begin(), addresses.end(), text) == addresses.end())
            addresses.emplace_back(text);
    }
    return addresses;
}

}  // namespace

// libuv holds it until the thread that resolves is done, which may be after its resolver, and on a borrowed
// loop after the event_loop.
struct resolver::request final : shutdown_listener {
    request(event_loop& of, resolver& by, callback<std::vector<std::string>, std::string> call)
        : shutdown_listener(of), home(of), owner(&by), done(std::move(call)) {
        uv.data = this;
    }

    void finish(int status, addrinfo* found) noexcept {
        std::vector<std::string> addresses = numeric(found);
        uv_freeaddrinfo(found);
        if (owner) {
            const tick scope(home);
            owner->request_ = nullptr;
            done(std::move(addresses), status < 0 ? uv_strerror(status) : "");
        }
        delete this;
    }
    void abandon() noexcept {
        owner->request_ = nullptr;
        owner = nullptr;
        const auto dropped = std::move(done);
        uv_cancel(reinterpret_cast<uv_req_t*>(&uv));
    }
    void on_loop_shutdown() noexcept override {
        if (owner) abandon();
    }

    uv_getaddrinfo_t uv{};
    event_loop& home;
    resolver* owner;  // null: abandoned
    callback<std::vector<std::string>, std::string> done;
};

resolver::resolver(event_loop& loop, const std::string& host, const std::string& service,
                   callback<std::vector<std::string>, std::string> done)
    : request_(new request(loop, *this, std::move(done))) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    const int status = uv_getaddrinfo(
        uv_of(loop), &request_->uv,
        [](uv_getaddrinfo_t* raw, int result, addrinfo* found) noexcept {
            static_cast<request*>(raw->data)->finish(result, found);
        },
        host.c_str(), service.empty() ? nullptr : service.c_str(), &hints);
    if (status < 0) {
        delete std::exchange(request_, nullptr);
        check_uv(status, "resolving a host name");
    }
}

resolver::~resolver() {
    if (request_) request_->abandon();
}

}  // namespace orm::inline v0
