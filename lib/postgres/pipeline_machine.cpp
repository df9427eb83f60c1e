// Submitting, sending and delivering. What the answers mean is in pipeline_answers.cpp, how operations are
// taken back in pipeline_cancel.cpp, how it all ends in pipeline_loss.cpp.
#include "pipeline_machine.hpp"

#include "error_text.hpp"

#include <utility>

namespace orm::inline v0::postgres {
namespace {

constexpr std::size_t most_parameters = 65'535;     // a 16 bit count in the Bind message
constexpr std::size_t longest_value = 0x3fff'ffff;  // PostgreSQL's own limit of a field, 1 GiB

std::size_t bytes_of(const request& what) noexcept {
    std::size_t bytes = what.text.size();
    for (const sql::parameter& one : what.parameters)
        if (one.bytes) bytes += one.bytes->size();
    return bytes;
}

std::string parameter_name(std::size_t index) { return "parameter $" + std::to_string(index + 1); }

std::string refusal_of(const request& what) {
    const auto& all = what.parameters;
    if (all.size() > most_parameters)
        return "the statement has " + std::to_string(all.size()) +
               " parameters, PostgreSQL takes 65535; pass arrays with unnest() or send several statements";
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].bytes && all[i].bytes->size() > longest_value)
            return parameter_name(i) + " is longer than 1 GiB, which PostgreSQL cannot store in one value";
    return {};
}

// What only a text that is sent for the first time has to pass.
std::string refusal_of_text(const request& what) {
    if (what.text.find('\0') != std::string_view::npos)
        return "the SQL text holds a NUL character, behind which the server would not see it; bind the value";
    for (std::size_t i = 0; i < what.parameters.size(); ++i)
        if (const sql::type of = what.parameters[i].type;
            sql::parameter_oid_of(of) == 0 && !sql::is_named(of))
            return parameter_name(i) + " has no PostgreSQL type; the server would have to guess it";
    return {};
}

std::exception_ptr refused(const std::string& why, std::string_view sql) {
    return std::make_exception_ptr(data_error(why + " (nothing was sent)", sql));
}

bool ends_block(control_kind kind) noexcept {
    return kind == control_kind::commit || kind == control_kind::rollback;
}

}  // namespace

pipeline_machine::pipeline_machine(const machine_options& options)
    : options_(options),
      cache_(options.statement_cache_size, options.nonce),
      wants_isolation_(options.share_sync && options.prepare) {}

void pipeline_machine::submit(operation& what) noexcept {
    what.slot_ = 0;
    what.sends_ = 0;
    what.alone_ = false;
    queue_.push_back(what);
    ++load_;
}

void pipeline_machine::begin(std::string text) {
    begin_text_ = std::move(text);
    block_ = block_state::wanted;
}

void pipeline_machine::end_block() noexcept {
    block_ = block_state::none;
    first_error_ = nullptr;
}

machine_action pipeline_machine::next() {
    if (auto action = deliver(); action.step != machine_step::idle) return action;
    if (break_off_) return {.step = machine_step::close, .error = std::exchange(break_off_, nullptr)};
    if (sync_due_ && !dead_) return send_sync();
    if (quarantined_) return quarantine_step();
    if (queue_.empty()) return {};
    if (dead_)
        return finish_front(lost_error(outcome::not_sent, last_words_, queue_.front()->request().text));
    return send_front();
}

machine_action pipeline_machine::deliver() {
    if (rejected_) {
        --load_;
        return {.step = machine_step::fail,
                .op = std::exchange(rejected_, nullptr),
                .error = std::exchange(rejection_, nullptr)};
    }
    while (slots_.head() != finished_) {
        pipeline_slot slot = slots_.pop_front();
        if (slot.statement) cache_.unuse(*slot.statement);
        if (slot.kind == slot_kind::sentinel) {
            sentinel_sent_ = false;
            quarantined_ = cancels_ > 0;
        }
        if (!slot.submitted()) continue;
        --in_flight_;
        bytes_ -= slot.bytes;
        if (slot.op) slot.op->slot_ = 0;
        if (slot.op && slot.repeat) {
            slot.op->alone_ = true;
            queue_.push_back(*slot.op);
            continue;
        }
        --load_;
        if (!slot.op) {
            --forsaken_;
            continue;
        }
        return {.step = slot.error ? machine_step::fail : machine_step::complete,
                .op = slot.op,
                .result = std::move(slot.result),
                .error = std::move(slot.error)};
    }
    return {};
}

