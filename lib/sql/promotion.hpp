// The vote on join types of one group of conditions (Django's JoinPromoter).
// Each child names the joins without whose row it cannot be true. Where all children must hold, one such
// child makes the join inner; where one is enough, only the vote of every child does.
#pragma once

#include "joins.hpp"
#include "nodes.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace orm::inline v0::sql {

class promotion {
public:
    // Negation swaps the connectors: NOT (a AND b) is as lenient as a OR b.
    promotion(connector by, std::size_t children, bool negated) noexcept
        : any_((by == connector::any) != negated), children_(children) {}

    // The joins one child needs, each named once.
    void vote(std::span<const std::size_t> needed);

    // Decides, and returns the joins that the group as a whole needs.
    std::vector<std::size_t> settle(join_graph& joins) const;

private:
    bool any_;
    std::size_t children_;
    std::vector<std::size_t> votes_;  // by source
};

}  // namespace orm::inline v0::sql
