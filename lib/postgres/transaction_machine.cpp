#include "transaction_machine.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <string>
#include <utility>

namespace orm::inline v0::postgres {

using machine = transaction_machine;

bool machine::level::failed() const noexcept { return cause() != nullptr; }

const std::exception_ptr& machine::level::cause() const noexcept {
    return error_ || !parent_ ? error_ : parent_->cause();
}

bool machine::submit(level& where, operation& statement) {
    if (!where.open()) return false;
    where.queue_.push_back({&statement, {}});
    return true;
}

bool machine::begin_nested(level& parent, const intrusive_ptr<level>& child) {
    if (!parent.open()) return false;
    child->parent_ = intrusive_ptr<level>(&parent);
    parent.queue_.push_back({nullptr, child});
    return true;
}

bool machine::remove(level& where, const operation& statement) noexcept {
    for (auto it = where.queue_.begin(); it != where.queue_.end(); ++it) {
        if (it->statement != &statement) continue;
        where.queue_.erase(it);
        return true;
    }
    return false;
}

void machine::commit(level& where) {
    if (!where.open()) return;
    if (has_open_child(where)) {
        if (!where.error_) where.error_ = nested_still_open();
        doom(where);
    }
    where.end_ = level::ending::commit;
}

void machine::rollback(level& where) {
    if (!where.open()) return;
    where.end_ = level::ending::rollback;
    doom(where);
}

machine::action machine::next() {
    if (over_ || awaiting_end_) return {};
    for (;;) {
        if (top_->ended_) {
            if (top_ == root_) {
                over_ = true;
                return {step::give_back};
            }
            top_ = top_->parent_;
        } else {
            return top_->queue_.empty() ? next_end() : next_turn();
        }
    }
}

machine::action machine::next_turn() {
    auto& turn = top_->queue_.front();
    if (!turn.statement) {
        const auto child = std::move(turn.nested);
        top_->queue_.pop_front();
        if (!child->ended_) top_ = child;
        return next();
    }
    if (top_->doomed_ || top_->end_ == level::ending::rollback || top_->failed()) {
        operation* const statement = turn.statement;
        const auto why = reason();
        top_->queue_.pop_front();
        return {step::fail, statement, {}, top_, why};
    }
    if (top_->entry_ == level::entry::none) return enter();
    operation* const statement = turn.statement;
    top_->queue_.pop_front();
    return {step::send, statement, {}, top_};
}

std::exception_ptr machine::reason() const {
    if (!top_->failed()) return level_rolled_back();
    const bool never_connected = broken() && root_->entry_ == level::entry::none;
    return never_connected ? root_->error_ : level_failed(top_->cause());
}

// The levels around a nested one are entered first. The outermost is entered with its connection.
machine::action machine::enter() {
    if (connection_ == connection_state::none) {
        connection_ = connection_state::wanted;
        return {step::acquire};
    }
    if (connection_ != connection_state::held) return {};
    level* outermost = top_.get();
    while (outermost->parent_ && outermost->parent_->entry_ == level::entry::none) {
        outermost = outermost->parent_.get();
    }
    outermost->entry_ = level::entry::sent;
    return {step::control, nullptr, control_kind::savepoint, intrusive_ptr<level>(outermost)};
}

machine::action machine::next_end() {
    level& here = *top_;
    if (here.answered_) return finish(here.verdict_);
    if (here.doomed_) return finish(level_rolled_back());
    if (here.end_ == level::ending::none) return {};
    if (here.end_ == level::ending::rollback) return roll_back();
    if (here.failed()) {
        here.verdict_ = reason();
        return roll_back();
    }
    if (here.unwanted_) return roll_back();
    if (here.entry_ == level::entry::none) return finish(nullptr);
    return send_control(top_ == root_ ? control_kind::commit : control_kind::release);
}

machine::action machine::roll_back() {
    level& here = *top_;
    if (here.entry_ == level::entry::none || here.entry_ == level::entry::refused || broken()) {
        return finish(here.verdict_);
    }
    if (here.entry_ == level::entry::sent) return {};
    return send_control(top_ == root_ ? control_kind::rollback : control_kind::rollback_to);
}

machine::action machine::send_control(control_kind what) {
    awaiting_end_ = true;
    return {step::control, nullptr, what, top_};
}

machine::action machine::finish(const std::exception_ptr& verdict) {
    top_->ended_ = true;
    const bool kept = !verdict && !top_->doomed_ && !top_->unwanted_ && top_->end_ == level::ending::commit;
    return {step::finish, nullptr, {}, top_, verdict, kept};
}

void machine::acquired() noexcept {
    connection_ = connection_state::held;
    root_->entry_ = level::entry::confirmed;
}

void machine::settled(level& of, const std::exception_ptr& error) noexcept {
    if (error && !of.error_) of.error_ = error;
}

void machine::answered(control_kind what, level& of, const std::exception_ptr& error) noexcept {
    if (what == control_kind::savepoint) {
        of.entry_ = error ? level::entry::refused : level::entry::confirmed;
        if (error && !of.error_) of.error_ = error;
        return;
    }
    awaiting_end_ = false;
    if (what == control_kind::release && error) {
        of.error_ = of.error_ ? of.error_ : error;  // which leads to ROLLBACK TO
        return;
    }
    of.answered_ = true;
    if (error && !of.verdict_) of.verdict_ = error;
    if (error && of.parent_ && !of.parent_->error_) of.parent_->error_ = error;
}

void machine::lost(const std::exception_ptr& why) noexcept {
    connection_ = connection_state::lost;
    if (!root_->error_) root_->error_ = why;
}

void machine::doom(level& inside) noexcept {
    if (on_stack(inside)) {
        for (level* one = top_.get(); one != &inside; one = one->parent_.get()) one->doomed_ = true;
    }
    for (auto& turn : inside.queue_) {
        if (!turn.nested) continue;
        turn.nested->doomed_ = true;
        doom(*turn.nested);
    }
}

bool machine::on_stack(const level& where) const noexcept {
    for (const level* one = top_.get(); one; one = one->parent_.get()) {
        if (one == &where) return true;
    }
    return false;
}

bool machine::has_open_child(const level& where) const noexcept {
    for (const auto& turn : where.queue_) {
        if (turn.nested && turn.nested->open()) return true;
    }
    for (const level* one = top_.get(); one; one = one->parent_.get()) {
        if (one->parent_.get() == &where && one->open()) return true;
    }
    return false;
}

std::exception_ptr level_failed(const std::exception_ptr& cause) {
    std::string why = "an earlier error";
    try {
        std::rethrow_exception(cause);
    } catch (const std::exception& first) {
        why = first.what();
    } catch (...) {
    }
    return std::make_exception_ptr(transaction_aborted(
        "not run: the transaction has failed and waits to be rolled back. Its first error: " + why, {},
        cause));
}

std::exception_ptr level_over() {
    return std::make_exception_ptr(database_error(
        "the transaction has ended: a query of it must be started before it commits or rolls back"));
}

std::exception_ptr level_rolled_back() {
    return std::make_exception_ptr(
        transaction_aborted("not run: the transaction around it was rolled back", {}, nullptr));
}

std::exception_ptr nested_still_open() {
    return std::make_exception_ptr(database_error(
        "a transaction cannot be committed while a nested one in it is still open: await that first"));
}

}  // namespace orm::inline v0::postgres