machine_action pipeline_machine::send_front() {
    operation& op = *queue_.front();
    const bool nothing_to_end = block_ == block_state::wanted && ends_block(op.control_);
    if (nothing_to_end || block_ == block_state::refused || block_ == block_state::broken)
        return without_server(op);
    const request what = op.request();
    if (held(op, what)) return {};
    if (open_ > 0 && (open_ >= options_.max_in_segment || starts_segment(op, what))) return send_sync();
    if (block_ == block_state::wanted) return send_begin();
    if (op.control_ != control_kind::none) return send_control(op, what);
    return send_statement(op, what);
}

bool pipeline_machine::held(const operation& op, const request& what) const noexcept {
    if (raw_in_flight_ > 0 || block_ == block_state::ending) return true;
    if (block_ == block_state::opening && open_ == 0) return true;
    if (autocommit() && (what.access == access::raw || op.control_ != control_kind::none))
        return !slots_.empty();
    if (in_flight_ == 0) return false;
    return in_flight_ >= options_.max_in_flight || bytes_ + bytes_of(what) > options_.max_bytes_in_flight;
}

// Behind an error in the same segment these would be skipped; and raw SQL must not take others with it.
bool pipeline_machine::starts_segment(const operation& op, const request& what) const noexcept {
    if (op.control_ == control_kind::none) return what.access == access::raw && block_ == block_state::open;
    return ends_block(op.control_) || op.control_ == control_kind::rollback_to;
}

// The transaction has not begun, could not begin, or is over already.
machine_action pipeline_machine::without_server(operation& op) {
    const control_kind kind = op.control_;
    const block_state was = block_;
    std::exception_ptr error;
    if (was == block_state::refused && kind != control_kind::rollback)
        error = aborted_by(first_error_, op.request().text);
    if (was == block_state::broken && kind != control_kind::rollback)
        error = std::make_exception_ptr(programming_error(
            "raw SQL has ended the transaction around it; leave COMMIT and ROLLBACK to the library",
            op.request().text));
    if (ends_block(kind)) end_block();
    return finish_front(std::move(error));
}

machine_action pipeline_machine::finish_front(std::exception_ptr error) {
    --load_;
    return {.step = error ? machine_step::fail : machine_step::complete,
            .op = queue_.pop(),
            .error = std::move(error)};
}

machine_action pipeline_machine::send_statement(operation& op, const request& what) {
    if (const auto why = refusal_of(what); !why.empty()) return finish_front(refused(why, what.text));
    const bool named = options_.prepare && what.access != access::raw;
    prepared_statement* const known = named ? cache_.find(what.text, what.parameters) : nullptr;
    const bool shared = known && shares(op, what, *known);
    // An open segment without a transaction is a group of plain reads.
    if (autocommit() && open_ > 0 && !shared) return send_sync();
    if (wants_isolation_ && autocommit() && what.plain) return ask_isolation();
    if (known) return send_execute(op, what, *known, shared);
    if (const auto why = refusal_of_text(what); !why.empty()) return finish_front(refused(why, what.text));
    return named ? send_prepare(op, what) : send_unnamed(op, what);
}

machine_action pipeline_machine::send_execute(operation& op, const request& what, prepared_statement& known,
                                              bool shared) {
    pipeline_slot& slot = push_front_of_queue(slot_kind::execute, what);
    slot.statement = &known;
    slot.leader = std::exchange(leader_, nullptr) == &op;
    slot.shared = shared;
    slot.sent_at = now_;
    cache_.use(known);
    sync_due_ = autocommit() && !shared;
    return {.step = machine_step::send_execute, .op = &op, .statement = &known, .request = what};
}

machine_action pipeline_machine::send_unnamed(operation& op, const request& what) {
    push_front_of_queue(slot_kind::query, what);
    const bool raw = what.access == access::raw;
    if (raw) ++raw_in_flight_;
    sync_due_ = autocommit() || raw;
    return {.step = machine_step::send_query, .op = &op, .request = what};
}

