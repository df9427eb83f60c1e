#include "diversion.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace orm::inline v0::postgres {

// Within an atomic() of the same session that one has the floor: outside of it the statement would wait for
// its end, and with it the one who waits for the statement.
void diversion::submit(operation& statement) noexcept {
    std::erase_if(sent_, [](const sent& one) { return one.level->over(); });
    auto* const open = dynamic_cast<transaction*>(current_context().get());
    if (open && open->open() && open->shares_session(*target_)) {
        sent_.push_back({&statement, intrusive_ptr<transaction>(open)});
        return open->submit(statement);
    }
    try {
        auto level = transaction::begin_nested(*target_);
        sent_.push_back({&statement, level});
        level->submit(statement);
        level->finish();
    } catch (...) {
        statement.on_error(std::current_exception());
    }
}

void diversion::cancel(operation& statement) noexcept {
    const auto at = std::find_if(sent_.begin(), sent_.end(),
                                 [&](const sent& one) { return one.statement == &statement; });
    if (at != sent_.end()) at->level->cancel(statement);
}

}  // namespace orm::inline v0::postgres
