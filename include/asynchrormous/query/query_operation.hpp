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

// Decode is called as decode(const result_view&, const sql::statement&) -> T. What no rows mean to it, when
// the server need not be asked, says decode.without_rows(const sql::statement&); else it is T{}.
template <class T, class Decode>
class query_operation final : public lazy_state<T>, public postgres::operation {
public:
    query_operation(route where, sql::statement statement, postgres::access access, Decode decode)
        : lazy_state<T>(where.loop()),
          where_(std::move(where)),
          statement_(std::move(statement)),
          access_(access),
          decode_(std::move(decode)) {}

    void submit() { where_.executor().submit(*this); }

    postgres::request request() const noexcept override {
        return {statement_.text, statement_.parameters, access_};
    }
    void on_result(const postgres::result_view& result) override {
        if (!this->ready()) deliver(result);
    }
    void on_error(std::exception_ptr why) noexcept override { this->fail(std::move(why)); }
    operation_state& state() noexcept override { return *this; }

private:
    void deliver(const postgres::result_view& result) {
        if constexpr (std::is_void_v<T>) {
            decode_(result, statement_);
            this->succeed();
        } else {
            this->succeed(decode_(result, statement_));
        }
    }
    void on_cancel() noexcept override { where_.executor().cancel(*this); }

    route where_;
    sql::statement statement_;
    postgres::access access_;
    Decode decode_;
};

template <class T, class Decode>
lazy<T> launch(route where, sql::statement statement, postgres::access access, Decode decode) {
    auto started = make_intrusive<query_operation<T, Decode>>(std::move(where), std::move(statement), access,
                                                              std::move(decode));
    started->submit();
    return lazy<T>(intrusive_ptr<lazy_state<T>>(std::move(started)));
}

template <class T, class Decode>
lazy<T> answer_without_rows(const Decode& decode, const sql::statement& asked) {
    auto answer = make_intrusive<lazy_state<T>>(event_loop::current());
    try {
        if constexpr (requires { decode.without_rows(asked); })
            answer->succeed(decode.without_rows(asked));
        else
            answer->succeed(T{});
    } catch (...) {
        answer->fail(std::current_exception());
    }
    return lazy<T>(std::move(answer));
}

}  // namespace orm::inline v0::query_detail
