// The end of a connection: what each operation that was under way is told.
#include "error_text.hpp"
#include "pipeline_machine.hpp"

#include <algorithm>
#include <string_view>

namespace orm::inline v0::postgres {

void pipeline_machine::on_lost(std::string_view why) {
    if (dead_) return;
    if (last_words_.empty()) last_words_ = why;
    for (auto at = finished_; at != slots_.tail(); ++at) {
        pipeline_slot& slot = slots_[at];
        if (!slot.op || slot.error) continue;
        slot.error = lost_error(outcome_of(at), last_words_, slot.op->request().text);
        slot.result.reset();
        slot.repeat = false;
    }
    dead_ = true;
    finished_ = current_ = slots_.tail();
    quarantined_ = sync_due_ = false;
    break_off_ = nullptr;
    open_ = 0;
}

// FATAL ends the session where it is: what stood behind the current slot was never run, and the current
// statement is undone, since the server answers a statement before it commits it.
outcome pipeline_machine::outcome_of(slot_ring::number which) const noexcept {
    const pipeline_slot& slot = slots_[which];
    if (slot.repeat) return outcome::not_run;
    if (server_ended_ && which > current_) return outcome::not_run;
    if (slot.access == access::raw || slot.control == control_kind::commit) return outcome::may_have_run;
    if (slot.in_block) return commit_may_have_run() ? outcome::may_have_run : outcome::not_run;
    const bool without_sync = which >= slots_.tail() - open_;
    if (without_sync || (server_ended_ && !slot.answered)) return outcome::not_run;
    return outcome::may_have_run;
}

bool pipeline_machine::commit_may_have_run() const noexcept {
    const auto end = server_ended_ ? std::min(current_ + 1, slots_.tail()) : slots_.tail();
    for (auto at = finished_; at < end; ++at)
        if (slots_[at].control == control_kind::commit) return true;
    return false;
}

}  // namespace orm::inline v0::postgres
