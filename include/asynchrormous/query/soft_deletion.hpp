// Models that embed soft_deletion: delete_() marks rows, hard_delete() removes them, restore() takes the mark
// away.
//     struct Book { …; orm::embedded<orm::soft_deletion> deletion{};
//                   static constexpr orm::soft_manager<Book> objects{}; };
// Book::objects leaves marked rows out; with_deleted() and only_deleted() do not. Joins, related members and
// a plain orm::manager<Book> see all rows.
#pragma once

#include <asynchrormous/model/shared_columns.hpp>
#include <asynchrormous/query/stamps.hpp>
#include <asynchrormous/sql/query.hpp>
#include <asynchrormous/sql/render.hpp>

namespace orm::inline v0 {

// What the errors about models without it, and about what would delete for good, spell. False.
template <class Model>
struct model_without_soft_deletion {
    static constexpr bool value = false;
};
template <class Model>
struct model_with_soft_deletion {
    static constexpr bool value = false;
};

namespace query_detail {

// Null: none.
template <class M>
inline constexpr const sql::column* deletion_mark = [] {
    const sql::table& table = model_detail::table_holder<M>::value;
    for (const sql::column& each : table.columns)
        if (model_detail::sources<M>.at[each.index].owner == &model_detail::type_identity<soft_deletion>)
            return &each;
    return static_cast<const sql::column*>(nullptr);
}();
template <class M>
inline constexpr bool deletes_softly = deletion_mark<M> != nullptr;

template <class M>
constexpr bool check_soft_deletion() {
    static_assert(deletes_softly<M> || model_without_soft_deletion<M>::value,
                  "asynchrormous: this is for models that embed orm::embedded<orm::soft_deletion>");
    return deletes_softly<M>;
}

// `mark` and `version` (null: none) are columns of the queried table.
ORM_EXPORT sql::query with_mark(const sql::query& rows, const sql::path& mark, bool marked);
ORM_EXPORT sql::statement mark_statement(const sql::query& rows, const sql::path& mark,
                                         const sql::path& version, bool deleted,
                                         std::span<const sql::selected_column> returning = {});

template <class M>
inline constexpr sql::path mark_path{&model_detail::table_holder<M>::value, {}, deletion_mark<M>};
template <class M>
inline constexpr sql::path version_path{&model_detail::table_holder<M>::value, {}, version_of<M>};

template <class M>
sql::statement soft_delete(const sql::query& rows, std::span<const sql::selected_column> returning = {}) {
    return mark_statement(rows, mark_path<M>, version_path<M>, true, returning);
}

// DELETE, or the mark.
template <class M>
sql::statement delete_statement(const sql::query& rows) {
    if constexpr (deletes_softly<M>)
        return soft_delete<M>(rows);
    else
        return sql::render_delete(rows);
}

}  // namespace query_detail

}  // namespace orm::inline v0
