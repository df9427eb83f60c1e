// Tasks that tell in which context they run.
#pragma once

#include "coroutines.hpp"

#include <string>
#include <vector>

namespace orm::testing {

template <class T>
lazy<T> start_in(const char* name, task<T> what) {
    const context_scope scope(make_context(name));
    return start(std::move(what));
}

inline task<> wait_at(gate& at, std::vector<std::string>& seen) {
    seen.push_back(who());
    co_await at;
    seen.push_back(who());
}

}  // namespace orm::testing
