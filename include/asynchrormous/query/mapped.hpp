// A lazy computed from another one that is under way: count() of a started fetch asks nobody.
#pragma once

#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <utility>

namespace orm::inline v0::query_detail {

template <class T, class From, class F>
class mapped_state final : public lazy_state<T>, private waiter {
public:
    mapped_state(intrusive_ptr<lazy_state<From>> from, F map)
        : lazy_state<T>(from->loop()), from_(std::move(from)), map_(std::move(map)) {}
    ~mapped_state() override { from_->remove_waiter(*this); }

    // Waits without holding a reference to itself: dropped, it is forgotten.
    void start() {
        if (from_->ready())
            take();
        else
            from_->add_waiter(*this);
    }

private:
    void wake() noexcept override { take(); }
    void take() noexcept {
        try {
            from_->rethrow_if_failed();
            this->succeed(map_(from_->value()));
        } catch (...) {
            this->fail(std::current_exception());
        }
    }

    intrusive_ptr<lazy_state<From>> from_;
    F map_;
};

template <class T, class From, class F>
lazy<T> map_lazy(intrusive_ptr<lazy_state<From>> from, F map) {
    auto mapped = make_intrusive<mapped_state<T, From, F>>(std::move(from), std::move(map));
    mapped->start();
    return lazy<T>(intrusive_ptr<lazy_state<T>>(std::move(mapped)));
}

}  // namespace orm::inline v0::query_detail
