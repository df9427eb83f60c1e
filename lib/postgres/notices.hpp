// Notices of one connection on their way to the hook. libpq calls the receiver in the middle of its parsing,
// where nothing may call back into the connection: it only queues. The queue is bounded, a flood is counted
// and dropped.
#pragma once

#include <asynchrormous/postgres/hooks.hpp>

#include <libpq-fe.h>

#include <vector>

namespace orm::inline v0::postgres {

class notice_queue {
public:
    void attach(PGconn* connection) noexcept { PQsetNoticeReceiver(connection, &receive, this); }
    void flush() noexcept;  // outside of libpq
    bool empty() const noexcept { return queued_.empty() && dropped_ == 0; }

private:
    static void receive(void* self, const PGresult* result) noexcept;
    void add(const PGresult* result);

    std::vector<notice> queued_;
    std::uint64_t dropped_ = 0;
};

}  // namespace orm::inline v0::postgres
