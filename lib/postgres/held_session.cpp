#include "held_session.hpp"

#include "errand.hpp"

#include <utility>

namespace orm::inline v0::postgres {

void held_session::open(operation& first) noexcept {
    self_ = intrusive_ptr<held_session>(this);
    first_ = &first;
    first.state().add_ref();
    pool_->claim(*this);
}

void held_session::forget_first() noexcept {
    if (auto* const first = std::exchange(first_, nullptr)) first->state().release();
}

void held_session::on_granted(pooled& where) noexcept {
    where_ = &where;
    where.link().submit(*first_);
    forget_first();
}

void held_session::on_refused(std::exception_ptr why) noexcept {
    const auto self = std::exchange(self_, nullptr);
    closing_ = true;
    first_->on_error(std::move(why));
    forget_first();
}

void held_session::cancel(operation& first) noexcept {
    const intrusive_ptr<held_session> self(this);
    if (!where_) {
        if (!self_) return;
        closing_ = true;
        pool_->leave_queue(*this);
        forget_first();
        self_ = nullptr;
        return;
    }
    // The lock may be there before the cancel request is: so it is given up in any case.
    where_->link().withdraw(first);
    pool_->look_after(*where_);
    close();
}

void held_session::close(ended told) noexcept {
    if (closing_ || !where_) {
        if (told) told(nullptr);
        return;
    }
    closing_ = true;
    where_->link().submit(
        *new errand(loop(), control_kind::none, "SELECT pg_advisory_unlock_all()", std::move(told)));
}

void held_session::on_progress() noexcept {
    if (!closing_ || !where_ || where_->link().load() > 0) return;
    const auto self = std::exchange(self_, nullptr);
    pool_->give_back(*std::exchange(where_, nullptr));
}

void held_session::on_closed(std::exception_ptr) noexcept {
    const auto self = std::exchange(self_, nullptr);
    where_ = nullptr;
}

}  // namespace orm::inline v0::postgres
