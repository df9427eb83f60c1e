#include <asynchrormous/model/error.hpp>

namespace orm::inline v0 {

relation_not_loaded::~relation_not_loaded() = default;

}  // namespace orm::inline v0
