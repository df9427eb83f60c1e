#include "transaction_session.hpp"

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/transaction.hpp>

#include <utility>

namespace orm::inline v0 {

transaction::transaction(intrusive_ptr<postgres::transaction_session> session,
                         intrusive_ptr<transaction> parent)
    : session_(std::move(session)),
      level_(parent ? session_->nest(*parent->level_)
                    : intrusive_ptr<postgres::transaction_level>(&session_->root())),
      parent_(std::move(parent)) {
    if (!level_) std::rethrow_exception(postgres::level_over());
}

transaction::~transaction() {
    if (level_) abandon();
}

intrusive_ptr<transaction> transaction::begin(const database& db) {
    auto session = make_intrusive<postgres::transaction_session>(intrusive_ptr<postgres::pool>(&db.pool()));
    return intrusive_ptr<transaction>(new transaction(std::move(session), nullptr));
}

intrusive_ptr<transaction> transaction::begin_nested(transaction& parent) {
    return intrusive_ptr<transaction>(new transaction(parent.session_, intrusive_ptr<transaction>(&parent)));
}

lazy<void> transaction::commit() { return end(true); }
lazy<void> transaction::rollback() { return end(false); }

lazy<void> transaction::end(bool keep) {
    auto ending = make_intrusive<lazy_state<void>>(loop());
    if (!level_->open()) {
        ending->fail(postgres::level_over());
    } else {
        level_->ending = ending;
        keep ? session_->commit(*level_) : session_->rollback(*level_);
    }
    return lazy<void>(std::move(ending));
}

void transaction::abandon() noexcept { session_->abandon(*level_); }
bool transaction::open() const noexcept { return level_->open(); }

void transaction::submit(postgres::operation& statement) noexcept { session_->submit(*level_, statement); }
void transaction::cancel(postgres::operation& statement) noexcept { session_->cancel(*level_, statement); }
event_loop& transaction::loop() const noexcept { return session_->loop(); }

}  // namespace orm::inline v0
