// delete_counted(): how many rows went from which table, those that on_delete took along among them.
// The database cascades, so the counts are its own: what its statistics of the transaction
// (pg_stat_xact_user_tables) say before and after. They need track_counts, which is on unless turned off.
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/query/protected_error.hpp>
#include <asynchrormous/query/steps.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

struct ORM_EXPORT deleted_rows {
    struct table_count {
        std::string table{};
        std::int64_t rows = 0;
    };

    std::int64_t total = 0;
    std::vector<table_count> tables{};  // those that lost rows, by name

    // 0 for a table that lost none.
    std::int64_t of(std::string_view table) const noexcept;
    template <model M>
    std::int64_t of() const noexcept {
        return of(table_of<M>().name);
    }
};

namespace query_detail {

// Three statements at once, in the open transaction or one of their own.
class ORM_EXPORT counted_delete : public steps_state<deleted_rows> {
public:
    // `of_none` is thrown when the statement finds no row; null: that is no error.
    counted_delete(event_loop& on, const std::optional<database>& chosen, sql::statement statement,
                   const sql::table& from, std::exception_ptr of_none = nullptr);
    ~counted_delete() override;

protected:
    // Around all of it, outside of its transaction. False: advance() comes again.
    virtual bool before() { return true; }
    virtual bool after() { return true; }

private:
    struct seen {
        std::int64_t table = 0;
        std::int64_t rows = 0;
    };

    void advance() override;
    deleted_rows value() override;
    std::exception_ptr explain(std::exception_ptr why) const noexcept override {
        return decode_deleted(from_).failed(std::move(why));
    }
    void delete_and_look();
    void look(bool afterwards);

    sql::statement statement_;
    const sql::table& from_;
    std::exception_ptr of_none_;
    std::vector<seen> before_{};
    deleted_rows counts_{};
    std::int64_t matched_ = 0;
    bool sent_ = false;
    bool committed_ = false;
};

}  // namespace query_detail

}  // namespace orm::inline v0
