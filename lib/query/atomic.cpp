#include "after_commit.hpp"

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/query/atomic.hpp>
#include <asynchrormous/query/evaluation.hpp>

#include <string>
#include <utility>

namespace orm::inline v0 {

namespace query_detail {

namespace {

[[noreturn]] void refuse(const std::string& why) { throw transaction_management_error(why); }

// A savepoint cannot have them, and what they promise must hold.
void check_nested(const transaction_options& wanted, const transaction_options& around) {
    if (wanted.durable)
        refuse(
            "a durable atomic() was opened inside another one: what it does would not be committed when it "
            "returns; call it outside, or leave out durable");
    if (wanted.isolation != isolation::session_default && wanted.isolation != around.isolation)
        refuse(
            "a nested atomic() asks for an isolation level that the transaction around it does not have: it "
            "is chosen when that begins, so name it in the outermost atomic()");
    if (wanted.read_only && !around.read_only)
        refuse(
            "a nested atomic() asks for read_only in a transaction that may write: name it in the outermost "
            "atomic()");
    if (wanted.deferrable && !around.deferrable)
        refuse(
            "a nested atomic() asks for deferrable in a transaction that is not: name it in the outermost "
            "atomic()");
}

}  // namespace

transaction* open_transaction() noexcept { return dynamic_cast<transaction*>(current_context().get()); }

transaction* open_transaction(const std::optional<database>& where) noexcept {
    transaction* open = open_transaction();
    while (where && open && !open->on(*where)) open = open->around().get();
    return open;
}

atomic_block::atomic_block(const transaction_options& options) {
    transaction* const ambient = open_transaction();
    transaction* const around = open_transaction(options.using_);
    intrusive_ptr<transaction> outside(around == ambient ? nullptr : ambient);
    if (!around) {
        level_ = transaction::begin(options.using_ ? *options.using_ : database::current(), options,
                                    std::move(outside));
        return;
    }
    check_nested(options, around->options());
    own_level_ = options.savepoint;
    level_ = own_level_ ? transaction::begin_nested(*around, std::move(outside))
                        : intrusive_ptr<transaction>(around);
}

atomic_block::~atomic_block() {
    if (done_) return;
    if (own_level_)
        level_->abandon();
    else
        level_->fail(std::make_exception_ptr(
            transaction_aborted("a part of the transaction was left before it had ended", {}, nullptr)));
}

lazy<void> atomic_block::commit() {
    done_ = true;
    if (!own_level_) return make_ready_lazy<void>(level_->loop());
    const bool hooks = !level_->parent() && level_->has_hooks();
    auto committed = level_->commit();
    if (hooks) after_ = make_intrusive<after_commit>(level_, committed.state());
    return committed;
}

lazy<void> atomic_block::roll_back(const std::exception_ptr& why) {
    done_ = true;
    if (own_level_) return level_->rollback();
    level_->fail(why);
    return make_ready_lazy<void>(level_->loop());
}

lazy<void> atomic_block::hooks() const {
    if (!after_) return make_ready_lazy<void>(level_->loop());
    return lazy<void>(after_);
}

void atomic_block::run(plain_body body) {
    try {
        const context_scope inside{this->inside()};
        body();
    } catch (...) {
        const auto why = std::current_exception();
        try {
            roll_back(why).get();
        } catch (const error&) {  // the connection is gone, and the transaction with it
        }
        throw;
    }
    done_ = true;
    if (own_level_) level_->commit().get();
}

void atomic_block::run_hooks() {
    if (own_level_ && !level_->parent()) run_and_wait(level_->take_hooks());
}

void run_atomic(const transaction_options& options, plain_body body) {
    require_blocking_allowed(event_loop::current());
    atomic_block block(options);
    block.run(body);
    block.run_hooks();
}

intrusive_ptr<operation_state> do_on_commit(intrusive_ptr<commit_hook> hook,
                                            const std::optional<database>& where) {
    if (auto* const open = open_transaction(where)) {
        open->add_hook(std::move(hook));
        return nullptr;
    }
    try {
        return run_or_keep(hook);
    } catch (...) {
        if (!hook->robust()) throw;
        tell_unobserved_error(std::current_exception());
        return nullptr;
    }
}

lazy<void> done_when(intrusive_ptr<operation_state> started) {
    if (!started) return make_ready_lazy<void>(event_loop::current());
    return lazy<void>(intrusive_ptr<lazy_state<void>>(static_cast<lazy_state<void>*>(started.get())));
}

}  // namespace query_detail

namespace {

transaction& innermost(const char* what) {
    if (auto* const open = query_detail::open_transaction()) return *open;
    throw transaction_management_error(std::string(what) + " has a meaning inside of atomic() only");
}

}  // namespace

bool in_atomic_block() noexcept { return query_detail::open_transaction() != nullptr; }
bool in_atomic_block(const database& where) noexcept {
    return query_detail::open_transaction(where) != nullptr;
}
void set_rollback(bool wanted) { innermost("set_rollback()").set_rollback(wanted); }
bool get_rollback() { return innermost("get_rollback()").rollback_set(); }

}  // namespace orm::inline v0
