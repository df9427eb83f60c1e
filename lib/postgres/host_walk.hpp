// In which order hosts and their addresses are tried, one at a time, each with a timeout of its own. No I/O.
//
//   resolve ──resolved──▶ attempt ──failed──▶ attempt (next address) ──▶ resolve (next host) ──▶ give_up
//      └────not_resolved──────────────────────────────────────────────────▲
//
// libpq would walk a list of hosts itself, but cannot be told to leave one that does not answer.
// target_session_attrs goes to libpq host by host; prefer-standby is two passes: standby, then any.
#pragma once

#include "conninfo.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace orm::inline v0::postgres {

enum class walk_step : std::uint8_t {
    resolve,  // look host() up, then call resolved() or not_resolved()
    attempt,  // connect to host() at address() with target(); call failed() if that does not work
    give_up,  // nothing is left
};

class host_walk {
public:
    host_walk(const conninfo& info, std::uint32_t seed);

    walk_step step() const noexcept { return step_; }
    const host_entry& host() const noexcept { return places_[host_].entry; }
    const std::string& address() const noexcept { return places_[host_].addresses[address_]; }
    const std::string& target() const noexcept { return targets_[pass_]; }

    void resolved(std::vector<std::string> addresses);
    void not_resolved();
    void failed(bool permanent);  // permanent: the remaining hosts are not tried, as with libpq

private:
    struct place {
        host_entry entry;
        std::vector<std::string> addresses{};
        bool unknown = false;  // not resolved in the first pass: not asked again in the second
    };

    void enter_host();
    void next_host();
    std::size_t random_below(std::size_t bound) noexcept;
    template <class T>
    void shuffle(std::vector<T>& items);

    std::vector<place> places_;
    std::vector<std::string> targets_;
    std::size_t pass_ = 0;
    std::size_t host_ = 0;
    std::size_t address_ = 0;
    walk_step step_ = walk_step::give_up;
    bool shuffles_;
    std::uint32_t random_;
};

}  // namespace orm::inline v0::postgres
