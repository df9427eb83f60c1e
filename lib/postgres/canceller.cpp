#include "canceller.hpp"

#include <asynchrormous/runtime/worker.hpp>

#include <array>
#include <utility>

namespace orm::inline v0::postgres {

void canceller::request(PGconn& connection, callback<> returned) {
    queue_.push_back(
        {std::shared_ptr<PGcancel>(PQgetCancel(&connection), free_cancel()), std::move(returned)});
    run_next();
}

void canceller::run_next() {
    constexpr int most_running = 2;
    if (running_ == most_running || queue_.empty()) return;
    ++running_;
    job next = std::move(queue_.front());
    queue_.pop_front();
    const intrusive_ptr<canceller> self(this);
    run_on_worker(
        loop_,
        [cancel = next.cancel] {
            std::array<char, 256> error{};
            if (cancel) PQcancel(cancel.get(), error.data(), static_cast<int>(error.size()));
        },
        [self, returned = std::move(next.returned)]() mutable {
            --self->running_;
            returned();
            self->run_next();
        });
}

}  // namespace orm::inline v0::postgres
