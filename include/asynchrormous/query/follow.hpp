// Reading a foreign key or a related member whose rows are not loaded.
#pragma once

#include <asynchrormous/model/error.hpp>
#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/model/relations.hpp>
#include <asynchrormous/reflect/type_name.hpp>

#include <string_view>

namespace orm::inline v0::query_detail {

// Throws: relation_not_loaded, naming the model and the ways out.
[[noreturn]] ORM_EXPORT void throw_not_loaded(std::string_view model);

template <class Member>
void follow(const Member&) {
    throw_not_loaded(reflect::type_name<typename Member::model>());
}

}  // namespace orm::inline v0::query_detail
