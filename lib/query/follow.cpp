#include <asynchrormous/query/evaluation.hpp>
#include <asynchrormous/query/follow.hpp>

#include <string>

namespace orm::inline v0::query_detail {

void require_followable(const member_origin* origin, std::string_view model) {
    if (mode_of(origin) == fetch::raise)
        throw relation_not_loaded(
            "this relation to " + std::string(model) +
            " is not loaded, and fetching is set to raise: name it in select_related<…>() "
            "or prefetch_related<…>() of the QuerySet, or .load() it first");
    if (event_loop::current().may_block()) return;
    throw relation_not_loaded(
        "this relation to " + std::string(model) +
        " is not loaded, and inside the event loop reading it may not block: name it in "
        "select_related<…>() or prefetch_related<…>() of the QuerySet, or co_await its "
        ".load() first");
}

}  // namespace orm::inline v0::query_detail
