// The methods of managers and QuerySets that write: one row, or all rows of the QuerySet.
#pragma once

#include <asynchrormous/query/assignment.hpp>
#include <asynchrormous/query/delete_counts.hpp>
#include <asynchrormous/query/protected_error.hpp>
#include <asynchrormous/query/query_answers.hpp>
#include <asynchrormous/query/save.hpp>
#include <asynchrormous/query/write.hpp>

#include <array>
#include <vector>

namespace orm::inline v0::query_detail {

template <class Self, class M, class Row, class Evaluation>
class query_writes : public query_answers<Self, M, Row, Evaluation> {
protected:
    using core = query_core<Self, M, Row, Evaluation>;
    using core::query;
    using typename core::scope;
    template <class T>
    using result = typename core::template result<T>;

public:
    // Inserts the row and gives it back with what the database filled in.
    result<M> create(M row) const {
        row_image image = image_of(row);
        return write_row(std::move(row), image, insert_statement<M>(image));
    }

    // Writes the row: inserted when its key is not there yet, else all its columns are updated; or as the
    // options say: save(book, update_fields<"title">), force_insert, force_update (save.hpp).
    // Returns: the row with what the database filled in. Throws: not_updated<M> when a row that had to be
    // there was not.
    template <class... Options>
    [[nodiscard]] result<M> save(M row, const Options&...) const {
        static_cast<void>(check_save<M, Options...>());
        constexpr save_plan plan = plan_of_save<M, Options...>();
        row_image image = image_of(row);
        sql::statement write = save_statement(table_of<M>(), image, plan);
        const bool must_be_there = plan.mode == save_mode::update || plan.mode == save_mode::some;
        return write_row(std::move(row), image, std::move(write),
                         must_be_there ? when_missing::not_updated : when_missing::nothing);
    }

    // The row as it is in the database now: refresh(book); refresh<"pages", "title">(book) reads these only.
    // Throws: does_not_exist<M> when it was deleted.
    template <step... Names>
    [[nodiscard]] result<M> refresh(M row) const {
        const sql::query rows = row_query(row, "refresh()");
        if constexpr (sizeof...(Names) == 0) {
            return this->template run<M>(sql::render_select(rows), decode_one<M, M>());
        } else {
            using named = refreshed_fields<M, Names...>;
            row_image image{.returning = named::columns()};
            return write_row(std::move(row), image, sql::render_select(rows.select(named::selection())),
                             when_missing::does_not_exist, postgres::access::read);
        }
    }

    // Sets columns in all rows: update("pages"_k = 300, "title"_k = F<"subtitle">).
    // Returns: the number of rows matched. Throws: query_error when the QuerySet is sliced.
    template <reflect::fixed_string... Names, class... Values>
    result<std::int64_t> update(const keyword<Names, Values>&... values) const {
        static_assert(sizeof...(Names) > 0, "update() needs at least one column to set");
        const std::array terms{assignment_of<M, scope>(values)...};
        return this->template run<std::int64_t>(sql::render_update(query(), terms), decode_affected(),
                                                postgres::access::write);
    }

    // Deletes all rows. Returns: how many there were, without those that the database deleted with them.
    // Throws: protected_error; query_error when the QuerySet is sliced.
    result<std::int64_t> delete_() const {
        return this->template run<std::int64_t>(sql::render_delete(query()), decode_deleted(),
                                                postgres::access::write);
    }

    // Deletes this row. Returns: 1, or 0 when it was not there any more.
    // Throws: protected_error when rows refer to it that on_delete does not let go.
    result<std::int64_t> delete_(const M& row) const {
        return this->template run<std::int64_t>(sql::render_delete(row_query(row, "delete_()")),
                                                decode_deleted(), postgres::access::write);
    }

    // The same, saying how many rows went from which table, those that on_delete took along among them.
    // Throws: query_error where the server does not count (its setting track_counts is off).
    result<deleted_rows> delete_counted() const {
        return this->template start_steps<deleted_rows, counted_delete>(sql::render_delete(query()));
    }
    result<deleted_rows> delete_counted(const M& row) const {
        return this->template start_steps<deleted_rows, counted_delete>(
            sql::render_delete(row_query(row, "delete_counted()")));
    }

    // update() and delete_(), giving back columns of the rows: as they are after the update, as they were
    // before they were deleted. update_returning<"id", "pages">(…) gives named rows, without names rows of
    // the model.
    template <reflect::fixed_string... Columns, reflect::fixed_string... Names, class... Values>
    auto update_returning(const keyword<Names, Values>&... values) const {
        static_assert(sizeof...(Names) > 0, "update_returning() needs at least one column to set");
        const std::array terms{assignment_of<M, scope>(values)...};
        using rows = returned_rows<M, Columns...>;
        return returned<rows>(sql::render_update(query(), terms, rows::columns()));
    }
    template <reflect::fixed_string... Columns>
    auto delete_returning() const {
        using rows = returned_rows<M, Columns...>;
        return returned<rows>(sql::render_delete(query(), rows::columns()));
    }

private:
    template <class Rows>
    result<std::vector<typename Rows::row>> returned(sql::statement statement) const {
        using row = typename Rows::row;
        return this->template run<std::vector<row>>(std::move(statement), decode_returned<row>(),
                                                    postgres::access::write);
    }

    result<M> write_row(M row, row_image& image, sql::statement statement,
                        when_missing missing = when_missing::nothing,
                        postgres::access access = postgres::access::write) const {
        written_row<M> decode{std::move(row), std::move(image.returning), missing};
        return this->template run<M>(std::move(statement), std::move(decode), access);
    }
};

}  // namespace orm::inline v0::query_detail
