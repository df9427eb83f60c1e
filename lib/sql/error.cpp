#include <asynchrormous/sql/error.hpp>

namespace orm::inline v0 {

query_error::~query_error() = default;

}  // namespace orm::inline v0
