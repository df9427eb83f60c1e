// Cases of expressions: what they are for each row.
#pragma once

#include "oracle.hpp"

#include <asynchrormous/query/aggregate_more.hpp>

namespace oracle {

// The value for each row, in the order of the keys.
template <class M = Book, class E>
void computed(std::string_view name, E value) {
    check(name, [&] { return M::objects.aggregate(orm::array_agg<>(value).template order_by<"pk">()); });
}

// The keys in the order of the expression.
template <class Order>
void ordered(std::string_view name, Order by) {
    check(name, Book::objects.order_by(by, orm::F<"pk">.asc()).template values_list<"pk">());
}

}  // namespace oracle
