// How often this process is a child of a process that held what it holds. Asking for its id instead would be
// a system call for each query.
#pragma once

#include <pthread.h>

namespace orm::inline v0::postgres {

inline int fork_count() noexcept {
    static int count = 0;
    static const int registered = ::pthread_atfork(nullptr, nullptr, [] { ++count; });
    static_cast<void>(registered);
    return count;
}

}  // namespace orm::inline v0::postgres
