// While a database is diverted, everything that is sent to it goes into one open transaction instead of over
// connections of their own: for tests that are rolled back. Each statement outside of an atomic() has a
// savepoint, so that one that fails leaves the others alone, as it would without the transaction.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/postgres/transaction.hpp>

#include <vector>

namespace orm::inline v0::postgres {

class diversion final : public ref_counted, public executor {
public:
    explicit diversion(intrusive_ptr<transaction> target) noexcept : target_(std::move(target)) {}

    transaction& target() const noexcept { return *target_; }

    void submit(operation& statement) noexcept override;
    void cancel(operation& statement) noexcept override;
    event_loop& loop() const noexcept override { return target_->loop(); }

private:
    struct sent {
        operation* statement;
        intrusive_ptr<transaction> level;
    };

    intrusive_ptr<transaction> target_;
    std::vector<sent> sent_{};  // to be found again by cancel()
};

}  // namespace orm::inline v0::postgres
