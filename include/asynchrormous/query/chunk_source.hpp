// Rows that come chunk by chunk, from a cursor of the server: in the open transaction, else in one of its
// own.
//     BEGIN; DECLARE … CURSOR FOR …; FETCH 2000; …; COMMIT
// One chunk is fetched while the one before is used, never more. A machine of answers without the rows' type,
// for next() and for iterators alike (query/row_stream.hpp). Threads: that of its loop.
#pragma once

#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/settings.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/operation_state.hpp>
#include <asynchrormous/sql/query.hpp>
#include <asynchrormous/sql/render.hpp>

#include <cstddef>
#include <exception>
#include <vector>

namespace orm::inline v0 {

class transaction;

namespace query_detail {

class ORM_EXPORT chunk_source final : public ref_counted, private waiter {
public:
    // How rows of one type are asked for, and how many came.
    struct row_kind {
        intrusive_ptr<operation_state> (*send)(route where, sql::statement fetch,
                                               intrusive_ptr<const sql::loading> loads);
        std::size_t (*count)(const operation_state& rows) noexcept;
    };

    // Sends for the first chunk. `enter` is that of the evaluation.
    // Throws: query_error for fewer than one row in a chunk; transaction_management_error for locks outside
    // of a transaction; connection errors.
    chunk_source(const sql::query& rows, const query_settings& settings, int chunk_rows, const row_kind& kind,
                 void (*enter)(const event_loop& loop));
    ~chunk_source() override;

    // Ready when take() has not to be waited for. Null: all rows were taken.
    const intrusive_ptr<operation_state>& arrival() const noexcept { return arrival_; }
    // The next chunk, and sends for the one behind it. Null, or no rows in it: that was all.
    // Requires: arrival() is ready. Throws: the error, each time.
    intrusive_ptr<operation_state> take();

    // Nobody takes any more. A transaction of its own is rolled back, in an open one the cursor is closed.
    void leave() noexcept;

private:
    class step;

    void wake() noexcept override;
    void send(std::string text, sql::parameter_list parameters = {});
    void request();
    route way() const;
    void end();
    void close() noexcept;
    void fail(std::exception_ptr why) noexcept;

    query_settings settings_;
    row_kind kind_;
    std::size_t chunk_rows_;
    sql::shared_text select_{};
    sql::shared_text fetch_{};
    std::string name_{};
    intrusive_ptr<const sql::loading> loads_{};

    intrusive_ptr<transaction> own_{};      // null: in the open one
    intrusive_ptr<transaction> session_{};  // which knows the cursor's number
    int number_ = 0;
    route where_ = route::nowhere();
    std::vector<intrusive_ptr<operation_state>> opening_{};  // until the first chunk is there
    intrusive_ptr<operation_state> chunk_{};                 // that is fetched, or waits to be taken
    intrusive_ptr<operation_state> commit_{};
    intrusive_ptr<operation_state> arrival_{};
    intrusive_ptr<chunk_source> self_{};  // left, with a chunk to come
    bool over_ = false;                   // nothing is sent for any more
};

}  // namespace query_detail

}  // namespace orm::inline v0