machine_action pipeline_machine::send_control(operation& op, const request& what) {
    push_front_of_queue(slot_kind::query, what).control = op.control_;
    sync_due_ = autocommit() || ends_block(op.control_);
    if (ends_block(op.control_)) block_ = block_state::ending;
    return {.step = machine_step::send_query, .op = &op, .request = what};
}

machine_action pipeline_machine::send_begin() {
    push(slot_kind::query).control = control_kind::begin;
    block_ = block_state::opening;
    return {.step = machine_step::send_query, .request = {begin_text_, {}, access::write}};
}

// What is evicted goes first, between transactions only: DEALLOCATE is refused in a failed one.
machine_action pipeline_machine::send_prepare(operation& op, const request& what) {
    if (autocommit()) {
        cache_.make_room();
        if (prepared_statement* const old = cache_.next_to_close()) return send_close(*old);
    }
    prepared_statement& fresh = cache_.add(what.text, what.parameters);
    cache_.use(fresh);
    push(slot_kind::prepare).statement = &fresh;
    leader_ = &op;
    sync_due_ = autocommit();
    return {.step = machine_step::send_prepare, .op = &op, .statement = &fresh, .request = what};
}

machine_action pipeline_machine::send_close(prepared_statement& which) {
    cache_.use(which);
    push(slot_kind::close).statement = &which;
    sync_due_ = true;
    return {.step = machine_step::send_close, .statement = &which};
}

// Rule 8. A read that was sent before is alone from then on, so that a bad group costs no quadratic work.
bool pipeline_machine::shares(const operation& op, const request& what,
                              const prepared_statement& known) const noexcept {
    return read_committed_ && autocommit() && what.plain && what.access == access::read && !op.alone_ &&
           !dirty_ && known.state == statement_state::ready && known.pace == statement_pace::quick;
}

machine_action pipeline_machine::ask_isolation() {
    wants_isolation_ = false;
    push(slot_kind::isolation);
    sync_due_ = true;
    return {.step = machine_step::send_query,
            .request = {"SHOW default_transaction_isolation", {}, access::read}};
}

machine_action pipeline_machine::send_sync() {
    if (open_ == 1) slots_[slots_.tail() - 1].shared = false;
    push(slot_kind::sync);
    open_ = 0;
    sync_due_ = false;
    return {.step = machine_step::send_sync};
}

pipeline_slot& pipeline_machine::push(slot_kind kind) {
    pipeline_slot& slot = slots_.push();
    slot.kind = kind;
    slot.in_block = !autocommit();
    ++open_;
    return slot;
}

pipeline_slot& pipeline_machine::push_front_of_queue(slot_kind kind, const request& what) {
    operation& op = *queue_.pop();
    op.slot_ = slots_.tail();
    ++op.sends_;
    pipeline_slot& slot = push(kind);
    slot.op = &op;
    slot.access = what.access;
    slot.bytes = bytes_of(what);
    bytes_ += slot.bytes;
    ++in_flight_;
    return slot;
}

// Only the operation fails; what the segment holds besides still gets its Sync. Without a Sync, BEGIN or
// COMMIT there is nothing left to rely on.
void pipeline_machine::send_failed(std::string_view why, bool connection_dead) {
    pipeline_slot slot = slots_.pop_back();
    if (open_ > 0) --open_;
    if (open_ == 0) sync_due_ = false;
    const std::string text = "libpq could not send: " + std::string(why);
    if (slot.kind == slot_kind::sync || slot.kind == slot_kind::sentinel ||
        slot.control != control_kind::none)
        out_of_step(text);
    if (slot.kind == slot_kind::close) cache_.retire(*slot.statement);
    if (slot.kind == slot_kind::prepare) {
        cache_.forget(*slot.statement);
        rejected_ = queue_.pop();
    }
    if (slot.statement) cache_.unuse(*slot.statement);
    if (slot.submitted()) {
        --in_flight_;
        bytes_ -= slot.bytes;
        if (slot.access == access::raw) --raw_in_flight_;
        rejected_ = slot.op;
        rejected_->slot_ = 0;
    }
    if (!rejected_) return;
    if (connection_dead)
        queue_.push_front(*std::exchange(rejected_, nullptr));
    else
        rejection_ = std::make_exception_ptr(operational_error(text, rejected_->request().text));
}

}  // namespace orm::inline v0::postgres
