// What a transaction sends around its statements (BEGIN, COMMIT, savepoints), as an operation in the same
// queue, so that order is the order of submission. It is the state behind the lazy<void> of its caller.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <string>
#include <utility>

namespace orm::inline v0::postgres {

// Requires: text is what `kind` says: "COMMIT", "SAVEPOINT \"orm_1\"", ...
class control_operation : public lazy_state<void>, public operation {
public:
    control_operation(event_loop& loop, control_kind kind, std::string text)
        : lazy_state<void>(loop), operation(kind), text_(std::move(text)) {}

    postgres::request request() const noexcept override { return {text_, {}, access::write}; }
    void on_result(const result_view&) override {
        if (!ready()) succeed();
    }
    void on_error(std::exception_ptr why) noexcept override { fail(std::move(why)); }
    operation_state& state() noexcept override { return *this; }

private:
    std::string text_;
};

}  // namespace orm::inline v0::postgres
