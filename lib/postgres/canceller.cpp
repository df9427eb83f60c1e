#include "canceller.hpp"

#include <utility>

namespace orm::inline v0::postgres {

void canceller::request(PGconn& connection, callback<> returned) {
    queue_.push_back({make_intrusive<cancel_request>(connection), std::move(returned)});
    run_next();
}

void canceller::run_next() {
    constexpr int most_running = 2;
    if (running_ == most_running || queue_.empty()) return;
    ++running_;
    job next = std::move(queue_.front());
    queue_.pop_front();
    const intrusive_ptr<canceller> self(this);
    next.cancel->send(loop_, longest_, [self, returned = std::move(next.returned)]() mutable {
        --self->running_;
        returned();
        self->run_next();
    });
}

}  // namespace orm::inline v0::postgres
