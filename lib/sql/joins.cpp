#include "joins.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

// From a foreign key to the row that must be there when the key is: not the reverse side of a primary key
// that is itself a foreign key.
bool follows_key(const hop& via) noexcept {
    return via.from->target && via.from->target->name == via.into->name && via.to->primary_key;
}

}  // namespace

join_graph::join_graph(const table& root, std::size_t depth) : depth_(depth) {
    sources_.push_back({.alias = name_for(root), .of = &root, .used = true});
}

destination join_graph::walk(std::size_t start, std::span<const hop> hops, const column& target,
                             reusable* only) {
    std::size_t at = start;
    const column* last = &target;
    for (const hop& via : hops) at = follow(at, via, only);
    if (last->target) {  // a foreign key stands for the key it holds: one hop more, trimmed at once
        at = follow(at, hop_of(*last), only);
        last = &sources_[at].of->key();
    }
    const std::size_t deepest = at;
    while (at != start && follows_key(sources_[at].via) && last->name == sources_[at].via.to->name) {
        last = sources_[at].via.from;
        at = sources_[at].parent;
    }
    use(at);
    return {{at, last}, deepest};
}

std::size_t join_graph::reach(const path& where) {
    std::size_t at = 0;
    for (const hop& via : where.hops) at = follow(at, via);
    if (where.target && where.target->target) at = follow(at, hop_of(*where.target));
    use(at);
    return at;
}

bool join_graph::matches(const row_source& join, std::size_t parent, const hop& via) const noexcept {
    return !join.named && join.parent == parent && join.via.from->name == via.from->name &&
           join.via.to->name == via.to->name && join.of->name == via.into->name;
}

std::size_t join_graph::follow(std::size_t parent, const hop& via, reusable* only) {
    const bool chosen = via.many && only;
    for (std::size_t i = sources_.size() - 1; i > 0; --i) {
        if (!matches(sources_[i], parent, via)) continue;
        if (!chosen || std::find(only->begin(), only->end(), i) != only->end()) return i;
    }
    const std::size_t made = add(parent, via);
    if (chosen) only->push_back(made);
    return made;
}

std::size_t join_graph::find(std::size_t parent, const hop& via, const reusable& among) const noexcept {
    for (const std::size_t source : among)
        if (matches(sources_[source], parent, via)) return source;
    return 0;
}

std::size_t join_graph::add(std::size_t parent, const hop& via) {
    const bool outer = via.nullable || sources_[parent].type == join_type::outer;
    sources_.push_back({.alias = name_for(*via.into),
                        .of = via.into,
                        .via = via,
                        .parent = parent,
                        .type = outer ? join_type::outer : join_type::inner});
    return sources_.size() - 1;
}

std::size_t join_graph::add_named(std::size_t parent, const hop& via) {
    hop lenient = via;
    lenient.nullable = true;
    const std::size_t made = add(parent, lenient);
    sources_[made].named = true;
    return made;
}

void join_graph::promote(std::vector<std::size_t> sources) {
    for (std::size_t next = 0; next < sources.size(); ++next) {
        row_source& join = sources_[sources[next]];
        if (join.type != join_type::inner) continue;
        if (!join.via.nullable && sources_[join.parent].type != join_type::outer) continue;
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

// A table's first use goes by its own name, later ones are T3, T4: the number counts all uses so far. Inside
// subqueries a name of its own is given to each, so that none hides one of the queries around it.
std::string join_graph::name_for(const table& of) const {
    if (depth_ > 0)
        return static_cast<char>('T' + (depth_ - 1) % 6 + 1) +
               (depth_ > 6 ? std::to_string(depth_) + "_" : std::string()) + std::to_string(sources_.size());
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
