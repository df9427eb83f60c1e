#include "look_at.hpp"

#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/steps.hpp>

#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

// One statement; it keeps the call alive as long as it is under way. Errors go to the call.
class steps::step final : public lazy_state<void>, public statement_operation {
public:
    step(steps& of, sql::statement statement, postgres::access access, reader read)
        : lazy_state<void>(of.loop()),
          statement_operation(of.where_, std::move(statement), access),
          of_(of),
          keeps_(&of.state()),
          read_(std::move(read)) {}

    void on_result(const postgres::result_view& result) override {
        if (ready()) return;
        read_(result);
        finish(nullptr);
    }
    void on_error(std::exception_ptr why) noexcept override { finish(std::move(why)); }
    operation_state& state() noexcept override { return *this; }

private:
    void answer_without_rows() override { on_result(postgres::result_view()); }
    void on_cancel() noexcept override { take_back(); }

    void finish(std::exception_ptr error) noexcept {
        if (ready()) return;
        const intrusive_ptr<operation_state> kept = std::move(keeps_);
        succeed();
        of_.answered(*this, std::move(error));
    }

    steps& of_;
    intrusive_ptr<operation_state> keeps_;
    reader read_;
};

steps::steps(const std::optional<database>& chosen)
    : chosen_(chosen), outside_(route::choose(chosen)), where_(outside_) {}

steps::~steps() {
    if (level_ && level_->open()) level_->abandon();
}

void steps::begin() noexcept {
    try {
        advance();
    } catch (...) {
        give_up(std::current_exception());
    }
}

void steps::send(sql::statement statement, postgres::access access, reader read) {
    auto made = make_intrusive<step>(*this, std::move(statement), access, std::move(read));
    sent_.push_back(made);
    made->start();
}

void steps::begin_level(bool savepoint) {
    const intrusive_ptr<transaction> around = outside_.open_transaction();
    if (around && !savepoint) return;
    level_ = around ? transaction::begin_nested(*around)
                    : transaction::begin(chosen_ ? *chosen_ : database::current());
    where_ = route::to(*level_);
}

void steps::undo_level() {
    goes_on_ = true;
    wait_for(level_->rollback());
}

bool steps::commit_level() {
    if (!level_) return false;
    goes_on_ = true;
    wait_for(level_->commit());
    return true;
}

void steps::end() {
    if (level_)
        wait_for(level_->commit());
    else
        deliver();
}

void steps::stop() noexcept {
    // They keep this alive, and are not heard of again.
    for (const auto& each : std::exchange(sent_, {})) {
        each->cancel();
        look_at(*each);
    }
    if (waiting_ && ending_) {
        ending_->cancel();
        look_at(*ending_);
    }
    if (level_) level_->abandon();
}

void steps::keep() noexcept { self_ = intrusive_ptr<operation_state>(&state()); }

void steps::answered(step& by, std::exception_ptr error) noexcept {
    std::erase(sent_, intrusive_ptr<operation_state>(&by));
    if (error && !error_) error_ = std::move(error);
    if (state().ready()) return;
    keep();
    loop().defer(*this);
}

void steps::run_deferred() noexcept {
    const intrusive_ptr<operation_state> kept = std::move(self_);
    if (state().ready() || ending_) return;
    if (error_) return give_up(error_);
    try {
        advance();
    } catch (...) {
        give_up(std::current_exception());
    }
}

// Where it has a level of its own, nobody hears of the error before that is undone.
void steps::give_up(std::exception_ptr why) noexcept {
    error_ = explain(std::move(why));
    if (level_ && level_->open()) return wait_for(level_->rollback());
    state().fail(error_);
}

void steps::wait_for(lazy<void> ending) noexcept {
    keep();
    ending_ = ending.state();
    ending_->add_waiter(*this);
}

void steps::pause_until(intrusive_ptr<operation_state> done) noexcept {
    keep();
    waiting_ = true;
    ending_ = std::move(done);
    ending_->add_waiter(*this);
}

void steps::wake() noexcept {
    const intrusive_ptr<operation_state> kept = std::move(self_);
    const intrusive_ptr<operation_state> ending = std::move(ending_);
    try {
        if (std::exchange(waiting_, false)) {
            ending->rethrow_if_failed();
            if (!state().ready()) advance();
            return;
        }
        if (error_) return look_at(*ending), state().fail(error_);
        ending->rethrow_if_failed();
        level_ = nullptr;
        if (!std::exchange(goes_on_, false)) return deliver();
        where_ = outside_;
        advance();
    } catch (...) {
        give_up(std::current_exception());
    }
}

}  // namespace orm::inline v0::query_detail
