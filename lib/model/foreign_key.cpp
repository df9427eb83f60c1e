#include <asynchrormous/model/error.hpp>
#include <asynchrormous/model/foreign_key.hpp>

#include <string>

namespace orm::inline v0 {

relation_not_loaded::~relation_not_loaded() = default;

namespace model_detail {

void throw_not_loaded(std::string_view model) {
    const std::string name(model);
    throw relation_not_loaded(
        "the " + name +
        " behind this foreign key is not loaded: name the relation in select_related() of the "
        "query, load it with .load(), or get it by its key(): " +
        name + "::objects.get(\"pk\"_k = reference.key())");
}

}  // namespace model_detail

}  // namespace orm::inline v0
