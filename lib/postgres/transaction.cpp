#include "diversion.hpp"
#include "transaction_session.hpp"

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/transaction.hpp>

#include <array>
#include <string>
#include <utility>

namespace orm::inline v0 {

namespace {

std::string begin_text(const transaction_options& options) {
    constexpr std::array levels{"", " ISOLATION LEVEL READ COMMITTED", " ISOLATION LEVEL REPEATABLE READ",
                                " ISOLATION LEVEL SERIALIZABLE"};
    std::string text = "BEGIN";
    text += levels[static_cast<std::size_t>(options.isolation)];
    if (options.read_only) text += " READ ONLY";
    if (options.deferrable) text += " DEFERRABLE";
    return text;
}

}  // namespace

commit_hook::~commit_hook() = default;

transaction::transaction(intrusive_ptr<postgres::transaction_session> session,
                         intrusive_ptr<postgres::transaction_level> level)
    : session_(std::move(session)), level_(std::move(level)) {}

transaction::~transaction() { abandon(); }

intrusive_ptr<transaction> transaction::begin(const database& db, const transaction_options& options,
                                              intrusive_ptr<transaction> around) {
    intrusive_ptr<transaction> begun;
    if (auto* const diverted = db.diversion()) {
        begun = savepoint_in(diverted->target());
    } else {
        auto session = make_intrusive<postgres::transaction_session>(
            intrusive_ptr<postgres::pool>(&db.pool()), begin_text(options));
        intrusive_ptr<postgres::transaction_level> root(&session->root());
        begun = intrusive_ptr<transaction>(new transaction(std::move(session), std::move(root)));
    }
    begun->around_ = std::move(around);
    begun->options_ = options;
    begun->options_.using_.reset();
    return begun;
}

intrusive_ptr<transaction> transaction::begin_nested(transaction& parent, intrusive_ptr<transaction> around) {
    auto begun = savepoint_in(parent);
    begun->parent_ = intrusive_ptr<transaction>(&parent);
    begun->around_ = std::move(around);
    return begun;
}

intrusive_ptr<transaction> transaction::savepoint_in(transaction& outer) {
    auto level = outer.session_->nest(*outer.level_);
    if (!level) std::rethrow_exception(postgres::level_over());
    return intrusive_ptr<transaction>(new transaction(outer.session_, std::move(level)));
}

transaction* transaction::behind(postgres::executor& where) noexcept {
    if (auto* const diverted = dynamic_cast<postgres::diversion*>(&where)) return &diverted->target();
    return dynamic_cast<transaction*>(&where);
}
int transaction::take_cursor() { return session_->take_cursor(); }
void transaction::free_cursor(int number) noexcept { session_->free_cursor(number); }

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

void transaction::finish() noexcept {
    if (level_->open()) session_->commit(*level_);
}
void transaction::abandon() noexcept { session_->abandon(*level_); }

bool transaction::open() const noexcept { return level_->open(); }
bool transaction::over() const noexcept { return level_->over(); }
bool transaction::failed() const noexcept { return level_->failed(); }
bool transaction::on(const database& db) const noexcept { return &session_->where() == &db.pool(); }
const transaction_options& transaction::options() const noexcept {
    return parent_ ? parent_->options() : options_;
}

void transaction::fail(std::exception_ptr why) noexcept { session_->fail(*level_, why); }
void transaction::set_rollback(bool wanted) noexcept { session_->set_rollback(*level_, wanted); }
bool transaction::rollback_set() const noexcept { return level_->rollback_set() || level_->failed(); }

void transaction::add_hook(intrusive_ptr<commit_hook> hook) { session_->add_hook(*level_, std::move(hook)); }
bool transaction::has_hooks() const noexcept { return session_->has_hooks(*level_); }
std::vector<intrusive_ptr<commit_hook>> transaction::take_hooks() noexcept {
    return session_->take_hooks(*level_);
}

void transaction::submit(postgres::operation& statement) noexcept { session_->submit(*level_, statement); }
void transaction::cancel(postgres::operation& statement) noexcept { session_->cancel(*level_, statement); }
event_loop& transaction::loop() const noexcept { return session_->loop(); }

}  // namespace orm::inline v0
