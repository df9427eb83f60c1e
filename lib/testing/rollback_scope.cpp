#include "../query/after_commit.hpp"

#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/testing/rollback_scope.hpp>

#include <utility>

namespace orm::inline v0::testing {

rollback_scope::rollback_scope(const database& where) : where_(where) {
    if (where_.diversion()) throw error("a rollback_scope is open on this database already");
    all_ = transaction::begin(where_);
    where_.divert(all_);
}

rollback_scope::~rollback_scope() {
    where_.divert(nullptr);
    try {
        if (all_->loop().may_block())
            all_->rollback().get();
        else
            all_->abandon();
    } catch (const error&) {  // the connection is gone, and what was done on it
    }
}

struct captured_on_commit::state {
    query_detail::hook_list hooks{};
    query_detail::hook_list* before = nullptr;
};

captured_on_commit::captured_on_commit() : state_(std::make_unique<state>()) {
    state_->before = query_detail::keep_hooks_in(&state_->hooks);
}

captured_on_commit::~captured_on_commit() { query_detail::keep_hooks_in(state_->before); }

std::size_t captured_on_commit::size() const noexcept { return state_->hooks.size(); }

namespace {

// While callbacks run, none are kept.
class no_keeping {
public:
    no_keeping() : before_(query_detail::keep_hooks_in(nullptr)) {}
    ~no_keeping() { query_detail::keep_hooks_in(before_); }
    no_keeping(const no_keeping&) = delete;
    no_keeping& operator=(const no_keeping&) = delete;

private:
    query_detail::hook_list* before_;
};

}  // namespace

void captured_on_commit::run() {
    const no_keeping meanwhile;
    query_detail::run_and_wait(std::exchange(state_->hooks, {}));
}

lazy<void> captured_on_commit::run_async() {
    return query_detail::after_commit::run_all(event_loop::current(), std::exchange(state_->hooks, {}));
}

}  // namespace orm::inline v0::testing
