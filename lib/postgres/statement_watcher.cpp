#include "statement_watcher.hpp"

namespace orm::inline v0::postgres {

namespace {

thread_local statement_watcher* first_watcher = nullptr;

}  // namespace

statement_watcher* statement_watcher::first() noexcept { return first_watcher; }

statement_watcher::statement_watcher() noexcept : next_(first_watcher) { first_watcher = this; }

statement_watcher::~statement_watcher() {
    statement_watcher** at = &first_watcher;
    while (*at && *at != this) at = &(*at)->next_;
    if (*at) *at = next_;
}

}  // namespace orm::inline v0::postgres
