#include "promotion.hpp"

namespace orm::inline v0::sql {

void promotion::vote(std::span<const std::size_t> needed) {
    for (const std::size_t source : needed) {
        if (source >= votes_.size()) votes_.resize(source + 1);
        ++votes_[source];
    }
}

std::vector<std::size_t> promotion::settle(join_graph& joins) const {
    std::vector<std::size_t> outer;
    std::vector<std::size_t> needed;
    for (std::size_t source = 0; source < votes_.size(); ++source) {
        if (votes_[source] == 0) continue;
        const bool lenient = any_ && votes_[source] < children_;
        (lenient ? outer : needed).push_back(source);
    }
    joins.promote(std::move(outer));
    joins.demote(needed);
    return needed;
}

}  // namespace orm::inline v0::sql
