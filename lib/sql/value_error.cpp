#include <asynchrormous/sql/value_error.hpp>

namespace orm::inline v0 {

value_error::~value_error() = default;

void throw_value_error(const char* message) { throw value_error(message); }

}  // namespace orm::inline v0
