#include "notices.hpp"

#include <atomic>
#include <new>
#include <utility>

namespace orm::inline v0 {
namespace {

std::atomic<notice_hook> current_hook{nullptr};

}  // namespace

notice_hook set_notice_hook(notice_hook hook) noexcept { return current_hook.exchange(hook); }

namespace postgres {
namespace {

constexpr std::size_t most_queued = 256;

std::string field(const PGresult* result, int code) {
    const char* const text = PQresultErrorField(result, code);
    return text ? text : "";
}

}  // namespace

void notice_queue::receive(void* self, const PGresult* result) noexcept {
    auto& queue = *static_cast<notice_queue*>(self);
    try {
        queue.add(result);
    } catch (const std::bad_alloc&) {
        ++queue.dropped_;
    }
}

void notice_queue::add(const PGresult* result) {
    if (!current_hook.load(std::memory_order_relaxed)) return;
    if (queued_.size() >= most_queued) {
        ++dropped_;
        return;
    }
    queued_.push_back({field(result, PG_DIAG_SEVERITY_NONLOCALIZED), field(result, PG_DIAG_SQLSTATE),
                       field(result, PG_DIAG_MESSAGE_PRIMARY), field(result, PG_DIAG_MESSAGE_DETAIL),
                       field(result, PG_DIAG_MESSAGE_HINT), std::exchange(dropped_, 0)});
}

void notice_queue::flush() noexcept {
    if (queued_.empty()) return;
    const auto ready = std::exchange(queued_, {});
    const notice_hook hook = current_hook.load();
    if (!hook) return;
    for (const auto& one : ready) hook(one);
}

}  // namespace postgres
}  // namespace orm::inline v0
