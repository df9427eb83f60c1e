// SELECT … FOR UPDATE: which sources are locked, and what PostgreSQL cannot lock.
#include "derived.hpp"
#include "plan_writer.hpp"
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace orm::inline v0::sql {

namespace {

constexpr std::array strengths{" FOR UPDATE", " FOR NO KEY UPDATE", " FOR SHARE", " FOR KEY SHARE"};
constexpr std::array waits{"", " NOWAIT", " SKIP LOCKED"};

[[noreturn]] void refuse(const plan& of, const std::string& why) {
    throw query_error(std::string(of.root->model) + ": select_for_update() " + why);
}

bool any_window(const plan& of) {
    return !of.qualify.empty() ||
           std::any_of(of.selection.begin(), of.selection.end(),
                       [](const selected_term& each) { return has_window(each.what); });
}

void refuse_outer(const plan& of, const row_source& source, bool named) {
    if (source.type != join_type::outer) return;
    refuse(of,
           "cannot lock the rows of " + std::string(source.of->model) + ", since there may be none: " +
               (named ? std::string("exclude those without")
                      : "name the rows to lock, select_for_update<\"self\">(), or exclude those without"));
}

}  // namespace

void planner::plan_lock(const lock_clause& what) {
    plan_.lock = &what;
    plan_.locked.clear();
    for (const path& each : what.how.of) plan_.locked.push_back(plan_.joins.reach(each));
}

void forget_lock(plan& of) noexcept { of.lock = nullptr; }

void refuse_unlockable(const plan& of) {
    if (!of.lock) return;
    if (of.distinct || !of.distinct_on.empty())
        refuse(of, "does not go with distinct(): one row stands for several; lock the rows by their keys");
    if (of.grouped) refuse(of, "does not go with aggregates: lock the rows by their keys");
    if (any_window(of)) refuse(of, "does not go with windows: lock the rows by their keys");
    if (of.from) refuse(of, "needs rows of a table, not those of a query: lock what that reads");
}

void plan_writer::lock() const {
    if (!plan_.lock) return;
    const locking& how = plan_.lock->how;
    out_ << strengths[static_cast<std::size_t>(how.strength)];
    for (const row_source& source : plan_.joins.sources())
        if (plan_.locked.empty() && source.used) refuse_outer(plan_, source, false);
    if (!plan_.locked.empty()) {
        out_ << " OF ";
        list_separator sources(out_, ", ");
        for (const std::size_t each : plan_.locked) {
            refuse_outer(plan_, plan_.joins.at(each), true);
            sources.next().identifier(plan_.joins.at(each).alias);
        }
    }
    out_ << waits[static_cast<std::size_t>(how.when_locked)];
    out_.lock();
}

}  // namespace orm::inline v0::sql
