#include "joins.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

join_graph::join_graph(const table& root) {
    sources_.push_back({.alias = std::string(root.name), .of = &root, .used = true});
}

destination join_graph::walk(std::size_t start, std::span<const column* const> hops, const column& target,
                             transform part) {
    std::size_t at = start;
    const column* last = &target;
    for (const column* via : hops) at = hop(at, *via);
    if (last->target) {  // a foreign key stands for the key it holds: one hop more, trimmed at once
        at = hop(at, *last);
        last = &sources_[at].of->key();
    }
    const std::size_t deepest = at;
    while (at != 0 && last->name == sources_[at].of->key().name) {
        last = sources_[at].via;
        at = sources_[at].parent;
    }
    use(at);
    return {{at, last, part}, deepest};
}

std::size_t join_graph::hop(std::size_t parent, const column& via) {
    for (std::size_t i = 1; i < sources_.size(); ++i)
        if (sources_[i].parent == parent && sources_[i].via->name == via.name) return i;
    const bool outer = via.nullable || sources_[parent].type == join_type::outer;
    sources_.push_back({.alias = name_for(*via.target),
                        .of = via.target,
                        .via = &via,
                        .parent = parent,
                        .type = outer ? join_type::outer : join_type::inner,
                        .nullable = via.nullable,
                        .used = false});
    return sources_.size() - 1;
}

void join_graph::promote(std::vector<std::size_t> sources) {
    for (std::size_t next = 0; next < sources.size(); ++next) {
        row_source& join = sources_[sources[next]];
        if (join.type != join_type::inner) continue;
        if (!join.nullable && sources_[join.parent].type != join_type::outer) continue;
        join.type = join_type::outer;
        for (std::size_t i = 1; i < sources_.size(); ++i)
            if (sources_[i].parent == sources[next]) sources.push_back(i);
    }
}

void join_graph::demote(std::span<const std::size_t> sources) {
    for (std::size_t source : sources)
        for (; sources_[source].type == join_type::outer; source = sources_[source].parent)
            sources_[source].type = join_type::inner;
}

std::vector<std::size_t> join_graph::inner_joins() const {
    std::vector<std::size_t> inner;
    for (std::size_t i = 1; i < sources_.size(); ++i)
        if (sources_[i].type == join_type::inner) inner.push_back(i);
    return inner;
}

bool join_graph::joined() const noexcept {
    return std::any_of(sources_.begin() + 1, sources_.end(), [](const row_source& s) { return s.used; });
}

// A table's first use goes by its own name, later ones are T3, T4: the number counts all uses so far.
std::string join_graph::name_for(const table& of) const {
    std::string name(of.name);
    for (std::size_t number = sources_.size() + 1; taken(name); ++number) name = "T" + std::to_string(number);
    return name;
}

bool join_graph::taken(std::string_view alias) const noexcept {
    return std::any_of(sources_.begin(), sources_.end(),
                       [alias](const row_source& s) { return s.alias == alias; });
}

void join_graph::use(std::size_t source) noexcept {
    for (; !sources_[source].used; source = sources_[source].parent) sources_[source].used = true;
}

}  // namespace orm::inline v0::sql
