// What runs once a transaction is committed: the callbacks of on_commit(), one after the other.
#pragma once

#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <vector>

namespace orm::inline v0::query_detail {

// Waits for the commit on its own account: once that is on its way, the callbacks belong to it, even if
// whoever began the transaction has left. Its own state is what atomic() awaits.
class after_commit final : public lazy_state<void>, private waiter {
public:
    after_commit(intrusive_ptr<transaction> of, intrusive_ptr<lazy_state<void>> commit);
    // Of these, without a commit to wait for, and called where others are kept.
    static lazy<void> run_all(event_loop& loop, std::vector<intrusive_ptr<commit_hook>> hooks);

private:
    explicit after_commit(event_loop& loop) : lazy_state(loop), outside_(current_context()), self_(this) {}
    ~after_commit() override = default;

    void wake() noexcept override;
    void wait_for(intrusive_ptr<operation_state> what) noexcept;
    bool passed() noexcept;  // what was waited for; false: it failed, and that was the end
    void run_next() noexcept;
    void end(std::exception_ptr why) noexcept;

    intrusive_ptr<transaction> of_{};
    intrusive_ptr<context> outside_;
    intrusive_ptr<operation_state> awaited_{};
    std::vector<intrusive_ptr<commit_hook>> hooks_{};
    std::size_t next_ = 0;
    bool never_kept_ = false;
    intrusive_ptr<after_commit> self_{};
};

using hook_list = std::vector<intrusive_ptr<commit_hook>>;

// Where callbacks go that are due, instead of being called: in tests. Null: nowhere. Threads: each has its
// own. Returns: what was there before.
ORM_EXPORT hook_list* keep_hooks_in(hook_list* list) noexcept;

// Calls it unless it is kept. Returns and throws: what commit_hook::run() does.
intrusive_ptr<operation_state> run_or_keep(const intrusive_ptr<commit_hook>& hook);

// In plain code. Throws: what a callback throws that is not robust.
void run_and_wait(const std::vector<intrusive_ptr<commit_hook>>& hooks);

}  // namespace orm::inline v0::query_detail
