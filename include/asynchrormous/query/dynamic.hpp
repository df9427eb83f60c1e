// Filters and orders whose names come from outside: a search form, the query string of a REST request.
//     inline constexpr orm::dynamic_filter<Book, "title__icontains", "author__name", "pages__*"> book_filter;
//     books = books.filter(book_filter.json(request));                 {"pages__gte": 300, "author__name":
//     "Lem"} books = books.exclude(book_filter.text("pages__lt", "100"));
// The names allowed are checked at compile time, as in filter(); "pages__*" allows each transform and lookup
// of that column that cannot fail on the server. What comes in is matched with them, converted and checked
// for the column's type, and bound: nothing of it is ever written into SQL text.
// In no other header: include it where it is used.
#pragma once

#include <asynchrormous/query/field_error.hpp>
#include <asynchrormous/query/order.hpp>
#include <asynchrormous/query/q.hpp>

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

namespace query_detail {

// One name of the list. Lifetime: static.
struct allowed_filter {
    std::string_view name{};  // of "pages__*": "pages"
    const sql::path* path = nullptr;
    const model_detail::lookup_chain* chain = nullptr;  // null: any that is safe
    bool by_relation = false;                           // only comparisons of keys
};
struct allowed_order {
    std::string_view name{};
    sql::ordering (*make)() = nullptr;
};

// Throw: field_error.
ORM_EXPORT sql::expression_ptr dynamic_condition(std::span<const allowed_filter> allowed,
                                                 std::string_view name, const nlohmann::json& value);
ORM_EXPORT sql::expression_ptr dynamic_condition(std::span<const allowed_filter> allowed,
                                                 std::string_view name, std::string_view text);
ORM_EXPORT sql::expression_ptr dynamic_conditions(std::span<const allowed_filter> allowed,
                                                  const nlohmann::json& object);
ORM_EXPORT std::vector<sql::ordering> dynamic_ordering(std::span<const allowed_order> allowed,
                                                       std::string_view names);

// A condition that is made already.
struct ready_condition : expression_base {
    sql::expression_ptr made{};

    explicit ready_condition(sql::expression_ptr from) : made(std::move(from)) {}
    template <class Scope>
    static constexpr bool valid_in() {
        return true;
    }
    template <class Scope>
    using type_in = std::optional<bool>;
    template <class Scope>
    sql::expression_ptr bind() const {
        return made;
    }
};

template <reflect::fixed_string Name>
constexpr auto before_star() {
    constexpr std::string_view name = Name.view();
    constexpr bool star = name.ends_with("__*");
    return reflect::fixed_string<name.size() - (star ? 3 : 0)>(name);
}

template <class M, reflect::fixed_string Name>
constexpr allowed_filter allow_filter() {
    constexpr auto field = before_star<Name>();
    if constexpr (field.size() < Name.size()) {
        using target = field_of<M, field>;
        if constexpr (target::valid) {
            const std::string_view last = target::path.target->name;
            const bool relation = target::path.target->target && !field.view().ends_with(last);
            return {model_detail::name_text<field>.view(), &target::path, nullptr, relation};
        }
    } else {
        using target = lookup_of<M, Name>;
        if constexpr (target::valid)
            return {model_detail::name_text<Name>.view(), &target::path, &target::chain};
    }
    return {};
}

template <class M, reflect::fixed_string Name>
constexpr allowed_order allow_order() {
    static_cast<void>(value_of<M, Name>::valid);
    return {model_detail::name_text<Name>.view(), &ordering_of<M, Name>};
}

}  // namespace query_detail

template <model M, reflect::fixed_string... Names>
class dynamic_filter {
public:
    // One condition. Throw: field_error for a name that is not allowed and a value that does not fit.
    Q<M> json(std::string_view name, const nlohmann::json& value) const {
        return made(query_detail::dynamic_condition(allowed, name, value));
    }
    // From text: lists and ranges are "1,2,3"; a JSON value is JSON, else a string.
    Q<M> text(std::string_view name, std::string_view value) const {
        return made(query_detail::dynamic_condition(allowed, name, value));
    }
    // All members of an object, each of which has to hold.
    Q<M> json(const nlohmann::json& object) const {
        return made(query_detail::dynamic_conditions(allowed, object));
    }

private:
    static constexpr query_detail::allowed_filter allowed[] = {query_detail::allow_filter<M, Names>()...};

    static Q<M> made(sql::expression_ptr condition) {
        using query_detail::ready_condition;
        return Q<M>(Q<ready_condition>(ready_condition(std::move(condition))));
    }
};

// inline constexpr orm::dynamic_order<Book, "title", "pages", "author__name"> book_order;
// books = book_order(books, "-pages,title");
template <model M, reflect::fixed_string... Names>
class dynamic_order {
public:
    // The same rows in this order. Throws: field_error for a name that is not allowed.
    template <class QuerySet>
    [[nodiscard]] auto operator()(const QuerySet& rows, std::string_view names) const {
        const auto all = rows.all();
        return std::remove_const_t<decltype(all)>(
            all.query().order_by(query_detail::dynamic_ordering(allowed, names)), all.chosen_database());
    }

private:
    static constexpr query_detail::allowed_order allowed[] = {query_detail::allow_order<M, Names>()...};
};

}  // namespace orm::inline v0
