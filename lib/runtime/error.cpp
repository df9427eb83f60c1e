#include <asynchrormous/runtime/error.hpp>

namespace orm::inline v0 {

error::~error() = default;
synchronous_only_operation::~synchronous_only_operation() = default;
operation_cancelled::~operation_cancelled() = default;
timeout_error::~timeout_error() = default;
loop_closed::~loop_closed() = default;

}  // namespace orm::inline v0
