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

// F: T operator()(const operation_state&), called once that is ready and did not fail.
template <class T, class F>
class mapped_state final : public lazy_state<T>, private waiter {
public:
    mapped_state(intrusive_ptr<operation_state> from, F map)
        : lazy_state<T>(from->loop()), from_(std::move(from)), map_(std::move(map)) {}
    ~mapped_state() override {
        if (from_) from_->remove_waiter(*this);
    }

    // Waits without holding a reference to itself: dropped, it is forgotten.
    void start() {
        if (from_->ready())
            wake();
        else
            from_->add_waiter(*this);
    }

private:
    void wake() noexcept override {
        const intrusive_ptr<operation_state> from = std::move(from_);  // not kept any longer
        try {
            from->rethrow_if_failed();
            this->succeed(map_(*from));
        } catch (...) {
            this->fail(std::current_exception());
        }
    }

    intrusive_ptr<operation_state> from_;
    F map_;
};

template <class T, class F>
lazy<T> map_lazy(intrusive_ptr<operation_state> from, F map) {
    auto* mapped = new mapped_state<T, F>(std::move(from), std::move(map));
    lazy<T> answer{intrusive_ptr<lazy_state<T>>(mapped)};
    mapped->start();
    return answer;
}

// The rows of a fetch that is done.
template <class Row>
const std::vector<Row>& fetched_rows(const operation_state& fetch) {
    return static_cast<const lazy_state<std::vector<Row>>&>(fetch).value();
}
template <class Row>
std::size_t row_count(const operation_state& fetch) {
    return fetched_rows<Row>(fetch).size();
}

// One type whatever the rows are.
struct count_rows {
    std::size_t (*size)(const operation_state&);
    std::int64_t operator()(const operation_state& fetch) const {
        return static_cast<std::int64_t>(size(fetch));
    }
};
struct any_row {
    std::size_t (*size)(const operation_state&);
    bool operator()(const operation_state& fetch) const { return size(fetch) > 0; }
};

// The row at a position; `asked` is the query that would have found it.
template <class M, class Row>
struct row_at {
    std::int64_t position;
    sql::query asked;

    Row operator()(const operation_state& fetch) const {
        const std::vector<Row>& rows = fetched_rows<Row>(fetch);
        if (position < static_cast<std::int64_t>(rows.size()))
            return rows[static_cast<std::size_t>(position)];
        throw does_not_exist<M>(does_not_exist_text(asked.source().model, sql::render_select(asked)));
    }
};

// Requires: bounds that are not negative.
template <class Row>
struct rows_between {
    slice part;

    std::vector<Row> operator()(const operation_state& fetch) const {
        const std::vector<Row>& rows = fetched_rows<Row>(fetch);
        const auto size = static_cast<std::int64_t>(rows.size());
        const std::int64_t first = part.start < size ? part.start : size;
        const std::int64_t last = part.stop && *part.stop < size ? *part.stop : size;
        if (last <= first) return {};
        return {rows.begin() + first, rows.begin() + last};
    }
};

}  // namespace orm::inline v0::query_detail
