#include <asynchrormous/query/follow.hpp>

#include <string>

namespace orm::inline v0::query_detail {

void throw_not_loaded(std::string_view model) {
    const std::string name(model);
    throw relation_not_loaded(
        "the " + name +
        " behind this foreign key is not loaded: name the relation in select_related() of the "
        "query, load it with .load(), or get it by its key(): " +
        name + "::objects.get(\"pk\"_k = reference.key())");
}

}  // namespace orm::inline v0::query_detail
