// One statement of the ORM on its way: what is sent, and how its result becomes a T.
// It is the state behind the lazy the caller holds, so a query costs one allocation.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/query/route.hpp>
#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/runtime/operation_state.hpp>
#include <asynchrormous/sql/render.hpp>

#include <exception>
#include <utility>

namespace orm::inline v0::query_detail {

// What is sent, and where to.
class ORM_EXPORT statement_operation : public postgres::operation {
public:
    // Hands the statement to its executor; one that no row can match is answered here.
    void start();

    postgres::request request() const noexcept final;

protected:
    statement_operation(route where, sql::statement statement, postgres::access access) noexcept;
    ~statement_operation() = default;

    const sql::statement& statement() const noexcept { return statement_; }
    void take_back() noexcept { where_.executor().cancel(*this); }

private:
    virtual void answer_without_rows() = 0;

    route where_;
    sql::statement statement_;
    postgres::access access_;
};

// Decode is called as decode(const result_view&, const sql::statement&) -> T. What no rows mean to it, when
// the server need not be asked, says decode.without_rows(const sql::statement&); else it is T{}.
// decode.failed(std::exception_ptr), where there is one, gives the error to be thrown.
template <class T, class Decode>
class query_operation final : public lazy_state<T>, public statement_operation {
public:
    query_operation(route where, sql::statement statement, postgres::access access, Decode decode)
        : lazy_state<T>(where.loop()),
          statement_operation(std::move(where), std::move(statement), access),
          decode_(std::move(decode)) {}

    void on_result(const postgres::result_view& result) override {
        if (this->ready()) return;
        if constexpr (std::is_void_v<T>) {
            decode_(result, statement());
            this->succeed();
        } else {
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
        if constexpr (requires { decode_.without_rows(statement()); })
            this->succeed(decode_.without_rows(statement()));
        else if constexpr (std::is_void_v<T>)
            this->succeed();
        else
            this->succeed(T{});
    }
    void on_cancel() noexcept override { take_back(); }

    Decode decode_;
};

template <class T, class Decode>
lazy<T> launch(route where, sql::statement statement, postgres::access access, Decode decode) {
    auto* started =
        new query_operation<T, Decode>(std::move(where), std::move(statement), access, std::move(decode));
    lazy<T> answer{intrusive_ptr<lazy_state<T>>(started)};
    started->start();
    return answer;
}

}  // namespace orm::inline v0::query_detail
