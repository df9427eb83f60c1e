// What the server's answers mean for the slots they belong to.
#include "error_text.hpp"
#include "pipeline_machine.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace orm::inline v0::postgres {
namespace {

bool has_class(const server_report& report, std::string_view sqlstate_class) {
    return std::string_view(report.sqlstate).starts_with(sqlstate_class);
}

bool ends_session(const server_report& report) {
    return report.severity == "FATAL" || report.severity == "PANIC";
}

// The text itself is wrong, so that whoever sends it gets the same answer.
bool refuses_text(const server_report& report) {
    constexpr std::array<std::string_view, 4> classes{"42", "22", "0A", "54"};
    return std::ranges::any_of(classes, [&](std::string_view one) { return has_class(report, one); });
}

// The message is in the server's language, the name in it is not. Another name belongs to the user's own SQL.
bool has_vanished(const server_report& report, const prepared_statement& which) {
    return report.sqlstate == "26000" && report.message.find(which.name) != std::string::npos;
}

bool is_stale_plan(const server_report& report) {
    return report.sqlstate == "0A000" && report.routine == "RevalidateCachedQuery";
}

std::string_view sql_of(const pipeline_slot& slot) {
    if (slot.op) return slot.op->request().text;
    return slot.statement ? std::string_view(slot.statement->text) : std::string_view();
}

// Tags after which the session is as before, apart from what functions did, which no tag shows.
// "SELECT" without rows is CREATE TABLE AS or SELECT INTO.
bool leaves_session_alone(std::string_view tag, bool has_rows) {
    constexpr std::array<std::string_view, 6> harmless{"INSERT", "UPDATE",  "DELETE",
                                                       "MERGE",  "EXPLAIN", "SHOW"};
    const std::string_view word = tag.substr(0, tag.find(' '));
    return (word == "SELECT" && has_rows) || std::ranges::find(harmless, word) != harmless.end();
}

}  // namespace

void pipeline_machine::on_event(machine_event event) {
    if (dead_ || break_off_) return;
    if (event.answer == answer::failed && (event.made_by_libpq || ends_session(*event.report))) {
        if (!server_ended_) last_words_ = event.report->message;
        server_ended_ = server_ended_ || !event.made_by_libpq;
        return;
    }
    if (!expects_answer()) return out_of_step("it answered what nobody had asked");
    pipeline_slot& slot = slots_[current_];
    if ((event.answer == answer::sync) != (slot.kind == slot_kind::sync)) {
        // An error between the last answer and the Sync belongs to the whole segment.
        if (slot.kind != slot_kind::sync || event.answer != answer::failed)
            return out_of_step("its answers do not fit what was sent");
        slot.error = server_error(*event.report, current_ > finished_ ? sql_of(slots_[current_ - 1]) : "");
        return;
    }
    if (event.answer == answer::sync) return on_sync(event.session);
    ++current_;
    on_statement(slot, event);
}

void pipeline_machine::on_statement(pipeline_slot& slot, machine_event& event) {
    slot.answered = true;
    if (event.answer == answer::copy) {
        fail(slot, std::make_exception_ptr(not_supported_error(
                       "COPY cannot run in a pipeline, the connection is closed", sql_of(slot))));
        return out_of_step("COPY was started in a pipeline");
    }
    if (event.answer == answer::unknown)
        return out_of_step("libpq gave a result of a kind that is not known");
    if (slot.kind == slot_kind::prepare) return on_prepared(slot, event);
    if (slot.kind == slot_kind::close) return on_close_answer(slot, event);
    if (slot.kind == slot_kind::sentinel) return on_sentinel(slot, event);
    if (slot.kind == slot_kind::isolation) {
        read_committed_ = event.answer == answer::tuples_ok && event.value == "read committed";
        return;
    }
    if (slot.control != control_kind::none) return on_control(slot, event);
    if (event.answer == answer::failed) return on_failed(slot, *event.report);
    if (event.answer == answer::aborted) return on_aborted(slot);
    if (slot.access == access::raw) note_raw(event);
    slot.result = std::move(event.result);
}

