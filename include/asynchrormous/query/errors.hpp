// What get(), earliest() and latest() throw, as types of the model: catch does_not_exist<Book>.
#pragma once

#include <asynchrormous/reflect/type_name.hpp>
#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/sql/render.hpp>

#include <string>

namespace orm::inline v0 {

// No row matched. The base of all does_not_exist<Model>.
class ORM_EXPORT object_does_not_exist : public error {
public:
    using error::error;
    ~object_does_not_exist() override;
};

// get() found more than one row. The base of all multiple_objects_returned<Model>.
class ORM_EXPORT multiple_objects : public error {
public:
    using error::error;
    ~multiple_objects() override;
};

// A row that had to be there was not: save() with update_fields or force_update. The base of all
// not_updated<Model>.
class ORM_EXPORT object_not_updated : public error {
public:
    using error::error;
    ~object_not_updated() override;
};

// A row with a version was written or deleted by another one since it was read; nothing was written. The base
// of all stale_row<Model>.
class ORM_EXPORT concurrent_update : public object_not_updated {
public:
    using object_not_updated::object_not_updated;
    ~concurrent_update() override;
};

// A result's column does not fit the C++ type it is read into.
class ORM_EXPORT column_mismatch : public error {
public:
    using error::error;
    ~column_mismatch() override;
};

template <class M>
class ORM_EXPORT does_not_exist : public object_does_not_exist {
public:
    using object_does_not_exist::object_does_not_exist;
};

template <class M>
class ORM_EXPORT multiple_objects_returned : public multiple_objects {
public:
    using multiple_objects::multiple_objects;
};

template <class M>
class ORM_EXPORT not_updated : public object_not_updated {
public:
    using object_not_updated::object_not_updated;
};

template <class M>
class ORM_EXPORT stale_row : public concurrent_update {
public:
    using concurrent_update::concurrent_update;
};

namespace query_detail {

// get() asks for this many rows at most, as Django does.
inline constexpr std::uint64_t get_limit = 21;

ORM_EXPORT std::string does_not_exist_text(std::string_view model, const sql::statement& query);
ORM_EXPORT std::string multiple_objects_text(std::string_view model, std::size_t found,
                                             const sql::statement& query);
ORM_EXPORT std::string not_updated_text(std::string_view model);
ORM_EXPORT std::string stale_text(std::string_view model, const sql::parameter& key, std::string_view method);

}  // namespace query_detail

}  // namespace orm::inline v0
