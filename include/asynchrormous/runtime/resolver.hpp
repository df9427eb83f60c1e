// Host names to numeric addresses without blocking: uv_getaddrinfo on libuv's thread pool.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/callback.hpp>

#include <string>
#include <vector>

namespace orm::inline v0 {

class event_loop;

// One resolution under way. Destroyed, or when the loop is shut down, its callback is dropped uncalled.
class ORM_EXPORT resolver {
public:
    // `done` gets addresses in the system's order, or none and why. It may destroy the resolver.
    resolver(event_loop& loop, const std::string& host, const std::string& service,
             callback<std::vector<std::string>, std::string> done);
    ~resolver();
    resolver(const resolver&) = delete;
    resolver& operator=(const resolver&) = delete;

private:
    struct request;
    request* request_;
};

}  // namespace orm::inline v0
