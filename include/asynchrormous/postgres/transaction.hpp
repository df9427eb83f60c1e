// One level of a transaction: the outermost is BEGIN..COMMIT, nested ones are savepoints.
// Savepoints are a stack with one owner: while a nested level is open only its queries run, and those of the
// level around it wait in the order in which they were submitted. An error marks its level: until that is
// rolled back further queries fail at once, naming the first error. What sends nothing costs nothing, not
// even a connection.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/lazy.hpp>

namespace orm::inline v0 {

class database;

namespace postgres {
class transaction_level;
class transaction_session;
}  // namespace postgres

class ORM_EXPORT transaction final : public context, public postgres::executor {
public:
    static intrusive_ptr<transaction> begin(const database& db);
    // Throws: error when the parent has ended.
    static intrusive_ptr<transaction> begin_nested(transaction& parent);
    ~transaction() override;  // abandoned, if still open

    // Both end the level, whatever they report. A level with an error cannot be committed: it is rolled back,
    // and commit() fails with the first error as its cause.
    [[nodiscard]] lazy<void> commit();
    [[nodiscard]] lazy<void> rollback();
    // Rolls back in the background and frees the server of a running statement. Nobody is told how it went,
    // and nobody gets the connection before it is clean.
    void abandon() noexcept;

    bool open() const noexcept;
    intrusive_ptr<transaction> parent() const noexcept { return parent_; }

    void submit(postgres::operation& operation) noexcept override;
    void cancel(postgres::operation& operation) noexcept override;
    event_loop& loop() const noexcept override;

private:
    transaction(intrusive_ptr<postgres::transaction_session> session, intrusive_ptr<transaction> parent);
    lazy<void> end(bool keep);

    intrusive_ptr<postgres::transaction_session> session_;
    intrusive_ptr<postgres::transaction_level> level_;
    intrusive_ptr<transaction> parent_;
};

}  // namespace orm::inline v0
