#include "dynamic_value.hpp"

#include <asynchrormous/query/dynamic.hpp>

#include <nlohmann/json.hpp>

#include <optional>

namespace orm::inline v0::query_detail {

namespace {

using model_detail::lookup_chain;
using model_detail::transform_step;

struct found_filter {
    const allowed_filter& allowed;
    lookup_chain chain;
};

std::string shortened(std::string_view name) { return std::string(name.substr(0, 100)); }

template <class Allowed>
[[noreturn]] void refuse_name(const Allowed& allowed, std::string_view name, const char* reason) {
    model_detail::nearest_name nearest(name);
    for (const auto& each : allowed) nearest.consider(each.name);
    throw field_error(shortened(name), reason, std::string(nearest.best()));
}

// Which transforms and lookups anybody may ask for: they cannot fail, whatever the rows and values are.
bool on_request(const lookup_chain& chain) {
    for (const transform_step& step : chain.transforms())
        if (!step.by->on_request) return false;
    return chain.lookup->on_request;
}

// Whether the nearest name to a wrong one is one that may be asked for.
bool is_offered(const lookup_chain& wrong) {
    if (const auto* lookup = model_detail::find_lookup(wrong.nearest, wrong.type)) return lookup->on_request;
    const auto* transform = model_detail::find_transform(wrong.nearest, wrong.type);
    return transform && transform->on_request;
}

// What follows the field of a "pages__*".
std::optional<std::string_view> behind(const allowed_filter& allowed, std::string_view name) {
    if (allowed.chain || !name.starts_with(allowed.name)) return std::nullopt;
    name.remove_prefix(allowed.name.size());
    if (name.empty()) return name;
    return name.starts_with("__") ? std::optional(name.substr(2)) : std::nullopt;
}

lookup_chain chain_behind(const allowed_filter& allowed, std::string_view name, std::string_view rest) {
    lookup_chain chain = resolve_chain(allowed.path->target->type, rest, model_detail::names::lookups);
    const bool key = allowed.path->target->target != nullptr;
    const bool suits = !key || (chain.size == 0 ? chain.lookup->of_keys : !allowed.by_relation);
    if (chain.error == model_detail::path_error::none && suits && on_request(chain)) return chain;
    const bool unknown = chain.error == model_detail::path_error::no_such_lookup;
    std::string nearest;
    if (unknown && is_offered(chain))
        (nearest = name.substr(0, name.size() - rest.size() + chain.begin)) += chain.nearest;
    throw field_error(shortened(name), unknown ? "there is no such filter" : "this field has no such filter",
                      nearest);
}

found_filter find(std::span<const allowed_filter> allowed, std::string_view name) {
    if (!is_text(name)) throw field_error("?", "the name of a filter has to be text in UTF-8 without NUL");
    for (const allowed_filter& each : allowed)
        if (each.chain && each.name == name) return {each, *each.chain};
    const allowed_filter* longest = nullptr;
    for (const allowed_filter& each : allowed)
        if (behind(each, name) && (!longest || each.name.size() > longest->name.size())) longest = &each;
    if (!longest) refuse_name(allowed, name, "there is no such filter");
    return {*longest, chain_behind(*longest, name, *behind(*longest, name))};
}

dynamic_target target_of(const found_filter& found, std::string_view name) {
    return {shortened(name), found.chain, found.allowed.path->target->choices};
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

sql::ordering one_order(std::span<const allowed_order> allowed, std::string_view name) {
    const bool descending = name.starts_with('-');
    if (descending) name.remove_prefix(1);
    for (const allowed_order& each : allowed) {
        if (each.name != name) continue;
        sql::ordering made = each.make();
        made.descending = descending;
        return made;
    }
    if (!is_text(name)) throw field_error("?", "the name of an order has to be text in UTF-8 without NUL");
    refuse_name(allowed, name, "rows cannot be ordered by this");
}

}  // namespace

sql::expression_ptr dynamic_condition(std::span<const allowed_filter> allowed, std::string_view name,
                                      const nlohmann::json& value) {
    const found_filter found = find(allowed, name);
    return lookup_expression(sql::field(*found.allowed.path), found.chain,
                             dynamic_value(target_of(found, name), value));
}

sql::expression_ptr dynamic_condition(std::span<const allowed_filter> allowed, std::string_view name,
                                      std::string_view text) {
    const found_filter found = find(allowed, name);
    const dynamic_target to = target_of(found, name);
    return lookup_expression(sql::field(*found.allowed.path), found.chain,
                             dynamic_value(to, json_of_text(to, text)));
}

sql::expression_ptr dynamic_conditions(std::span<const allowed_filter> allowed,
                                       const nlohmann::json& object) {
    if (!object.is_object()) throw field_error("filter", "has to be an object of names and values");
    std::vector<sql::expression_ptr> all;
    for (const auto& [name, value] : object.items()) all.push_back(dynamic_condition(allowed, name, value));
    return sql::all_of(std::move(all));
}

std::vector<sql::ordering> dynamic_ordering(std::span<const allowed_order> allowed, std::string_view names) {
    std::vector<sql::ordering> terms;
    while (!trimmed(names).empty()) {
        const std::size_t comma = names.find(',');
        terms.push_back(one_order(allowed, trimmed(names.substr(0, comma))));
        names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    }
    return terms;
}

}  // namespace orm::inline v0::query_detail