void pipeline_machine::on_sync(session_status session) {
    const std::exception_ptr late = slots_[current_].error;
    for (auto at = finished_; at != current_; ++at) {
        pipeline_slot& slot = slots_[at];
        if (late && slot.op && !slot.error && !slot.repeat) {
            slot.repeat = slot.shared && may_repeat(slot);
            if (!slot.repeat) fail(slot, late);
        }
        if (slot.access != access::raw) continue;
        --raw_in_flight_;
        if (block_ == block_state::open && session == session_status::idle) block_ = block_state::broken;
    }
    note_pace();
    finished_ = ++current_;
}

// From when it was sent, or from when the server was done with what was sent before, to its Sync. A group
// that took long says nothing about which of it is slow: each runs alone the next time.
void pipeline_machine::note_pace() noexcept {
    const auto size = current_ - finished_;
    for (auto at = finished_; at != current_; ++at) {
        const pipeline_slot& slot = slots_[at];
        if (slot.kind != slot_kind::execute || slot.in_block || slot.error || slot.repeat) continue;
        const std::uint64_t took = now_ - std::max(slot.sent_at, last_sync_at_);
        prepared_statement& which = *slot.statement;
        if (!slot.shared)
            which.pace = took <= options_.quick ? statement_pace::quick : statement_pace::slow;
        else if (took > options_.quick + options_.quick_in_group * size)
            which.pace = statement_pace::untried;
    }
    last_sync_at_ = now_;
}

// Rule 9: alone it might not have met these. A timeout of its own meets it again, and is told then.
bool pipeline_machine::caused_by_sharing(const pipeline_slot& slot,
                                         const server_report& report) const noexcept {
    constexpr std::array<std::string_view, 5> states{"40P01", "40001", "57014", "0A000", "26000"};
    return slot.shared && std::ranges::find(states, report.sqlstate) != states.end();
}

void pipeline_machine::on_prepared(pipeline_slot& slot, const machine_event& event) {
    prepared_statement& which = *slot.statement;
    if (event.answer == answer::command_ok) {
        if (which.state == statement_state::parsing) which.state = statement_state::ready;
        return;
    }
    if (event.answer == answer::failed) {
        which.parse_error = event.report->sqlstate == "25P02" && slot.in_block
                                ? aborted_by(first_error_, which.text)
                                : server_error(*event.report, which.text);
        which.text_refused = refuses_text(*event.report);
        fail(slot, which.parse_error);
    }
    cache_.forget(which);
}

void pipeline_machine::on_failed(pipeline_slot& slot, const server_report& report) {
    prepared_statement* const which = slot.statement;
    bool certainly_not_run = false;
    if (which && has_vanished(report, *which)) {
        if (which->parse_error) return on_parse_refused(slot);
        cache_.forget(*which);
        certainly_not_run = true;
    } else if (which && is_stale_plan(report)) {
        cache_.retire(*which);
        certainly_not_run = true;
    } else if (report.sqlstate == "57014" && quarantined_ && slot.access == access::read) {
        certainly_not_run = true;  // hit by a cancel request that was meant for another statement
    }
    if ((certainly_not_run || caused_by_sharing(slot, report)) && may_repeat(slot)) {
        slot.repeat = true;
        return;
    }
    const bool follows = report.sqlstate == "25P02" && slot.in_block && first_error_;
    fail(slot, follows ? aborted_by(first_error_, sql_of(slot)) : server_error(report, sql_of(slot)));
}

// Its own Parse has failed. Who came behind it may have better luck, unless the text itself is at fault.
void pipeline_machine::on_parse_refused(pipeline_slot& slot) {
    const bool unlucky = !slot.statement->text_refused && (!slot.leader || quarantined_);
    if (unlucky && may_repeat(slot))
        slot.repeat = true;
    else
        fail(slot, slot.statement->parse_error);
}

