// A function of the database as a type: its text, what it gives, its arguments.
//     template <class E> constexpr auto Initials(E&& name) { return Func<"initials({0})", std::string>(name);
//     }
// What it gives is a C++ type, or a policy that computes one from the types of the arguments.
#pragma once

#include <asynchrormous/query/call_result.hpp>
#include <asynchrormous/query/expression.hpp>

#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// Text: {0}, {1}, … are the arguments, {*} all of them separated by commas. Result: a policy of
// call_result.hpp. Strict: NULL as soon as an argument is NULL.
template <reflect::fixed_string Text, class Result, bool Strict, class... Args>
struct call_expression : expression_methods<call_expression<Text, Result, Strict, Args...>> {
    static constexpr bool contains_aggregate = (query_detail::contains_aggregate<Args> || ...);

    std::tuple<Args...> arguments;

    constexpr explicit call_expression(Args... from) : arguments(std::move(from)...) {}

    template <class Scope>
    static constexpr bool valid_in() {
        if constexpr (!(Args::template valid_in<Scope>() && ...))
            return false;
        else
            return Result::template check<Text, typename Args::template type_in<Scope>...>();
    }
    template <class Scope>
    using type_in = typename Result::template type<typename Args::template type_in<Scope>...>;

    template <class Scope>
    sql::expression_ptr bind() const {
        std::vector<sql::expression_ptr> operands;
        operands.reserve(sizeof...(Args));
        std::apply([&](const auto&... each) { (operands.push_back(each.template bind<Scope>()), ...); },
                   arguments);
        return sql::call({text<Scope>(), Strict}, sql::operand_list(std::move(operands)),
                         query_detail::sql_type_of<type_in<Scope>>);
    }

private:
    // A policy may have the text depend on the types: text + text is ||.
    template <class Scope>
    static constexpr std::string_view text() {
        if constexpr (requires { &Result::template text<Args...>; })
            return Result::template text<typename Args::template type_in<Scope>...>();
        else
            return Text.view();
    }
};

namespace query_detail {

template <reflect::fixed_string Text, class Result, class... Args>
constexpr auto make_call(Args&&... args) {
    return call_expression<Text, Result, true, operand_t<Args>...>(
        as_expression(std::forward<Args>(args))...);
}

// A function that has a value though an argument is NULL.
template <reflect::fixed_string Text, class Result, class... Args>
constexpr auto make_lenient_call(Args&&... args) {
    return call_expression<Text, Result, false, operand_t<Args>...>(
        as_expression(std::forward<Args>(args))...);
}

}  // namespace query_detail

// Any function of the database. Result: its C++ type, a std::optional if it may be NULL though no argument
// is, or a policy. Arguments that are no expressions are bound values.
template <reflect::fixed_string Text, class Result, class... Args>
constexpr auto Func(Args&&... args) {
    return query_detail::make_lenient_call<Text, query_detail::policy_of<Result>>(
        std::forward<Args>(args)...);
}

// SQL of your own; {0}, {1}, … are bound values or expressions.
template <reflect::fixed_string Text, class Result, class... Args>
constexpr auto RawSQL(Args&&... args) {
    return Func<Text, Result>(std::forward<Args>(args)...);
}

}  // namespace orm::inline v0
