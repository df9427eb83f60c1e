#include "prefetch_run.hpp"

#include "prefetch_level.hpp"

#include <utility>

namespace orm::inline v0::query_detail {

prefetch_run::prefetch_run(const route& where, query_settings settings, load_waiter& done)
    : where_(where), settings_(std::move(settings)), done_(&done) {}
prefetch_run::~prefetch_run() = default;

bool prefetch_run::start(const std::vector<load_node>& nodes, std::vector<void*> rows) {
    const intrusive_ptr<prefetch_run> held(this);
    pending_ = 1;
    try {
        begin(nodes, rows, {});
    } catch (...) {
        abandon();
        throw;
    }
    telling_ = true;
    return --pending_ == 0;
}

void prefetch_run::begin(const std::vector<load_node>& nodes, const std::vector<void*>& rows,
                         const std::string& path) {
    for (const load_node& node : nodes)
        begin_level(node, rows,
                    path.empty() ? std::string(node.step->name) : path + "__" + std::string(node.step->name));
}

// Rows whose relation is loaded are not asked for again, but what is below is loaded for them too.
void prefetch_run::begin_level(const load_node& node, const std::vector<void*>& rows,
                               const std::string& path) {
    level_members members(*node.step);
    for (void* row : rows) members.add(row);
    if (members.groups.size() == 0) return go_on(node, nullptr, {}, members.loaded_rows(), path);
    const auto level = make_intrusive<prefetch_level>(*this, node, std::move(members), path, where_);
    ++pending_;
    levels_.push_back(level);
    level->start();
}

// `fetched`: the rows of this level's query; `all`: those that were there before.
void prefetch_run::go_on(const load_node& node, const sql::query* asked, std::vector<void*> fetched,
                         std::vector<void*> all, const std::string& path) {
    if (asked && !fetched.empty()) {
        const auto own = asked->loads();
        if (own) begin(static_cast<const related_loading&>(*own).afterwards, fetched, path);
    }
    if (node.below.empty()) return;
    all.insert(all.end(), fetched.begin(), fetched.end());
    if (!all.empty()) begin(node.below, all, path);
}

void prefetch_run::finished(std::exception_ptr error) noexcept {
    const intrusive_ptr<prefetch_run> held(this);
    --pending_;
    load_waiter* const waiting = done_;
    if (!waiting) return;
    if (!error && (pending_ > 0 || !telling_)) return;
    if (error) abandon();
    done_ = nullptr;
    levels_.clear();
    kept_.clear();
    waiting->loaded(std::move(error));
}

void prefetch_run::abandon() noexcept {
    done_ = nullptr;
    for (const auto& level : std::exchange(levels_, {})) level->abandon();
    kept_.clear();
}

}  // namespace orm::inline v0::query_detail