void pipeline_machine::on_aborted(pipeline_slot& slot) {
    if (may_repeat(slot)) {
        slot.repeat = true;
        // What somebody else of its group met says nothing of its own: that it vanished too, for example.
        if (slot.shared) slot.op->sends_ = 0;
        return;
    }
    const bool own_parse = slot.leader && slot.statement && slot.statement->parse_error;
    fail(slot, own_parse ? slot.statement->parse_error : aborted_by(first_error_, sql_of(slot)));
}

// It is forgotten only when the server has closed it; until then its name counts as taken.
void pipeline_machine::on_close_answer(pipeline_slot& slot, const machine_event& event) {
    const bool gone = event.answer == answer::command_ok ||
                      (event.answer == answer::failed && event.report->sqlstate == "26000");
    if (gone)
        cache_.forget(*slot.statement);
    else
        cache_.retire(*slot.statement);
}

// A cancel request that came late may have hit the sentinel: then the transaction around it has failed.
void pipeline_machine::on_sentinel(const pipeline_slot& slot, const machine_event& event) {
    if (event.answer != answer::failed || !slot.in_block || first_error_ || event.report->sqlstate == "25P02")
        return;
    first_error_ = server_error(*event.report, {});
}

void pipeline_machine::on_control(pipeline_slot& slot, const machine_event& event) {
    std::exception_ptr error;
    if (event.answer == answer::failed) error = server_error(*event.report, sql_of(slot));
    if (event.answer == answer::failed && event.report->sqlstate == "25P02" && first_error_)
        error = aborted_by(first_error_, sql_of(slot));
    if (event.answer == answer::aborted) error = aborted_by(first_error_, sql_of(slot));
    switch (slot.control) {
        case control_kind::begin:
            if (!error && event.tag != "BEGIN" && event.tag != "START TRANSACTION")
                error = std::make_exception_ptr(
                    internal_error("the server answered \"" + std::string(event.tag) + "\" to BEGIN"));
            block_ = error ? block_state::refused : block_state::open;
            break;
        case control_kind::commit:
            // The server commits nothing and reports nothing when a statement had failed.
            if (!error && event.tag != "COMMIT")
                error = std::make_exception_ptr(transaction_aborted(
                    "COMMIT rolled the transaction back, because an earlier statement had failed: " +
                        text_of(first_error_),
                    sql_of(slot), first_error_));
            break;
        case control_kind::rollback:
            if (!error && event.tag != "ROLLBACK")
                error = std::make_exception_ptr(
                    internal_error("the server answered \"" + std::string(event.tag) + "\" to ROLLBACK"));
            break;
        case control_kind::rollback_to:
            if (!error) first_error_ = nullptr;
            break;
        case control_kind::discard:
            if (error) break;
            dirty_ = false;
            cache_.clear();
            break;
        default:
            break;
    }
    if (error) fail(slot, error);
    if (slot.control == control_kind::commit || slot.control == control_kind::rollback) end_block();
}

void pipeline_machine::note_raw(const machine_event& event) noexcept {
    if (!leaves_session_alone(event.tag, event.answer == answer::tuples_ok) &&
        event.answer != answer::empty_query)
        dirty_ = true;
}

// Outside transactions, once, and never the user's own text, which may have done anything before it failed.
bool pipeline_machine::may_repeat(const pipeline_slot& slot) const noexcept {
    return slot.op && !slot.in_block && slot.op->sends_ < 2 && slot.access != access::raw &&
           slot.control == control_kind::none;
}

void pipeline_machine::fail(pipeline_slot& slot, std::exception_ptr error) {
    if (slot.in_block && !first_error_) first_error_ = error;
    slot.result.reset();
    slot.error = std::move(error);
}

void pipeline_machine::out_of_step(const std::string& what) {
    if (!break_off_)
        break_off_ = std::make_exception_ptr(internal_error(
            "the conversation with the server broke off: " + what + "; the connection is closed"));
}

}  // namespace orm::inline v0::postgres
