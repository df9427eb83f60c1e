// What is on the wire: one slot for everything that the server will answer, in the order of sending.
// The FIFO is a ring that grows and never shrinks, so the steady state allocates nothing. Slots are numbered
// from 1 for ever; a number finds its slot as long as that is in the ring.
#pragma once

#include "result_handle.hpp"
#include "statement_cache.hpp"

#include <asynchrormous/postgres/operation.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

namespace orm::inline v0::postgres {

enum class slot_kind : std::uint8_t {
    prepare,    // Parse
    execute,    // Bind and Execute of a prepared statement
    query,      // Parse, Bind and Execute of the unnamed statement; transaction control too
    close,      // of an evicted statement
    sentinel,   // takes the cancel request that comes late
    isolation,  // asks for the session's isolation level
    sync,
};

struct pipeline_slot {
    slot_kind kind = slot_kind::sync;
    postgres::access access = access::read;
    control_kind control = control_kind::none;
    bool in_block = false;  // sent as part of the transaction
    bool leader = false;    // the Parse in front of it was sent for its sake
    bool answered = false;
    bool shared = false;  // its Sync belongs to other reads too
    bool repeat = false;  // certainly not run: goes back to the queue at its Sync
    std::size_t bytes = 0;
    std::uint64_t sent_at = 0;
    operation* op = nullptr;  // null: nobody waits, the slot swallows the answer
    prepared_statement* statement = nullptr;
    result_handle result{};
    std::exception_ptr error{};

    // A statement or control that somebody submitted: what load and the caps count.
    bool submitted() const noexcept {
        return (kind == slot_kind::execute || kind == slot_kind::query) && control != control_kind::begin;
    }
};

class slot_ring {
public:
    using number = std::uint64_t;

    bool empty() const noexcept { return head_ == tail_; }
    number head() const noexcept { return head_; }
    number tail() const noexcept { return tail_; }  // of the slot that comes next
    pipeline_slot& operator[](number which) noexcept { return ring_[which & (ring_.size() - 1)]; }
    const pipeline_slot& operator[](number which) const noexcept { return ring_[which & (ring_.size() - 1)]; }

    pipeline_slot& push() {
        if (tail_ - head_ == ring_.size()) grow();
        return (*this)[tail_++] = pipeline_slot();
    }
    pipeline_slot pop_front() noexcept { return std::move((*this)[head_++]); }
    pipeline_slot pop_back() noexcept { return std::move((*this)[--tail_]); }

private:
    void grow() {
        std::vector<pipeline_slot> larger(ring_.empty() ? 64 : ring_.size() * 2);
        for (number at = head_; at != tail_; ++at) larger[at & (larger.size() - 1)] = std::move((*this)[at]);
        ring_ = std::move(larger);
    }

    std::vector<pipeline_slot> ring_{};
    number head_ = 1;
    number tail_ = 1;
};

}  // namespace orm::inline v0::postgres
