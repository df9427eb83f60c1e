// Sends cancel requests, two at a time; the others wait: each is a connection more to a server that is
// perhaps full already. Whether a request may be sent at all, and when the connection is clean again, others
// decide (rule 23).
#pragma once

#include "cancel_request.hpp"

#include <asynchrormous/runtime/callback.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <libpq-fe.h>

#include <chrono>
#include <deque>

namespace orm::inline v0::postgres {

class canceller final : public ref_counted {
public:
    canceller(event_loop& loop, std::chrono::milliseconds longest) : loop_(loop), longest_(longest) {}

    // `returned` is called on the loop, soon or late, whatever came of it.
    void request(PGconn& connection, callback<> returned);

private:
    struct job {
        intrusive_ptr<cancel_request> cancel;
        callback<> returned;
    };

    void run_next();

    event_loop& loop_;
    std::chrono::milliseconds longest_;
    std::deque<job> queue_{};
    int running_ = 0;
};

}  // namespace orm::inline v0::postgres
