#include "pool_policy.hpp"

#include <algorithm>

namespace orm::inline v0::postgres {

pool_policy::slot* pool_policy::place() noexcept {
    if (waiting_ > waiting_exclusive_) return nullptr;  // other shared operations came first
    slot* const chosen = least_busy();
    if (!chosen) return nullptr;
    if (chosen->load > 0) crowded_ = true;
    ++chosen->load;
    return chosen;
}

void pool_policy::enqueue(waiter& who) noexcept {
    who.previous = last_;
    who.next = nullptr;
    who.queued = true;
    by_deadline_ = !last_ || (by_deadline_ && last_->deadline <= who.deadline);
    (last_ ? last_->next : first_) = &who;
    last_ = &who;
    ++waiting_;
    if (who.kind == use::exclusive) ++waiting_exclusive_;
}

void pool_policy::remove(waiter& who) noexcept {
    if (!who.queued) return;
    (who.previous ? who.previous->next : first_) = who.next;
    (who.next ? who.next->previous : last_) = who.previous;
    who.queued = false;
    --waiting_;
    if (who.kind == use::exclusive) --waiting_exclusive_;
}

void pool_policy::connected(slot& fresh) {
    --connecting_;
    failures_ = 0;
    permanent_ = false;
    retry_at_ = {};
    slots_.push_back(&fresh);
}

void pool_policy::connect_failed(time_point now, bool permanent) noexcept {
    --connecting_;
    permanent_ = permanent;
    retry_at_ = now + delay();
    ++failures_;
}

void pool_policy::give_back(slot& connection) noexcept {
    connection.state = slot_state::shared;
    connection.load = 0;
}

void pool_policy::lost(slot& connection) noexcept { std::erase(slots_, &connection); }

pool_policy::action pool_policy::next(time_point now) noexcept {
    if (const action end = give_up_on(now); end.step != step::none) return end;
    can_grow_ = may_connect(now) || connecting_ > 0;
    if (const action served = serve(); served.step != step::none) return served;
    if (!wants_connection() || !may_connect(now)) return {};
    crowded_ = false;
    ++connecting_;
    return {step::connect};
}

pool_policy::action pool_policy::give_up_on(time_point now) noexcept {
    if (first_ && locked_out(now)) {
        waiter& who = *first_;
        remove(who);
        return {step::refuse, &who};
    }
    waiter* const who = soonest();
    if (!who || who->deadline > now) return {};
    remove(*who);
    return {step::expire, who};
}

// One waiter a call: the first in the queue for whom there is a connection. A waiter who finds none keeps
// those of its kind behind it waiting.
pool_policy::action pool_policy::serve() noexcept {
    bool shared_blocked = waiting_ == waiting_exclusive_;
    bool exclusive_blocked = waiting_exclusive_ == 0;
    for (waiter* who = first_; who && !(shared_blocked && exclusive_blocked); who = who->next) {
        bool& blocked = who->kind == use::shared ? shared_blocked : exclusive_blocked;
        if (blocked) continue;
        slot* const found = who->kind == use::shared ? least_busy() : drained();
        if (!found) {
            if (who->kind == use::exclusive) reserve(waiting_exclusive_);
            blocked = true;
            continue;
        }
        remove(*who);
        if (who->kind == use::exclusive) found->state = slot_state::owned;
        ++found->load;
        return {step::hand_over, who, found};
    }
    if (waiting_exclusive_ == 0) reserve(0);
    return {};
}

pool_policy::slot* pool_policy::least_busy() const noexcept {
    slot* best = nullptr;
    for (slot* const candidate : slots_) {
        if (candidate->state != slot_state::shared || candidate->load >= limits_.max_in_flight) continue;
        if (!best || candidate->load < best->load) best = candidate;
    }
    return best;
}

pool_policy::slot* pool_policy::drained() const noexcept {
    for (slot* const candidate : slots_) {
        const bool open_to_all =
            candidate->state == slot_state::shared || candidate->state == slot_state::reserved;
        if (open_to_all && candidate->load == 0) return candidate;
    }
    return nullptr;
}

// While the pool can still grow, a new connection is quicker than waiting for a busy one to drain.
void pool_policy::reserve(int wanted) noexcept {
    if (wanted > 0 && can_grow_) return;
    int reserved = 0;
    for (slot* const candidate : slots_) {
        if (candidate->state != slot_state::reserved) continue;
        if (++reserved > wanted) candidate->state = slot_state::shared;
    }
    for (; reserved < wanted; ++reserved) {
        slot* const chosen = least_busy();
        if (!chosen) return;
        chosen->state = slot_state::reserved;
    }
}

bool pool_policy::wants_connection() const noexcept {
    if (open() + connecting_ == 0) return true;  // one connection always stands
    return waiting_ > connecting_ || (crowded_ && connecting_ == 0);
}

bool pool_policy::may_connect(time_point now) const noexcept {
    return open() + connecting_ < limits_.max_connections && connecting_ < limits_.max_connecting &&
           now >= retry_at_;
}

bool pool_policy::locked_out(time_point now) const noexcept {
    return permanent_ && open() == 0 && connecting_ == 0 && now < retry_at_;
}

std::optional<pool_policy::time_point> pool_policy::wake_time() const noexcept {
    std::optional<time_point> wake;
    if (wants_connection() && retry_at_ != time_point{} && may_connect(retry_at_)) wake = retry_at_;
    if (const waiter* const who = soonest(); who && (!wake || who->deadline < *wake)) wake = who->deadline;
    return wake;
}

// The first of the queue, unless somebody came with less time than those before: thousands may wait.
pool_policy::waiter* pool_policy::soonest() const noexcept {
    waiter* found = first_;
    if (by_deadline_ || !found) return found;
    for (waiter* who = first_->next; who; who = who->next) {
        if (who->deadline < found->deadline) found = who;
    }
    return found;
}

// Doubles with each failure; the jitter (a half to the whole of it) keeps clients from coming back in step.
std::chrono::milliseconds pool_policy::delay() noexcept {
    random_ ^= random_ << 13U;
    random_ ^= random_ >> 17U;
    random_ ^= random_ << 5U;
    const auto whole = std::min(limits_.longest_delay, limits_.first_delay * (1 << std::min(failures_, 16)));
    const auto half = whole.count() / 2;
    return std::chrono::milliseconds(half +
                                     static_cast<long>(random_ % static_cast<unsigned long>(half + 1)));
}

}  // namespace orm::inline v0::postgres
