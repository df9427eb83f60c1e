#include <asynchrormous/query/eager_loading.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::query_detail {

namespace {

void collect_joins(const std::vector<load_node>& nodes, const std::vector<sql::hop>& before,
                   std::vector<std::vector<sql::hop>>& out) {
    for (const load_node& node : nodes) {
        std::vector<sql::hop> hops = before;
        hops.insert(hops.end(), node.step->hops.begin(), node.step->hops.end());
        out.push_back(hops);
        collect_joins(node.below, hops, out);
    }
}

load_node& node_in(std::vector<load_node>& nodes, const relation_step& step) {
    const auto known = std::find_if(nodes.begin(), nodes.end(),
                                    [&step](const load_node& each) { return each.step == &step; });
    if (known != nodes.end()) return *known;
    nodes.push_back({.step = &step});
    return nodes.back();
}

void add_path(std::vector<load_node>& tree, const wanted_path& path) {
    std::vector<load_node>* nodes = &tree;
    load_node* last = nullptr;
    for (const relation_step* step : path.steps) {
        last = &node_in(*nodes, *step);
        nodes = &last->below;
    }
    if (!last || !path.rows) return;
    if (last->rows)
        throw query_error(
            std::string(last->step->owner->model) + "." + std::string(last->step->name) +
            ": this relation has another Prefetch with a QuerySet already; prefetch_related<>() "
            "forgets the earlier ones");
    last->rows = *path.rows;
}

const related_loading* known(const intrusive_ptr<const sql::loading>& of) {
    return static_cast<const related_loading*>(of.get());
}

}  // namespace

related_loading::related_loading(std::vector<load_node> joins, std::vector<load_node> fetches)
    : in_query(std::move(joins)), afterwards(std::move(fetches)) {
    collect_joins(in_query, {}, joined_);
}
related_loading::~related_loading() = default;

sql::query select_related(const sql::query& rows, std::span<const wanted_path> paths) {
    const auto before = rows.loads();
    std::vector<load_node> tree;
    if (before && !paths.empty()) tree = known(before)->in_query;
    for (const wanted_path& path : paths) add_path(tree, path);
    return rows.load(make_intrusive<const related_loading>(
                         std::move(tree), before ? known(before)->afterwards : std::vector<load_node>()),
                     "select_related");
}

std::vector<load_node> tree_of(std::vector<load_node> tree, std::span<const wanted_path> paths) {
    for (const wanted_path& path : paths) add_path(tree, path);
    return tree;
}

sql::query prefetch_related(const sql::query& rows, std::span<const wanted_path> paths) {
    const auto before = rows.loads();
    std::vector<load_node> tree =
        tree_of(before && !paths.empty() ? known(before)->afterwards : std::vector<load_node>(), paths);
    return rows.load(make_intrusive<const related_loading>(
                         before ? known(before)->in_query : std::vector<load_node>(), std::move(tree)),
                     "prefetch_related");
}

}  // namespace orm::inline v0::query_detail
