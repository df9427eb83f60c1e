// A control statement (COMMIT, SAVEPOINT, DISCARD ALL) that the driver sends for itself and hears back from
// once.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/callback.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <exception>
#include <string>
#include <utility>

namespace orm::inline v0::postgres {

// An operation that no lazy stands for. A loop that shuts down fails it, and nobody needs to hear of that.
class quiet_operation : public operation_state, public operation {
public:
    operation_state& state() noexcept override { return *this; }

protected:
    explicit quiet_operation(event_loop& loop, control_kind kind = control_kind::none)
        : operation_state(loop), operation(kind) {}
    ~quiet_operation() override {
        try {
            if (ready()) rethrow_if_failed();
        } catch (...) {
        }
    }
};

class errand final : public quiet_operation {
public:
    using answer = callback<std::exception_ptr>;  // null: done

    errand(event_loop& loop, control_kind kind, std::string text, answer done)
        : quiet_operation(loop, kind), text_(std::move(text)), done_(std::move(done)) {}

    postgres::request request() const noexcept override { return {text_, {}, access::write}; }
    void on_result(const result_view&) override { finish(nullptr); }
    void on_error(std::exception_ptr why) noexcept override { finish(std::move(why)); }

private:
    void finish(std::exception_ptr why) noexcept {
        if (!ready()) set_ready();
        if (auto done = std::move(done_)) done(std::move(why));
    }

    std::string text_;
    answer done_;
};

}  // namespace orm::inline v0::postgres
