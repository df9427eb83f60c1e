// FIFO of operations linked through themselves: no allocation, and an operation can be taken out again.
#pragma once

#include <asynchrormous/postgres/operation.hpp>

namespace orm::inline v0::postgres {

class operation_queue {
public:
    bool empty() const noexcept { return first_ == nullptr; }
    operation* front() const noexcept { return first_; }

    void push_back(operation& item) noexcept {
        item.next_ = nullptr;
        (last_ ? last_->next_ : first_) = &item;
        last_ = &item;
    }
    void push_front(operation& item) noexcept {
        item.next_ = first_;
        first_ = &item;
        if (!last_) last_ = &item;
    }
    operation* pop() noexcept {
        operation* const item = first_;
        first_ = item->next_;
        if (!first_) last_ = nullptr;
        item->next_ = nullptr;
        return item;
    }
    // Returns: whether it was in the queue.
    bool remove(operation& item) noexcept {
        operation* before = nullptr;
        for (operation* at = first_; at; before = at, at = at->next_) {
            if (at != &item) continue;
            (before ? before->next_ : first_) = item.next_;
            if (last_ == &item) last_ = before;
            item.next_ = nullptr;
            return true;
        }
        return false;
    }

private:
    operation* first_ = nullptr;
    operation* last_ = nullptr;
};

}  // namespace orm::inline v0::postgres
