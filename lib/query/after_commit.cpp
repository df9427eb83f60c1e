#include "after_commit.hpp"

#include <asynchrormous/query/on_commit.hpp>
#include <asynchrormous/runtime/event_loop.hpp>

#include <utility>

namespace orm::inline v0::query_detail {

namespace {

thread_local hook_list* kept = nullptr;

}  // namespace

hook_list* keep_hooks_in(hook_list* list) noexcept { return std::exchange(kept, list); }

intrusive_ptr<operation_state> run_or_keep(const intrusive_ptr<commit_hook>& hook) {
    if (!kept) return hook->run();
    kept->push_back(hook);
    return nullptr;
}

lazy<void> after_commit::run_all(event_loop& loop, hook_list hooks) {
    const intrusive_ptr<after_commit> all(new after_commit(loop));
    all->hooks_ = std::move(hooks);
    all->never_kept_ = true;
    all->run_next();
    return lazy<void>(all);
}

after_commit::after_commit(intrusive_ptr<transaction> of, intrusive_ptr<lazy_state<void>> commit)
    : lazy_state(of->loop()), of_(std::move(of)), outside_(current_context()), self_(this) {
    wait_for(std::move(commit));
}

void after_commit::wait_for(intrusive_ptr<operation_state> what) noexcept {
    awaited_ = std::move(what);
    awaited_->add_waiter(*this);
}

void after_commit::wake() noexcept {
    const intrusive_ptr<after_commit> self = self_;
    const context_scope outside{outside_};
    if (of_) {
        const auto of = std::exchange(of_, nullptr);
        const auto commit = std::exchange(awaited_, nullptr);
        if (commit->failed()) return end(nullptr);  // reported by the commit
        hooks_ = of->take_hooks();
    } else if (!passed()) {
        return;
    }
    run_next();
}

bool after_commit::passed() noexcept {
    const auto done = std::exchange(awaited_, nullptr);
    try {
        done->rethrow_if_failed();
        return true;
    } catch (...) {
        end(std::current_exception());
        return false;
    }
}

void after_commit::run_next() noexcept {
    while (next_ < hooks_.size()) {
        const auto hook = std::move(hooks_[next_++]);
        try {
            if (auto started = never_kept_ ? hook->run() : run_or_keep(hook))
                return wait_for(std::move(started));
        } catch (...) {
            if (!hook->robust()) return end(std::current_exception());
            tell_unobserved_error(std::current_exception());
        }
    }
    end(nullptr);
}

void after_commit::end(std::exception_ptr why) noexcept {
    const auto self = std::exchange(self_, nullptr);
    hooks_.clear();
    why ? fail(std::move(why)) : succeed();
}

void run_and_wait(const std::vector<intrusive_ptr<commit_hook>>& hooks) {
    for (const auto& hook : hooks) {
        try {
            if (const auto started = run_or_keep(hook)) {
                started->wait();
                started->rethrow_if_failed();
            }
        } catch (...) {
            if (!hook->robust()) throw;
            tell_unobserved_error(std::current_exception());
        }
    }
}

}  // namespace orm::inline v0::query_detail
