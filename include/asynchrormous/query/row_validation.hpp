// Validation of one row: what its columns and its meta say about it, its own clean(), and what only the
// database knows (unique columns, keys of rows that exist, check constraints), asked for by one statement.
//     bool clean(…)  of the model: void clean(orm::validation_errors& errors) const { if (…) errors.add("…");
//     }
// The order is Django's: fields, clean(), then the database, which is not asked about fields that are wrong.
#pragma once

#include <asynchrormous/model/field_checks.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/query/write.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

// Which columns are looked at, and what the row is.
struct ORM_EXPORT validation_scope {
    bool adding = false;                             // a new row: its key must not be there
    bool restricted = false;                         // to these columns
    std::span<const sql::column* const> columns{};   // looked at, when restricted
    std::span<const sql::column* const> excluded{};  // not looked at

    bool covers(const sql::column& column) const;
};

// A row taken apart; values and members of each column.
struct checked_row {
    const sql::table* of = nullptr;
    bool adding = false;
    sql::parameter_list values{};
    std::vector<const void*> members{};
    std::vector<bool> looked_at{};
    std::vector<bool> given{};       // not left to the database
    validation_errors unwritable{};  // values that PostgreSQL's type cannot hold
};

class ORM_EXPORT row_validation {
public:
    row_validation(checked_row row, std::span<const model_detail::field_check> checks);
    row_validation(row_validation&&) noexcept;
    ~row_validation();

    // What clean() adds goes here.
    validation_errors& errors() noexcept { return errors_; }
    // What is to be asked; empty: nothing. Throws: query_error for an error of a field that the model has
    // not.
    sql::statement ask();
    void answer(const postgres::result_view& result);
    void throw_if_wrong() const;

private:
    struct question {
        std::string field;
        std::string message;
        std::string code;
        bool wrong = true;  // the answer that is an error
        std::vector<const sql::column*> about{};
        std::string_view condition{};  // in SQL, about columns that it names
    };

    void check_field(const sql::column& column, std::span<const model_detail::field_check> checks);
    void run_checks(const sql::column& column, std::span<const model_detail::field_check> checks);
    bool usable(const sql::column& column) const;
    bool names_wrong_field(std::string_view condition) const;
    std::string bind(sql::statement& into, const sql::column& column) const;
    void ask_for_target(sql::statement& into, const sql::column& column);
    void ask_if_unique(sql::statement& into, std::span<const sql::column* const> columns, bool together);
    void ask_for_check(sql::statement& into, const sql::check_constraint& check);
    std::string row_text(sql::statement& into) const;
    void add(sql::statement& into, std::string text, question asked);

    checked_row row_;
    validation_errors errors_{};
    std::vector<question> questions_{};
};

template <class T>
void add_checked(checked_row& row, const validation_scope& scope, const sql::column& column, const T& value,
                 const T& initial) {
    bool given = column.generated.empty();
    if constexpr (requires { value == initial; })
        given = given &&
                !((filled_by_database(column) || column.auto_now || column.auto_now_add) && value == initial);
    sql::parameter encoded{column.type, {}};
    try {
        if (given) encoded = column_writer<T>::write(column.type, value);
    } catch (const value_error& why) {
        row.unwritable.add(column.field, why.what());
    }
    row.given.push_back(given);
    row.looked_at.push_back(given && scope.covers(column));
    row.members.push_back(&value);
    row.values.push_back(std::move(encoded));
}

template <model M>
row_validation check_row(const M& row, const validation_scope& scope) {
    checked_row taken{&table_of<M>(), scope.adding};
    const M initial{};
    with_columns(row, [&](const auto&... values) {
        with_columns(initial, [&](const auto&... initials) {
            std::size_t c = 0;
            if constexpr (valid_model<M>)
                (add_checked(taken, scope, taken.of->columns[c++], values, initials), ...);
        });
    });
    row_validation result(std::move(taken), model_detail::field_checks<M>);
    if constexpr (requires { M::clean(row, result.errors()); })
        M::clean(row, result.errors());
    else if constexpr (requires { row.clean(result.errors()); })
        row.clean(result.errors());
    return result;
}

// Gives the errors, or throws them.
struct ORM_EXPORT decode_validation {
    row_validation state;

    validation_errors operator()(const postgres::result_view& result, const sql::statement&) {
        state.answer(result);
        return std::move(state.errors());
    }
    validation_errors without_rows(const sql::statement&) { return std::move(state.errors()); }
};
struct ORM_EXPORT refuse_invalid {
    row_validation state;

    void operator()(const postgres::result_view& result, const sql::statement&) {
        state.answer(result);
        state.throw_if_wrong();
    }
    void without_rows(const sql::statement&) const { state.throw_if_wrong(); }
};

}  // namespace orm::inline v0::query_detail
