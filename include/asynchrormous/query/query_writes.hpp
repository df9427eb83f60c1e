// The methods of managers and QuerySets that write: one row, or all rows of the QuerySet.
#pragma once

#include <asynchrormous/query/assignment.hpp>
#include <asynchrormous/query/delete_counts.hpp>
#include <asynchrormous/query/guarded_write.hpp>
#include <asynchrormous/query/protected_error.hpp>
#include <asynchrormous/query/query_answers.hpp>
#include <asynchrormous/query/save.hpp>
#include <asynchrormous/query/soft_deletion.hpp>
#include <asynchrormous/query/validation.hpp>
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
    // Inserts the row and gives it back with what the database filled in: create(row), create(row,
    // validated). Throws: unique_violation; validation_error; what hooks throw.
    template <class... Options>
    result<M> create(M row, const Options&...) const {
        if constexpr (is_guarded<M, Options...>()) {
            return guarded<Options...>(std::move(row), save_plan{.mode = save_mode::insert});
        } else {
            row_image image = stamped_image(row, true);
            return write_row(std::move(row), image, insert_statement<M>(image));
        }
    }

    // Writes the row: inserted when its key is not there yet, else all its columns are updated; or as the
    // options say: save(book, update_fields<"title">), force_insert, force_update, validated (save.hpp).
    // Returns: the row with what the database filled in. Throws: not_updated<M> when a row that had to be
    // there was not, stale_row<M> when its version was not; validation_error; what hooks throw.
    template <class... Options>
    [[nodiscard]] result<M> save(M row, const Options&...) const {
        static_cast<void>(check_save<M, Options...>());
        constexpr save_plan plan = plan_of_save<M, Options...>();
        constexpr bool writes_nothing = plan.mode == save_mode::some && plan.columns.empty();
        if constexpr ((has_save_hooks<M> || wants_validation<M, Options...>()) && !writes_nothing) {
            return guarded<Options...>(std::move(row), plan);
        } else {
            row_image image = stamped_image(row, plan.mode == save_mode::insert);
            sql::statement write = save_statement(table_of<M>(), image, plan);
            const bool must_be_there = plan.mode == save_mode::update || plan.mode == save_mode::some;
            return write_row(std::move(row), image, std::move(write),
                             missing_in(version_of<M> != nullptr, must_be_there));
        }
    }

    // What is wrong with the row, by field; nothing is thrown, and nothing written. Excluded fields are not
    // looked at: validate(book, exclude_fields<"isbn">).
    template <class... Options>
    [[nodiscard]] result<validation_errors> validate(const M& row, const Options&... options) const {
        decode_validation decode{check_row(row, scope_of_validation<M>(options...))};
        sql::statement asked = decode.state.ask();
        return this->template run<validation_errors>(std::move(asked), std::move(decode));
    }
    // The same, throwing validation_error.
    template <class... Options>
    result<void> full_clean(const M& row, const Options&... options) const {
        refuse_invalid decode{check_row(row, scope_of_validation<M>(options...))};
        sql::statement asked = decode.state.ask();
        return this->template run<void>(std::move(asked), std::move(decode));
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

    // Deletes all rows; with soft_deletion marks them. Returns: how many there were, without those that the
    // database deleted with them. Throws: protected_error; query_error when the QuerySet is sliced.
    result<std::int64_t> delete_() const {
        return this->template run<std::int64_t>(delete_statement<M>(query()),
                                                decode_deleted(query().source()), postgres::access::write);
    }

    // Deletes this row. Returns: 1, or 0 when it was not there any more.
    // Throws: protected_error when rows refer to it that on_delete does not let go; stale_row<M> when the row
    // has a version, and another one now; what hooks throw.
    result<std::int64_t> delete_(const M& row) const {
        return delete_one(row, delete_statement<M>(versioned_query(row, "delete_()")));
    }

    // With soft_deletion: deletes for good, and takes the mark away.
    result<std::int64_t> hard_delete() const {
        static_cast<void>(check_soft_deletion<M>());
        return this->template run<std::int64_t>(sql::render_delete(query()), decode_deleted(table_of<M>()),
                                                postgres::access::write);
    }
    result<std::int64_t> hard_delete(const M& row) const {
        static_cast<void>(check_soft_deletion<M>());
        return delete_one(row, sql::render_delete(versioned_query(row, "hard_delete()")));
    }
    result<std::int64_t> restore() const { return restored(query()); }
    result<std::int64_t> restore(const M& row) const { return restored(row_query(row, "restore()")); }

    // Deletes saying how many rows went from which table, those that on_delete took along among them.
    // Throws: query_error where the server does not count (its setting track_counts is off).
    result<deleted_rows> delete_counted() const {
        check_counted();
        return this->template start_steps<deleted_rows, counted_delete>(sql::render_delete(query()),
                                                                        table_of<M>());
    }
    // As delete_(row): hooks are called, and stale_row<M> is thrown.
    result<deleted_rows> delete_counted(const M& row) const {
        check_counted();
        return delete_one_counted(row, sql::render_delete(versioned_query(row, "delete_counted()")));
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
        if constexpr (deletes_softly<M>)
            return returned<rows>(soft_delete<M>(query(), rows::columns()));
        else
            return returned<rows>(sql::render_delete(query(), rows::columns()));
    }

protected:
    // With hooks and validation, in the way of this evaluation.
    template <class Make>
    result<M> write_guarded(M row, Make make, bool validate) const {
        sql::statement noted;
        note_origin(this->self().chosen_database(), noted, false);
        guarded_write<M, Make> write(std::move(row), std::move(make), validate, std::move(noted.note));
        if constexpr (std::is_same_v<Evaluation, evaluation::blocking>)
            return write_here(std::move(write));
        else
            return this->template start_steps<M, guarded_write_state<M, Make>>(std::move(write));
    }

private:
    template <class... Options>
    static constexpr bool is_guarded() {
        return has_save_hooks<M> || wants_validation<M, Options...>();
    }
    template <class... Options>
    result<M> guarded(M row, save_plan plan) const {
        plan.tell_created = hook_count<M, hook_point::after_save> > 0;
        return write_guarded(std::move(row), make_save{&table_of<M>(), plan},
                             wants_validation<M, Options...>());
    }
    template <class Make>
    M write_here(guarded_write<M, Make> write) const {
        Evaluation::enter(route::choose(this->self().chosen_database()).loop());
        run_hooks(hooks_of<M, hook_point::before_save>(), write.row(), false);
        using reader = read_into<guarded_write<M, Make>>;
        if (sql::statement asked = write.question(); !asked.empty)
            this->template run<void>(std::move(asked), reader{&write, &guarded_write<M, Make>::answered});
        this->template run<void>(write.statement(), reader{&write, &guarded_write<M, Make>::written},
                                 postgres::access::write);
        run_hooks(hooks_of<M, hook_point::after_save>(), write.row(), write.created());
        return std::move(write.row());
    }

    sql::query versioned_query(const M& row, std::string_view method) const {
        sql::query one = row_query(row, method);
        if constexpr (version_of<M> != nullptr)
            one = one.filter(sql::compare(sql::lookup_kind::exact, sql::field(version_path<M>),
                                          sql::value(version_in(row))));
        return one;
    }
    result<std::int64_t> delete_one(const M& row, sql::statement statement) const {
        decode_deleted_row<M> decode(table_of<M>());
        if constexpr (version_of<M> != nullptr) decode.versioned_key = key_parameter(row);
        if constexpr (!has_delete_hooks<M>) {
            return this->template run<std::int64_t>(std::move(statement), std::move(decode),
                                                    postgres::access::write);
        } else if constexpr (std::is_same_v<Evaluation, evaluation::blocking>) {
            Evaluation::enter(route::choose(this->self().chosen_database()).loop());
            M copy = row;
            run_hooks(hooks_of<M, hook_point::before_delete>(), copy, false);
            const std::int64_t count = this->template run<std::int64_t>(
                std::move(statement), std::move(decode), postgres::access::write);
            run_hooks(hooks_of<M, hook_point::after_delete>(), copy, false);
            return count;
        } else {
            return this->template start_steps<std::int64_t, guarded_delete_state<M>>(
                row, std::move(statement), std::move(decode));
        }
    }
    result<deleted_rows> delete_one_counted(const M& row, sql::statement statement) const {
        std::exception_ptr of_none;
        if constexpr (version_of<M> != nullptr)
            of_none = std::make_exception_ptr(
                stale_row<M>(stale_text(reflect::type_name<M>(), key_parameter(row), "delete_counted()")));
        if constexpr (!has_delete_hooks<M>) {
            return this->template start_steps<deleted_rows, counted_delete>(
                std::move(statement), table_of<M>(), std::move(of_none));
        } else if constexpr (std::is_same_v<Evaluation, evaluation::blocking>) {
            Evaluation::enter(route::choose(this->self().chosen_database()).loop());
            M copy = row;
            run_hooks(hooks_of<M, hook_point::before_delete>(), copy, false);
            deleted_rows gone = this->template start_steps<deleted_rows, counted_delete>(
                std::move(statement), table_of<M>(), std::move(of_none));
            run_hooks(hooks_of<M, hook_point::after_delete>(), copy, false);
            return gone;
        } else {
            return this->template start_steps<deleted_rows, guarded_counted_delete<M>>(
                row, std::move(statement), std::move(of_none));
        }
    }
    result<std::int64_t> restored(const sql::query& rows) const {
        sql::statement statement{.empty = true};
        if constexpr (check_soft_deletion<M>())
            statement = mark_statement(rows, mark_path<M>, version_path<M>, false);
        return this->template run<std::int64_t>(std::move(statement), decode_affected(),
                                                postgres::access::write);
    }
    static constexpr void check_counted() {
        static_assert(
            !deletes_softly<M> || model_with_soft_deletion<M>::value,
            "asynchrormous: this model embeds soft_deletion, and delete_counted() would delete for good: "
            "delete_() marks rows, hard_delete() removes them");
    }

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
