// Reading a foreign key or a related member whose rows are not loaded: a query in blocking code, an error
// inside the loop.
#pragma once

#include <asynchrormous/model/error.hpp>
#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/model/relations.hpp>
#include <asynchrormous/query/loading.hpp>
#include <asynchrormous/reflect/type_name.hpp>

#include <string_view>

namespace orm::inline v0::query_detail {

// Throws: relation_not_loaded, where this thread may not wait.
ORM_EXPORT void require_followable(const member_origin* origin, std::string_view model);

template <class Member>
void follow(const Member& member) {
    require_followable(origin_in(member.slot()), reflect::type_name<typename Member::model>());
    static_cast<void>(member.load().get());
}

}  // namespace orm::inline v0::query_detail
