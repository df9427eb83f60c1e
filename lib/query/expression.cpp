#include <asynchrormous/query/expression.hpp>
#include <asynchrormous/sql/error.hpp>

namespace orm::inline v0::query_detail {

void refuse_negative_bound() {
    throw query_error(
        "a slice of a text counts from its start: use Right() or Reverse() instead of a negative bound");
}

}  // namespace orm::inline v0::query_detail
