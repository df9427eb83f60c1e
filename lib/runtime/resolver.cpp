#include "loop_internals.hpp"

#include <asynchrormous/runtime/resolver.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

namespace {

std::vector<std::string> numeric(const addrinfo* list) {
    std::vector<std::string> addresses;
    for (; list; list = list->ai_next) {
        char text[INET6_ADDRSTRLEN] = "";
        if (list->ai_family == AF_INET)
            uv_ip4_name(reinterpret_cast<const sockaddr_in*>(list->ai_addr), text, sizeof text);
        else if (list->ai_family == AF_INET6)
            uv_ip6_name(reinterpret_cast<const sockaddr_in6*>(list->ai_addr), text, sizeof text);
        if (*text && std::find(addresses.begin(), addresses.end(), text) == addresses.end())
            addresses.emplace_back(text);
    }
    return addresses;
}

}  // namespace

struct resolver::request {
    uv_getaddrinfo_t uv{};
    event_loop* loop = nullptr;
    resolver* owner = nullptr;  // null: abandoned
    callback<std::vector<std::string>, std::string> done{};

    void finish(int status, addrinfo* found) {
        const tick scope(*loop);
        std::vector<std::string> addresses = numeric(found);
        uv_freeaddrinfo(found);
        if (owner) {
            owner->request_ = nullptr;
            done(std::move(addresses), status < 0 ? uv_strerror(status) : "");
        }
        delete this;
    }
};

resolver::resolver(event_loop& loop, const std::string& host, const std::string& service,
                   callback<std::vector<std::string>, std::string> done)
    : request_(new request) {
    request_->loop = &loop;
    request_->owner = this;
    request_->done = std::move(done);
    request_->uv.data = request_;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    const int status = uv_getaddrinfo(
        uv_of(loop), &request_->uv,
        [](uv_getaddrinfo_t* raw, int result, addrinfo* found) {
            static_cast<request*>(raw->data)->finish(result, found);
        },
        host.c_str(), service.empty() ? nullptr : service.c_str(), &hints);
    if (status < 0) {
        delete std::exchange(request_, nullptr);
        check_uv(status, "resolving a host name");
    }
}

resolver::~resolver() {
    if (!request_) return;
    request_->owner = nullptr;
    uv_cancel(reinterpret_cast<uv_req_t*>(&request_->uv));
}

}  // namespace orm::inline v0
