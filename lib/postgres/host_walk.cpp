#include "host_walk.hpp"

#include <utility>

namespace orm::inline v0::postgres {

host_walk::host_walk(const conninfo& info, std::uint32_t seed)
    : shuffles_(info.shuffle_hosts), random_(seed | 1U) {
    for (const auto& entry : info.hosts) places_.push_back({entry});
    if (info.target_session_attrs == "prefer-standby") {
        targets_ = {"standby", "any"};
    } else {
        targets_ = {info.target_session_attrs};
    }
    shuffle(places_);
    enter_host();
}

void host_walk::resolved(std::vector<std::string> addresses) {
    if (addresses.empty()) return not_resolved();
    shuffle(addresses);
    places_[host_].addresses = std::move(addresses);
    enter_host();
}

void host_walk::not_resolved() {
    places_[host_].unknown = true;
    next_host();
}

void host_walk::failed(bool permanent) {
    if (permanent) {
        step_ = walk_step::give_up;
    } else if (++address_ >= places_[host_].addresses.size()) {
        next_host();
    }
}

void host_walk::next_host() {
    if (++host_ == places_.size()) {
        host_ = 0;
        if (++pass_ == targets_.size()) {
            step_ = walk_step::give_up;
            pass_ = targets_.size() - 1;
            return;
        }
    }
    enter_host();
}

void host_walk::enter_host() {
    address_ = 0;
    place& here = places_[host_];
    if (here.unknown) return next_host();
    if (here.addresses.empty() && !here.entry.needs_dns()) here.addresses.push_back(here.entry.address);
    step_ = here.addresses.empty() ? walk_step::resolve : walk_step::attempt;
}

// xorshift32: good enough to spread clients over hosts.
std::size_t host_walk::random_below(std::size_t bound) noexcept {
    random_ ^= random_ << 13U;
    random_ ^= random_ >> 17U;
    random_ ^= random_ << 5U;
    return random_ % bound;
}

template <class T>
void host_walk::shuffle(std::vector<T>& items) {
    if (!shuffles_) return;
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random_below(i)]);
}

}  // namespace orm::inline v0::postgres
