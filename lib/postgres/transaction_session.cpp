#include "transaction_session.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace orm::inline v0::postgres {

class transaction_session::sent_statement final : public quiet_operation {
public:
    sent_statement(transaction_session& owner, intrusive_ptr<transaction_machine::level> of, operation& what)
        : quiet_operation(owner.loop()), owner_(&owner), level_(std::move(of)), statement_(&what) {
        owner_->sent_.push_back(this);
        statement_watch::move(what, *this);
    }

    const operation* statement() const noexcept { return statement_; }
    const std::source_location* written() const noexcept override { return statement_->written(); }
    const transaction_machine::level& level() const noexcept { return *level_; }

    postgres::request request() const noexcept override { return statement_->request(); }

    void on_result(const result_view& result) override {
        leave(nullptr);
        if (statement_->state().ready()) return;
        try {
            statement_->on_result(result);
        } catch (...) {
            statement_->on_error(std::current_exception());
        }
    }
    void on_error(std::exception_ptr why) noexcept override {
        leave(why);
        statement_->on_error(std::move(why));
    }
    // The server's answer goes to nobody.
    void dropped(const std::exception_ptr& why) noexcept {
        leave(nullptr);
        statement_->on_error(why);
    }

private:
    ~sent_statement() override {
        leave(nullptr);
        statement_->state().release();
    }

    void leave(const std::exception_ptr& error) noexcept {
        if (!owner_) return;
        std::erase(owner_->sent_, this);
        owner_->machine_.settled(*level_, error);
        owner_ = nullptr;
        if (!ready()) set_ready();
    }

    intrusive_ptr<transaction_session> owner_;
    intrusive_ptr<transaction_machine::level> level_;
    operation* statement_;
};

namespace {

bool is_or_inside(const transaction_machine::level* which, const transaction_level& outer) noexcept {
    while (which && which != &outer) which = which->parent();
    return which != nullptr;
}

}  // namespace

transaction_session::transaction_session(intrusive_ptr<postgres::pool> where, std::string begin)
    : pool_(std::move(where)),
      root_(make_intrusive<transaction_level>(0)),
      machine_(root_),
      begin_(std::move(begin)) {}

intrusive_ptr<transaction_level> transaction_session::nest(transaction_level& parent) {
    auto child = make_intrusive<transaction_level>(++levels_);
    return machine_.begin_nested(parent, child) ? child : nullptr;
}

// The lowest, so that the texts that hold it are few, and prepared once.
int transaction_session::take_cursor() {
    auto free = std::find(cursors_.begin(), cursors_.end(), false);
    if (free == cursors_.end()) free = cursors_.insert(free, false);
    *free = true;
    return static_cast<int>(free - cursors_.begin()) + 1;
}

void transaction_session::submit(transaction_level& level, operation& statement) noexcept {
    if (!machine_.submit(level, statement)) return statement.on_error(level_over());
    statement_watch::submitted(statement, pool_->audience());
    statement.state().add_ref();
    pump();
}

void transaction_session::fail(transaction_level& level, const std::exception_ptr& why) noexcept {
    machine_.settled(level, why);
    pump();
}

void transaction_session::add_hook(transaction_level& level, intrusive_ptr<commit_hook> hook) {
    if (!level.open()) std::rethrow_exception(level_over());
    hooks_.push_back({intrusive_ptr<transaction_level>(&level), std::move(hook)});
}

bool transaction_session::has_hooks(const transaction_level& level) const noexcept {
    return std::any_of(hooks_.begin(), hooks_.end(),
                       [&](const registered& one) { return is_or_inside(one.level.get(), level); });
}

std::vector<intrusive_ptr<commit_hook>> transaction_session::take_hooks(const transaction_level& level) {
    std::vector<intrusive_ptr<commit_hook>> taken;
    std::erase_if(hooks_, [&](registered& one) {
        if (!is_or_inside(one.level.get(), level)) return false;
        taken.push_back(std::move(one.hook));
        return true;
    });
    return taken;
}

void transaction_session::commit(transaction_level& level) noexcept {
    machine_.commit(level);
    pump();
}

void transaction_session::rollback(transaction_level& level) noexcept {
    machine_.rollback(level);
    pump();
}

void transaction_session::abandon(transaction_level& level) noexcept {
    if (!level.open()) return;
    const intrusive_ptr<transaction_session> self(this);
    // The cancel request first: until it is certain that it hits nothing else, the ROLLBACK stays behind it.
    drop_sent(level);
    if (where_) pool_->look_after(*where_);
    machine_.rollback(level);
    pump();
}

