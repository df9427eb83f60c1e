// A transaction on its connection: carries out what transaction_machine wants, over all its levels.
// Lives as long as it waits for a connection or holds one, whoever still has a handle (rule 24).
#pragma once

#include "errand.hpp"
#include "pool.hpp"
#include "transaction_machine.hpp"

#include <asynchrormous/postgres/commit_hook.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <string>
#include <vector>

namespace orm::inline v0::postgres {

class transaction_level final : public transaction_machine::level {
public:
    explicit transaction_level(int number) noexcept : number_(number) {}

    intrusive_ptr<lazy_state<void>> ending{};  // of commit() or rollback(); null: nobody wants to know
    std::string savepoint() const { return "orm_" + std::to_string(number_); }

private:
    int number_;
};

class transaction_session final : public ref_counted, private tenant {
public:
    transaction_session(intrusive_ptr<postgres::pool> where, std::string begin);

    transaction_level& root() noexcept { return *root_; }
    intrusive_ptr<transaction_level> nest(transaction_level& parent);  // null: the parent has ended
    event_loop& loop() const noexcept { return pool_->loop(); }
    const postgres::pool& where() const noexcept { return *pool_; }

    void fail(transaction_level& level, const std::exception_ptr& why) noexcept;
    void set_rollback(transaction_level& level, bool wanted) noexcept {
        machine_.set_rollback(level, wanted);
    }
    void add_hook(transaction_level& level, intrusive_ptr<commit_hook> hook);
    bool has_hooks(const transaction_level& level) const noexcept;
    std::vector<intrusive_ptr<commit_hook>> take_hooks(const transaction_level& level);

    int take_cursor();  // from 1
    void free_cursor(int number) noexcept { cursors_[static_cast<std::size_t>(number - 1)] = false; }

    void submit(transaction_level& level, operation& statement) noexcept;
    void cancel(transaction_level& level, operation& statement) noexcept;
    void commit(transaction_level& level) noexcept;
    void rollback(transaction_level& level) noexcept;
    void abandon(transaction_level& level) noexcept;

private:
    class sent_statement;  // stands on the connection for a statement, so that its level hears of errors
    friend class sent_statement;

    struct registered {
        intrusive_ptr<transaction_level> level;
        intrusive_ptr<commit_hook> hook;
    };

    void pump() noexcept;
    void finish(transaction_machine::action& todo) noexcept;
    void perform(transaction_machine::action& todo) noexcept;
    void send(transaction_machine::action& todo) noexcept;
    void control(control_kind what, const intrusive_ptr<transaction_machine::level>& level) noexcept;
    void send_errand(control_kind what, std::string text, errand::answer done) noexcept;
    void give_back() noexcept;
    void drop_sent(const transaction_level& level) noexcept;

    void on_granted(pooled& where) noexcept override;
    void on_refused(std::exception_ptr why) noexcept override;
    void on_progress() noexcept override { pump(); }
    void on_closed(std::exception_ptr why) noexcept override;
    bool holds(const operation& statement) const noexcept override;
    void withdraw(operation& statement) noexcept override;

    intrusive_ptr<postgres::pool> pool_;
    intrusive_ptr<transaction_level> root_;
    transaction_machine machine_;
    pooled* where_ = nullptr;
    std::string begin_;
    std::vector<registered> hooks_{};
    std::vector<bool> cursors_{};  // whose numbers are taken
    std::vector<sent_statement*> sent_{};
    intrusive_ptr<transaction_session> self_{};
    int levels_ = 0;
    bool pumping_ = false;
};

}  // namespace orm::inline v0::postgres
