// Rows one after the other, however many there are, in constant memory: a chunk that is used, and one that is
// fetched meanwhile.
//     auto books = Book::objects.async().stream();
//     while (auto book = co_await books.next()) …        // coroutines
//     for (const Book& book : Book::objects.iterator()) …  // plain code
// A stream that is not read to its end leaves nothing behind but a clean connection.
// Threads: that of its loop.
#pragma once

#include <asynchrormous/query/chunk_source.hpp>
#include <asynchrormous/query/rows.hpp>

#include <coroutine>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0 {

namespace query_detail {

template <class Row>
inline constexpr chunk_source::row_kind kind_of_rows{
    [](route where, sql::statement fetch,
       intrusive_ptr<const sql::loading> loads) -> intrusive_ptr<operation_state> {
        return launch<std::vector<row_value_t<Row>>>(std::move(where), std::move(fetch),
                                                     postgres::access::read, decode_rows<Row>(),
                                                     std::move(loads))
            .state();
    },
    [](const operation_state& rows) noexcept {
        return static_cast<const lazy_state<std::vector<row_value_t<Row>>>&>(rows).value().size();
    }};

// The chunk that is used.
template <class Row>
class chunked_rows {
public:
    using list = std::vector<Row>;

    explicit chunked_rows(intrusive_ptr<chunk_source> source) noexcept : source_(std::move(source)) {}
    chunked_rows(chunked_rows&&) noexcept = default;
    chunked_rows& operator=(chunked_rows other) noexcept {
        std::swap(source_, other.source_);
        std::swap(chunk_, other.chunk_);
        std::swap(at_, other.at_);
        return *this;
    }
    ~chunked_rows() {
        if (source_) source_->leave();
    }

    // What has to be waited for until row() is known; null: nothing.
    operation_state* pending() const noexcept {
        if (at_ < chunk_.size() || !source_->arrival()) return nullptr;
        return source_->arrival()->ready() ? nullptr : source_->arrival().get();
    }
    // False: that was all. Requires: nothing pending. Throws: the error, each time.
    bool row() {
        if (at_ < chunk_.size()) return true;
        if (!source_->arrival()) return false;
        const intrusive_ptr<operation_state> next = source_->take();
        at_ = 0;
        chunk_ = next ? static_cast<lazy_state<list>&>(*next).take() : list();
        return !chunk_.empty();
    }
    typename list::reference front() { return chunk_[at_]; }
    void drop_front() noexcept { ++at_; }

private:
    intrusive_ptr<chunk_source> source_;
    list chunk_{};
    std::size_t at_ = 0;
};

template <class Row>
class next_row final : private waiter {
public:
    explicit next_row(chunked_rows<Row>& of) noexcept : rows_(of) {}
    ~next_row() {
        if (pending_) pending_->remove_waiter(*this);
    }

    bool await_ready() const noexcept { return !rows_.pending(); }
    void await_suspend(std::coroutine_handle<> who) noexcept {
        who_ = who;
        pending_ = intrusive_ptr<operation_state>(rows_.pending());
        pending_->add_waiter(*this);
    }
    std::optional<Row> await_resume() const {
        if (!rows_.row()) return std::nullopt;
        std::optional<Row> result(std::move(rows_.front()));
        rows_.drop_front();
        return result;
    }

private:
    void wake() noexcept override { who_.resume(); }

    chunked_rows<Row>& rows_;
    std::coroutine_handle<> who_{};
    intrusive_ptr<operation_state> pending_{};
};

}  // namespace query_detail

// Of stream(): `while (auto row = co_await rows.next())`. Can be moved, not while somebody waits for a row.
template <class Row>
class [[nodiscard]] row_stream {
public:
    using value_type = Row;

    explicit row_stream(intrusive_ptr<query_detail::chunk_source> source) noexcept
        : rows_(std::move(source)) {}

    // Awaited: the next row, std::optional<Row>; empty at the end, from then on. One waits at a time.
    // Throws: the query's errors, each time; error when the transaction that it was started in has ended.
    // Lifetime: the stream outlives the co_await.
    [[nodiscard]] query_detail::next_row<Row> next() & { return query_detail::next_row<Row>(rows_); }

private:
    query_detail::chunked_rows<Row> rows_;
};

// Of iterator(): a range to be gone through once. Rows may be changed and moved away; each is good until the
// iterator moves on.
template <class Row>
class [[nodiscard]] row_iteration {
    using rows = query_detail::chunked_rows<Row>;

public:
    using value_type = Row;

    struct sentinel {};
    class iterator {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;

        explicit iterator(rows& of) : rows_(&of) { look(); }
        typename rows::list::reference operator*() const { return rows_->front(); }
        auto* operator->() const { return &rows_->front(); }
        iterator& operator++() {
            rows_->drop_front();
            look();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& at, sentinel) noexcept { return !at.there_; }

    private:
        void look() {
            if (operation_state* const pending = rows_->pending()) pending->wait();
            there_ = rows_->row();
        }

        rows* rows_;
        bool there_ = false;
    };

    explicit row_iteration(intrusive_ptr<query_detail::chunk_source> source) noexcept
        : rows_(std::move(source)) {}

    // Blocks until the first chunk is there, as the iterator does for each other one.
    // Throws: the query's errors; synchronous_only_operation inside the loop.
    iterator begin() { return iterator(rows_); }
    sentinel end() const noexcept { return {}; }

private:
    rows rows_;
};

}  // namespace orm::inline v0
