// One level of a transaction: the outermost is BEGIN..COMMIT, nested ones are savepoints.
// Savepoints are a stack with one owner: while a nested level is open only its queries run, and those of the
// level around it wait in the order in which they were submitted. An error marks its level: until that is
// rolled back further queries fail at once, naming the first error. What sends nothing costs nothing, not
// even a connection.
#pragma once

#include <asynchrormous/postgres/commit_hook.hpp>
#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/postgres/transaction_options.hpp>
#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <exception>
#include <vector>

namespace orm::inline v0 {

namespace postgres {
class transaction_level;
class transaction_session;
}  // namespace postgres

class ORM_EXPORT transaction final : public context, public postgres::executor {
public:
    // `around`: the open transaction of another database, to which queries return when this one is over.
    static intrusive_ptr<transaction> begin(const database& db, const transaction_options& options = {},
                                            intrusive_ptr<transaction> around = nullptr);
    // Throws: error when the parent has ended.
    static intrusive_ptr<transaction> begin_nested(transaction& parent,
                                                   intrusive_ptr<transaction> around = nullptr);
    ~transaction() override;  // abandoned, if still open

    // Both end the level, whatever they report. A level with an error cannot be committed: it is rolled back,
    // and commit() fails with the first error as its cause.
    [[nodiscard]] lazy<void> commit();
    [[nodiscard]] lazy<void> rollback();
    // commit() whose outcome nobody needs to hear of.
    void finish() noexcept;
    // Rolls back in the background and frees the server of a running statement. Nobody is told how it went,
    // and nobody gets the connection before it is clean.
    void abandon() noexcept;

    bool open() const noexcept;
    bool over() const noexcept;    // its end is confirmed
    bool failed() const noexcept;  // this level or one around it has an error
    // The level around this one; null for an outermost one.
    const intrusive_ptr<transaction>& parent() const noexcept { return parent_; }
    // What was open around it: its parent, or a transaction of another database.
    const intrusive_ptr<transaction>& around() const noexcept { return around_ ? around_ : parent_; }
    // Of the outermost level.
    const transaction_options& options() const noexcept;
    bool on(const database& db) const noexcept;
    bool shares_session(const transaction& other) const noexcept { return session_ == other.session_; }

    // What is submitted to `where` happens in it; null: in no transaction that lasts.
    static transaction* behind(postgres::executor& where) noexcept;
    // A number for the name of a cursor, which no other one of the whole transaction has until it is freed.
    int take_cursor();
    void free_cursor(int number) noexcept;

    // From here on the level fails as after an error of the server. Ignored where it has one.
    void fail(std::exception_ptr why) noexcept;
    // At the end of its block the level is rolled back, without an error. Its queries run meanwhile.
    void set_rollback(bool wanted) noexcept;
    bool rollback_set() const noexcept;

    // Dropped with a level that is rolled back. Throws: error when the level has ended.
    void add_hook(intrusive_ptr<commit_hook> hook);
    bool has_hooks() const noexcept;
    // What was registered in this level and in those that ended inside, in order.
    std::vector<intrusive_ptr<commit_hook>> take_hooks() noexcept;

    void submit(postgres::operation& operation) noexcept override;
    void cancel(postgres::operation& operation) noexcept override;
    event_loop& loop() const noexcept override;

private:
    transaction(intrusive_ptr<postgres::transaction_session> session,
                intrusive_ptr<postgres::transaction_level> level);
    static intrusive_ptr<transaction> savepoint_in(transaction& outer);
    lazy<void> end(bool keep);

    intrusive_ptr<postgres::transaction_session> session_;
    intrusive_ptr<postgres::transaction_level> level_;
    intrusive_ptr<transaction> parent_{};
    intrusive_ptr<transaction> around_{};
    transaction_options options_{};
};

}  // namespace orm::inline v0
