// Operations whose callers left, and the quarantine around a cancel request.
#include "pipeline_machine.hpp"

#include <utility>

namespace orm::inline v0::postgres {

withdrawal pipeline_machine::withdraw(operation& what) noexcept {
    if (leader_ == &what) leader_ = nullptr;
    if (const auto number = what.slot_;
        number >= slots_.head() && number < slots_.tail() && slots_[number].op == &what) {
        what.slot_ = 0;
        slots_[number].op = nullptr;
        ++forsaken_;
        return {.known = true, .unsent = false};
    }
    if (rejected_ == &what)
        rejected_ = nullptr;
    else if (!queue_.remove(what))
        return {.known = false, .unsent = false};
    --load_;
    return {.known = true, .unsent = true};
}

operation* pipeline_machine::take_unsent() noexcept {
    if (!autocommit() || queue_.empty() || queue_.front()->control_ != control_kind::none) return nullptr;
    --load_;
    return queue_.pop();
}

void pipeline_machine::put_back(operation& unsent) noexcept {
    queue_.push_front(unsent);
    ++load_;
}

slot_ring::number pipeline_machine::forsaken_front() const noexcept {
    if (forsaken_ == 0 || dead_) return 0;
    auto at = current_;
    while (at != slots_.tail() && !slots_[at].submitted()) ++at;
    return at == slots_.tail() || slots_[at].op ? 0 : at;
}

// A cancel request hits whatever the server happens to run. It is safe when that is the victim or something
// that nobody waits for; reads behind it may be hit, since they are sent again.
bool pipeline_machine::cancel_is_safe() const noexcept {
    const auto victim = forsaken_front();
    if (victim == 0) return false;
    for (auto at = victim + 1; at != slots_.tail(); ++at) {
        const pipeline_slot& slot = slots_[at];
        if (slot.control != control_kind::none) return false;
        if (slot.op && (slot.in_block || slot.access != access::read)) return false;
    }
    return true;
}

void pipeline_machine::cancel_started() noexcept {
    ++cancels_;
    quarantined_ = !dead_;
}

machine_action pipeline_machine::quarantine_step() {
    if (cancels_ > 0 || sentinel_sent_ || !slots_.empty()) return {};
    sentinel_sent_ = true;
    push(slot_kind::sentinel);
    sync_due_ = true;
    return {.step = machine_step::send_query, .request = {"SELECT 1", {}, access::read}};
}

}  // namespace orm::inline v0::postgres
