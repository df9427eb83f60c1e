// save() of one row: which statement writes it, and the options that say so.
//     save(book)                                INSERT, or UPDATE of all columns where the key is there
//     save(book, update_fields<"title">)        UPDATE of these columns only; not_updated when there is no
//     row save(book, force_insert)                  INSERT; unique_violation when the key is there save(book,
//     force_update)                  UPDATE of all columns; not_updated when there is no row
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/returning.hpp>
#include <asynchrormous/query/write.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

struct force_insert_option {};
struct force_update_option {};
template <step... Names>
struct update_fields_option {
    static constexpr std::size_t size = sizeof...(Names);
};

// Validate the row first, after the hooks of before_save; or not, where the model says so by
// validate_on_save.
struct validated_option {};
struct unvalidated_option {};
inline constexpr validated_option validated{};
inline constexpr unvalidated_option unvalidated{};

inline constexpr force_insert_option force_insert{};
inline constexpr force_update_option force_update{};
// Names of columns, or member pointers. Of none: nothing is written.
template <step... Names>
inline constexpr update_fields_option<Names...> update_fields{};

// What the errors about options spell. All are false.
template <class Model, reflect::fixed_string Name>
struct field_that_is_not_written {
    static constexpr bool value = false;
};
template <class Option>
struct no_option_of_save {
    static constexpr bool value = false;
};
template <class Option>
struct no_option_of_create {
    static constexpr bool value = false;
};
template <class... Options>
struct options_that_exclude_each_other {
    static constexpr bool value = false;
};

namespace query_detail {

enum class save_mode : std::uint8_t { either, insert, update, some };

// A column of M itself that a statement may set: no key, nothing that the database generates.
template <class M, reflect::fixed_string Name, class Target = field_of<M, Name>>
struct written_field {
    static constexpr bool check() {
        if constexpr (!Target::valid) {
            return false;
        } else {
            constexpr sql::path path = Target::path;
            constexpr bool writable =
                path.hops.empty() && !path.target->primary_key && path.target->generated.empty();
            static_assert(writable || field_that_is_not_written<M, Name>::value,
                          "asynchrormous: only columns of the model itself can be named here, and neither "
                          "its primary key nor what the database generates");
            return writable;
        }
    }
    static constexpr bool valid = check();
};

// Without those that were refused.
template <class M, step... Names>
struct written_fields {
    static constexpr bool valid = (written_field<M, model_detail::joined_name<Names>()>::valid && ...);
    static constexpr auto columns = [] {
        if constexpr (valid)
            return std::array<const sql::column*, sizeof...(Names)>{
                field_of<M, model_detail::joined_name<Names>()>::path.target...};
        else
            return std::array<const sql::column*, 0>{};
    }();
};

template <class M, class Option>
struct save_option {
    static constexpr bool known = false;
};
template <class M>
struct save_option<M, force_insert_option> {
    static constexpr bool known = true;
    static constexpr save_mode mode = save_mode::insert;
    static constexpr std::array<const sql::column*, 0> columns{};
};
template <class M>
struct save_option<M, force_update_option> {
    static constexpr bool known = true;
    static constexpr save_mode mode = save_mode::update;
    static constexpr std::array<const sql::column*, 0> columns{};
};
template <class Option>
inline constexpr bool is_validation_option =
    std::is_same_v<Option, validated_option> || std::is_same_v<Option, unvalidated_option>;
template <class M, class Option>
    requires is_validation_option<Option>
struct save_option<M, Option> {
    static constexpr bool known = true;
    static constexpr save_mode mode = save_mode::either;
    static constexpr std::array<const sql::column*, 0> columns{};
};

// What the last option about it says, else meta.
template <class M, class... Options>
constexpr bool wants_validation() {
    bool wanted = false;
    for (const model_detail::meta_entry& each : model_detail::entries_of<M>())
        wanted = wanted || each.kind == model_detail::option::validate_on_save;
    ((wanted = is_validation_option<Options> ? std::is_same_v<Options, validated_option> : wanted), ...);
    return wanted;
}

template <class M, step... Names>
struct save_option<M, update_fields_option<Names...>> : written_fields<M, Names...> {
    static constexpr bool known = true;
    static constexpr save_mode mode = save_mode::some;
};

// What is saved how. After a compile error about the options: as without any.
struct save_plan {
    save_mode mode = save_mode::either;
    std::span<const sql::column* const> columns{};  // of `some`
    bool contradictory = false;
    bool tell_created = false;  // where the statement may insert or update: whether it did is one column more
};

template <class M, class Option>
constexpr bool check_save_option() {
    constexpr bool known = save_option<M, Option>::known;
    static_assert(known || no_option_of_save<Option>::value,
                  "asynchrormous: save() takes update_fields<\"…\">, force_insert, force_update, validated "
                  "and unvalidated");
    return known;
}

// update_fields and force_update say the same of a row that has to be there.
template <class M, class... Options>
constexpr save_plan plan_of_save() {
    if constexpr ((check_save_option<M, Options>() && ...)) {
        save_plan plan;
        bool contradictory = false;
        const auto add = [&](save_mode mode, std::span<const sql::column* const> columns) {
            if (mode == save_mode::either) return;
            const bool new_row = mode == save_mode::insert || plan.mode == save_mode::insert;
            contradictory = contradictory || (plan.mode != save_mode::either && new_row);
            if (plan.mode == save_mode::some) return;
            plan = {mode, columns};
        };
        (add(save_option<M, Options>::mode, save_option<M, Options>::columns), ...);
        return contradictory ? save_plan{.contradictory = true} : plan;
    } else {
        return {};
    }
}

template <class M, class... Options>
constexpr bool check_save() {
    constexpr bool contradictory = plan_of_save<M, Options...>().contradictory;
    constexpr bool known = (save_option<M, Options>::known && ...);
    static_assert(!known || !contradictory || options_that_exclude_each_other<Options...>::value,
                  "asynchrormous: force_insert excludes update_fields and force_update");
    return known && !contradictory;
}

// Throws: query_error when a row that has to be there has no key.
ORM_EXPORT sql::statement save_statement(const sql::table& into, row_image& image, const save_plan& plan);

// The key of a row that has to be there. Throws: query_error for one that was never saved.
ORM_EXPORT void refuse_unsaved(const sql::table& of, const sql::parameter& key, std::string_view method);

// The row as it is in the database.
ORM_EXPORT sql::query row_by_key(const sql::path& key, sql::parameter value);

// What refresh<"title", …>() reads: columns of the model itself.
template <class M, step... Names>
struct refreshed_fields {
    static std::vector<sql::selected_column> selection() {
        return {returned_column<M, model_detail::joined_name<Names>()>::column()...};
    }
    static std::vector<const sql::column*> columns() {
        if constexpr ((returned_column<M, model_detail::joined_name<Names>()>::valid && ...))
            return {field_of<M, model_detail::joined_name<Names>()>::path.target...};
        else
            return {};
    }
};
template <model M>
sql::query row_query(const M& row, std::string_view method) {
    static constexpr sql::path key{
        &model_detail::table_holder<M>::value, {}, &model_detail::table_holder<M>::value.key()};
    sql::parameter value = key_parameter(row);
    refuse_unsaved(table_of<M>(), value, method);
    return row_by_key(key, std::move(value));
}

}  // namespace query_detail

}  // namespace orm::inline v0
