// What travels with a coroutine instead of with its thread: in practice the open transaction.
// A task installs its context whenever it resumes and puts back what it displaced whenever it suspends
// (runtime/task.hpp), so that what runs in between never sees a stranger's. Threads: each has its own.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

namespace orm::inline v0 {

class ORM_EXPORT context : public ref_counted {
protected:
    ~context() override;
};

ORM_EXPORT const intrusive_ptr<context>& current_context() noexcept;

// Installs another context. Returns: the one it displaced.
ORM_EXPORT intrusive_ptr<context> exchange_context(intrusive_ptr<context> next) noexcept;

// A context for a block of plain code, or of a task between two suspensions and across them.
class context_scope {
public:
    explicit context_scope(intrusive_ptr<context> inner) : outer_(exchange_context(std::move(inner))) {}
    ~context_scope() { exchange_context(std::move(outer_)); }
    context_scope(const context_scope&) = delete;
    context_scope& operator=(const context_scope&) = delete;

private:
    intrusive_ptr<context> outer_;
};

}  // namespace orm::inline v0