// Statements of levels around this one are left alone.
void transaction_session::drop_sent(const transaction_level& level) noexcept {
    const auto why = level_rolled_back();
    for (auto* const one : std::vector<sent_statement*>(sent_)) {
        if (!where_ || !is_or_inside(&one->level(), level)) continue;
        const intrusive_ptr<sent_statement> kept(one);
        where_->link().withdraw(*one);
        one->dropped(why);
    }
}

void transaction_session::cancel(transaction_level& level, operation& statement) noexcept {
    if (machine_.remove(level, statement)) {
        statement_watch::abandoned(statement);
        return statement.state().release();
    }
    withdraw(statement);
}

bool transaction_session::holds(const operation& statement) const noexcept {
    return std::any_of(sent_.begin(), sent_.end(), [&](auto* one) { return one->statement() == &statement; });
}

void transaction_session::withdraw(operation& statement) noexcept {
    const auto at =
        std::find_if(sent_.begin(), sent_.end(), [&](auto* one) { return one->statement() == &statement; });
    if (at == sent_.end() || !where_) return;
    const intrusive_ptr<sent_statement> kept(*at);
    where_->link().withdraw(*kept);
    pool_->look_after(*where_);
    pump();
}

void transaction_session::pump() noexcept {
    if (pumping_) return;
    const intrusive_ptr<transaction_session> self(this);
    pumping_ = true;
    for (auto todo = machine_.next(); todo.step != transaction_machine::step::none; todo = machine_.next()) {
        perform(todo);
    }
    pumping_ = false;
}

void transaction_session::perform(transaction_machine::action& todo) noexcept {
    switch (todo.step) {
        case transaction_machine::step::none:
            return;
        case transaction_machine::step::acquire:
            self_ = intrusive_ptr<transaction_session>(this);
            return pool_->claim(*this);
        case transaction_machine::step::send:
            return send(todo);
        case transaction_machine::step::control:
            return control(todo.control, todo.level);
        case transaction_machine::step::fail:
            statement_watch::failed(*todo.statement, todo.cause);
            todo.statement->on_error(std::move(todo.cause));
            return todo.statement->state().release();
        case transaction_machine::step::finish:
            return finish(todo);
        case transaction_machine::step::give_back:
            return give_back();
    }
}

void transaction_session::finish(transaction_machine::action& todo) noexcept {
    auto& level = static_cast<transaction_level&>(*todo.level);
    if (!todo.kept) take_hooks(level);
    if (auto ending = std::move(level.ending)) {
        todo.cause ? ending->fail(std::move(todo.cause)) : ending->succeed();
    }
}

void transaction_session::send(transaction_machine::action& todo) noexcept {
    where_->link().submit(*new sent_statement(*this, std::move(todo.level), *todo.statement));
}

void transaction_session::control(control_kind what,
                                  const intrusive_ptr<transaction_machine::level>& level) noexcept {
    const intrusive_ptr<transaction_session> self(this);
    const std::string name = static_cast<transaction_level&>(*level).savepoint();
    const auto answer = [self, level, what](std::exception_ptr why) {
        self->machine_.answered(what, *level, why);
    };
    switch (what) {
        case control_kind::savepoint:
            return send_errand(what, "SAVEPOINT " + name, answer);
        case control_kind::release:
            return send_errand(what, "RELEASE SAVEPOINT " + name, answer);
        case control_kind::rollback_to:
            // The savepoint outlives that; released, it does not pile up in a long transaction.
            send_errand(what, "ROLLBACK TO SAVEPOINT " + name, {});
            return send_errand(control_kind::release, "RELEASE SAVEPOINT " + name, answer);
        case control_kind::commit:
            return send_errand(what, "COMMIT", answer);
        default:
            return send_errand(what, "ROLLBACK", answer);
    }
}

void transaction_session::send_errand(control_kind what, std::string text, errand::answer done) noexcept {
    where_->link().control(*new errand(loop(), what, std::move(text), std::move(done)));
}

void transaction_session::give_back() noexcept {
    if (auto* const where = std::exchange(where_, nullptr)) {
        pool_->give_back(*where);
    } else if (self_) {
        pool_->leave_queue(*this);
    }
    self_ = nullptr;
}

void transaction_session::on_granted(pooled& where) noexcept {
    where_ = &where;
    where.link().begin(begin_);
    machine_.acquired();
    pump();
}

void transaction_session::on_refused(std::exception_ptr why) noexcept {
    const auto self = std::exchange(self_, nullptr);
    machine_.lost(why);
    pump();
}

void transaction_session::on_closed(std::exception_ptr why) noexcept {
    const auto self = std::exchange(self_, nullptr);
    where_ = nullptr;
    machine_.lost(why);
    pump();
}

}  // namespace orm::inline v0::postgres
