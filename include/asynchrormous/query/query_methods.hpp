// The methods that managers and QuerySets share: those that build (query_building.hpp), those that ask
// (query_answers.hpp), and those that write.
#pragma once

#include <asynchrormous/query/query_answers.hpp>
#include <asynchrormous/query/raw.hpp>
#include <asynchrormous/query/write.hpp>

#include <array>
#include <vector>

namespace orm::inline v0 {

template <class Self, class M, class Row, class Evaluation>
class query_methods : public query_detail::query_answers<Self, M, Row, Evaluation> {
protected:
    using core = query_detail::query_core<Self, M, Row, Evaluation>;
    using core::query;
    using typename core::scope;
    template <class T>
    using result = typename core::template result<T>;

public:
    using evaluated = Evaluation;

    // Inserts the row and gives it back with what the database filled in.
    result<M> create(M row) const {
        query_detail::row_image image = query_detail::image_of(row);
        return write_row(std::move(row), image, query_detail::insert_statement<M>(image));
    }

    // Inserts a row whose key is not there yet, else updates all its columns; gives the row back.
    [[nodiscard]] result<M> save(M row) const {
        query_detail::row_image image = query_detail::image_of(row);
        sql::statement write = image.has_key ? query_detail::upsert_statement<M>(image)
                                             : query_detail::insert_statement<M>(image);
        return write_row(std::move(row), image, std::move(write));
    }

    // Sets columns in all rows: update("pages"_k = 300, "title"_k = F<"subtitle">).
    // Returns: the number of rows matched. Throws: query_error when the QuerySet is sliced.
    template <reflect::fixed_string... Names, class... Values>
    result<std::int64_t> update(const keyword<Names, Values>&... values) const {
        static_assert(sizeof...(Names) > 0, "update() needs at least one column to set");
        const std::array terms{query_detail::assignment_of<M, scope>(values)...};
        return this->template run<std::int64_t>(sql::render_update(query(), terms),
                                                query_detail::decode_affected(), postgres::access::write);
    }

    // Deletes all rows. Returns: how many there were, without those that the database deleted with them.
    // Throws: query_error when the QuerySet is sliced.
    result<std::int64_t> delete_() const {
        return this->template run<std::int64_t>(sql::render_delete(query()), query_detail::decode_affected(),
                                                postgres::access::write);
    }

    // The same two, giving back columns of the rows: as they are after the update, as they were before they
    // were deleted. update_returning<"id", "pages">(…) gives named rows, without names rows of the model.
    template <reflect::fixed_string... Columns, reflect::fixed_string... Names, class... Values>
    auto update_returning(const keyword<Names, Values>&... values) const {
        static_assert(sizeof...(Names) > 0, "update_returning() needs at least one column to set");
        const std::array terms{query_detail::assignment_of<M, scope>(values)...};
        using rows = query_detail::returned_rows<M, Columns...>;
        return returned<rows>(sql::render_update(query(), terms, rows::columns()));
    }
    template <reflect::fixed_string... Columns>
    auto delete_returning() const {
        using rows = query_detail::returned_rows<M, Columns...>;
        return returned<rows>(sql::render_delete(query(), rows::columns()));
    }

    // Rows of the model from SQL of your own, columns found by name: raw("SELECT * FROM book WHERE pages >
    // $1", 9). Throws: column_mismatch when a column of the model is missing.
    template <class... Values>
    result<std::vector<M>> raw(std::string text, const Values&... values) const {
        return this->template run<std::vector<M>>(query_detail::raw_statement(std::move(text), values...),
                                                  query_detail::decode_by_name<M>(), postgres::access::raw);
    }

    template <class Task = Self>
        requires std::is_same_v<Evaluation, evaluation::blocking>
    auto operator co_await() const& {
        static_assert(awaited_without_async<Task>::value,
                      "asynchrormous: this QuerySet blocks; add .async() to it: co_await books.async()");
        return runtime_detail::value_awaiter<std::vector<Row>>(nullptr);
    }

private:
    template <class Rows>
    result<std::vector<typename Rows::row>> returned(sql::statement statement) const {
        using row = typename Rows::row;
        return this->template run<std::vector<row>>(
            std::move(statement), query_detail::decode_returned<row>(), postgres::access::write);
    }

    result<M> write_row(M row, query_detail::row_image& image, sql::statement statement) const {
        query_detail::written_row<M> decode{std::move(row), std::move(image.returning)};
        return this->template run<M>(std::move(statement), std::move(decode), postgres::access::write);
    }
};

}  // namespace orm::inline v0
