// One statement of the ORM on its way: what is sent, and how its result becomes a T.
// It is the state behind the lazy the caller holds, so a query costs one allocation.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/query/route.hpp>
#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/runtime/operation_state.hpp>
#include <asynchrormous/sql/query.hpp>
#include <asynchrormous/sql/render.hpp>

#include <cstddef>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

// Rows that things are loaded for: of a model, so many bytes apart.
struct row_array {
    void* first;
    std::size_t stride;
    std::size_t count;
};
template <class Row>
row_array rows_in(Row& row) {
    return {&row, sizeof(Row), 1};
}
template <class Row>
row_array rows_in(std::vector<Row>& rows) {
    return {rows.data(), sizeof(Row), rows.size()};
}
template <class Row>
row_array rows_in(std::optional<Row>& row) {
    return {row ? &*row : nullptr, sizeof(Row), row ? std::size_t{1} : std::size_t{0}};
}

// One who waits for what is loaded after the rows.
class ORM_EXPORT load_waiter {
public:
    virtual void loaded(std::exception_ptr error) noexcept = 0;  // null: all of it

protected:
    ~load_waiter() = default;
};

// The queries of prefetch_related() on their way. In lib/query/prefetch_run.hpp.
class prefetch_run;

// Locks that are taken outside of a transaction are gone at once. Throws: transaction_management_error.
void require_transaction(const postgres::executor& where);

// What is sent, and where to.
class ORM_EXPORT statement_operation : public postgres::operation, public load_waiter {
public:
    // Hands the statement to its executor; one that no row can match is answered here.
    void start();

    postgres::request request() const noexcept final;
    const std::source_location* written() const noexcept final;

protected:
    statement_operation(route where, sql::statement statement, postgres::access access,
                        intrusive_ptr<const sql::loading> loads = nullptr) noexcept;
    ~statement_operation();

    void loaded(std::exception_ptr) noexcept override {}

    bool loads() const noexcept { return static_cast<bool>(loads_); }
    // Fills in what the result brought along, and sends for the rest. True: nothing has to be waited for;
    // else loaded() says when it is there.
    bool load(const row_array& rows, const postgres::result_view& result);
    const route& where() const noexcept { return where_; }

    const sql::statement& statement() const noexcept { return statement_; }
    void take_back() noexcept;

private:
    virtual void answer_without_rows() = 0;

    route where_;
    sql::statement statement_;
    postgres::access access_;
    intrusive_ptr<const sql::loading> loads_;
    intrusive_ptr<prefetch_run> run_{};
};

// Decode is called as decode(const result_view&, const sql::statement&) -> T. What no rows mean to it, when
// the server need not be asked, says decode.without_rows(const sql::statement&); else it is T{}.
// decode.failed(std::exception_ptr), where there is one, gives the error to be thrown.
template <class T, class Decode>
class query_operation final : public lazy_state<T>, public statement_operation {
public:
    query_operation(route where, sql::statement statement, postgres::access access, Decode decode,
                    intrusive_ptr<const sql::loading> loads)
        : lazy_state<T>(where.loop()),
          statement_operation(std::move(where), std::move(statement), access, std::move(loads)),
          decode_(std::move(decode)) {}

    void on_result(const postgres::result_view& result) override {
        if (this->ready()) return;
        if constexpr (std::is_void_v<T>) {
            decode_(result, statement());
            this->succeed();
        } else {
            if constexpr (requires { typename Decode::loaded_model; }) {
                if (loads()) return succeed_with_related(result);
            }
            this->succeed(decode_(result, statement()));
        }
    }
    void on_error(std::exception_ptr why) noexcept override {
        if constexpr (requires { decode_.failed(why); })
            this->fail(decode_.failed(std::move(why)));
        else
            this->fail(std::move(why));
    }
    operation_state& state() noexcept override { return *this; }

private:
    void answer_without_rows() override {
        constexpr bool answers = requires { decode_.without_rows(statement()); };
        if constexpr (answers && std::is_void_v<T>) {
            decode_.without_rows(statement());
            this->succeed();
        } else if constexpr (answers) {
            this->succeed(decode_.without_rows(statement()));
        } else if constexpr (std::is_void_v<T>) {
            this->succeed();
        } else {
            this->succeed(T{});
        }
    }
    void on_cancel() noexcept override { take_back(); }

    void succeed_with_related(const postgres::result_view& result) {
        T& rows = this->keep(decode_(result, statement()));
        if (load(rows_in(rows), result) && !this->ready()) this->set_ready();
    }
    void loaded(std::exception_ptr error) noexcept override {
        if (error)
            this->fail(std::move(error));
        else if (!this->ready())
            this->set_ready();
    }

    Decode decode_;
};

// Nothing is read: of statements without rows, and after an error at compile time.
template <class T = void>
struct decode_nothing {
    T operator()(const postgres::result_view&, const sql::statement&) const { return T(); }
};

template <class T, class Decode>
lazy<T> launch(route where, sql::statement statement, postgres::access access, Decode decode,
               intrusive_ptr<const sql::loading> loads = nullptr) {
    auto* started = new query_operation<T, Decode>(std::move(where), std::move(statement), access,
                                                   std::move(decode), std::move(loads));
    lazy<T> answer{intrusive_ptr<lazy_state<T>>(started)};
    started->start();
    return answer;
}

}  // namespace orm::inline v0::query_detail
