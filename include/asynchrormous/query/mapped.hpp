// A lazy computed from another one that is under way: count(), a row or a slice of a started fetch ask
// nobody.
#pragma once

#include <asynchrormous/query/errors.hpp>
#include <asynchrormous/query/slice.hpp>
#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/runtime/operation_state.hpp>
#include <asynchrormous/sql/query.hpp>

#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

template <class T, class From, class F>
class mapped_state final : public lazy_state<T>, private waiter {
public:
    mapped_state(intrusive_ptr<lazy_state<From>> from, F map)
        : lazy_state<T>(from->loop()), from_(std::move(from)), map_(std::move(map)) {}
    ~mapped_state() override {
        if (from_) from_->remove_waiter(*this);
    }

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
        const intrusive_ptr<lazy_state<From>> from = std::move(from_);  // not kept any longer
        try {
            from->rethrow_if_failed();
            this->succeed(map_(from->value()));
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

// The row at a position; `asked` is the query that would have found it.
template <class M, class Row>
struct row_at {
    std::int64_t position;
    sql::query asked;

    Row operator()(const std::vector<Row>& rows) const {
        if (position < static_cast<std::int64_t>(rows.size()))
            return rows[static_cast<std::size_t>(position)];
        throw does_not_exist<M>(does_not_exist_text(asked.source().model, sql::render_select(asked)));
    }
};

// Requires: bounds that are not negative.
struct rows_between {
    slice part;

    template <class Row>
    std::vector<Row> operator()(const std::vector<Row>& rows) const {
        const auto size = static_cast<std::int64_t>(rows.size());
        const std::int64_t first = part.start < size ? part.start : size;
        const std::int64_t last = part.stop && *part.stop < size ? *part.stop : size;
        if (last <= first) return {};
        return {rows.begin() + first, rows.begin() + last};
    }
};

}  // namespace orm::inline v0::query_detail
