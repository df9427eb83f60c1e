// For results whose errors are known from elsewhere: the hook for errors that nobody looked at hears nothing.
#pragma once

#include <asynchrormous/runtime/operation_state.hpp>

namespace orm::inline v0::query_detail {

// Requires: ready.
inline void look_at(const operation_state& done) noexcept {
    try {
        done.rethrow_if_failed();
    } catch (...) {
    }
}

}  // namespace orm::inline v0::query_detail
