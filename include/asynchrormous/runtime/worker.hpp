// Blocking work on libuv's thread pool, for calls that have no nonblocking form (PQcancel).
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/callback.hpp>

namespace orm::inline v0 {

class event_loop;

// `work` runs on a thread of the pool, then `done` on the loop's. Both are destroyed on the loop's thread;
// when the loop is shut down before, `done` is dropped uncalled. What either throws ends the program.
ORM_EXPORT void run_on_worker(event_loop& loop, callback<> work, callback<> done);

}  // namespace orm::inline v0
