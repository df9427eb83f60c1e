// The statements of bulk_create() and bulk_update(): which rows go into which, and what comes back to which
// row. One statement of arrays where all rows fit into one; several are one transaction, two of them under
// way at a time, so that encoding and the server's work overlap.
// The order of keys is proved, not assumed: identity keys are made in the order of the arrays (see
// render_insert_arrays) and ascend, so the answers sorted by key are in the rows' order; keys that the rows
// brought along are compared; keys of a db_default are joined back by the server.
#pragma once

#include <asynchrormous/query/bulk_rows.hpp>
#include <asynchrormous/query/steps.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace orm::inline v0::query_detail {

struct bulk_request {
    const sql::table* of = nullptr;
    bool update = false;
    std::vector<const sql::column*> fields{};  // of an update, without the key
    sql::conflict_rule conflict{};
    std::size_t batch_size = 0;                     // rows; 0: as many as are good for one statement
    callback<std::size_t, std::size_t> progress{};  // rows that are written, and all
};

// Rows that leave the same columns to the database: one text.
struct bulk_group {
    column_mask left = 0;
    std::vector<std::uint32_t> rows{};  // empty: all of them, in order
    std::size_t count = 0;
    std::vector<const sql::column*> columns{};
    std::vector<const sql::column*> returning{};  // the key first
    std::vector<int> places{};                    // of each of the table's columns in the answer, or -1
    std::string text{};                           // of the arrays' statement
};

class ORM_EXPORT bulk_steps : public steps {
protected:
    bulk_steps(const std::optional<database>& chosen, bulk_request request);
    ~bulk_steps();

    std::int64_t affected() const noexcept { return affected_; }
    bool after_conflicts() const noexcept {
        return request_.conflict.then != sql::conflict_rule::action::refuse;
    }

private:
    virtual bulk_rows& rows() noexcept = 0;

    struct batch {
        std::size_t group = 0;
        std::size_t first = 0;  // of the group's rows
        std::size_t count = 0;
    };

    void advance() final;
    void find_groups();
    void describe(bulk_group& group) const;
    void send_batch();
    bool more() const noexcept;
    std::size_t limit(const bulk_group& group) const;
    bool as_arrays(const bulk_group& group, std::size_t count) const;
    batch encode(std::vector<column_values>& values);
    void send_arrays(const batch& which, std::vector<column_values>& values);
    void send_values(const batch& which, std::vector<column_values>& values);
    std::size_t row_of(const bulk_group& group, std::size_t place) const noexcept;
    void check_keys(const column_values& keys, std::size_t count);

    void read(const postgres::result_view& result, const batch& which);
    void read_rows(const postgres::result_view& result);
    void bring_back(const postgres::result_view& result, const batch& which);
    std::vector<std::uint32_t> order_by_identity(const postgres::result_view& result) const;
    std::vector<std::uint32_t> order_by_given_keys(const postgres::result_view& result, const batch& which);

    bulk_request request_;
    std::vector<bulk_group> groups_{};
    std::size_t group_ = 0;  // where the next batch begins
    std::size_t next_ = 0;
    std::size_t done_ = 0;
    std::int64_t affected_ = 0;
    bool began_ = false;
    sql::statement conflict_{};
};

}  // namespace orm::inline v0::query_detail
