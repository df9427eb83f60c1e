#include <asynchrormous/runtime/context.hpp>

namespace orm::inline v0 {

namespace {

thread_local intrusive_ptr<context> current;

}  // namespace

context::~context() = default;

const intrusive_ptr<context>& current_context() noexcept { return current; }

intrusive_ptr<context> exchange_context(intrusive_ptr<context> next) noexcept {
    return std::exchange(current, std::move(next));
}

}  // namespace orm::inline v0
