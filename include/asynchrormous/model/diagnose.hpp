// The compile errors about models. Each is one static_assert whose type arguments spell the problem, since
// they are what both compilers print; the text says what to do.
#pragma once

#include <asynchrormous/model/check.hpp>
#include <asynchrormous/model/check_relations.hpp>
#include <asynchrormous/reflect/fixed_string.hpp>
#include <asynchrormous/reflect/type_list.hpp>

#include <string_view>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Model, reflect::fixed_string Member, class Type>
struct unsupported_member_type {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Member, class... About>
struct invalid_member {
    static constexpr bool value = false;
};
template <class Model, class Relation, class... About>
struct invalid_relation {
    static constexpr bool value = false;
};
template <reflect::fixed_string Name>
struct about {};  // the model of a side, or a key
template <class Model, reflect::fixed_string Name, class... About>
struct invalid_meta {
    static constexpr bool value = false;
};
template <class Model>
struct invalid_model {
    static constexpr bool value = false;
};
template <reflect::fixed_string Name>
struct did_you_mean {};

namespace model_detail {

// clang-format off
template <class M, model_error Kind, reflect::fixed_string Name, class Type>
constexpr void diagnose_member() {
    using enum model_error;
    using wrong = invalid_member<M, Name, Type>;
    if constexpr (Kind == unsupported_type && is_relation<without_optional<Type>>)
        static_assert(unsupported_member_type<M, Name, Type>::value,
            "asynchrormous: a relation without a column is never a std::optional: remove it");
    else if constexpr (Kind == unsupported_type)
        static_assert(unsupported_member_type<M, Name, Type>::value,
            "asynchrormous: a member of this model has a type that no column can hold; use std::string for char arrays, "
            "give an unscoped enum a type, or specialise orm::postgres::codec<T> for the type");
    else if constexpr (Kind == name_too_long)
        static_assert(wrong::value, "asynchrormous: PostgreSQL names have at most 63 characters; "
            "shorten it with column_name(\"...\") or table(\"...\") in meta");
    else if constexpr (Kind == duplicate_column)
        static_assert(wrong::value, "asynchrormous: two members of this model are the same column; rename one, "
            "or give it another name with column_name(\"...\") in meta");
    else if constexpr (Kind == foreign_key_type)
        static_assert(wrong::value, "asynchrormous: this foreign key's type differs from the primary key of the model it refers to; "
            "write it as second argument: foreign_key<Model, Key>");
    else if constexpr (Kind == max_length_without_text)
        static_assert(wrong::value, "asynchrormous: max_length is for std::string members");
    else if constexpr (Kind == numeric_size_without_decimal)
        static_assert(wrong::value, "asynchrormous: numeric_size is for orm::decimal members");
    else if constexpr (Kind == on_delete_without_foreign_key)
        static_assert(wrong::value, "asynchrormous: on_delete is for foreign_key members");
    else if constexpr (Kind == set_null_without_optional)
        static_assert(wrong::value, "asynchrormous: on_delete::set_null needs a member that can be NULL: "
            "std::optional<foreign_key<...>>");
    else if constexpr (Kind == set_default_without_default)
        static_assert(wrong::value, "asynchrormous: on_delete::set_default needs a default: add db_default(\"...\")");
    else if constexpr (Kind == version_type)
        static_assert(wrong::value, "asynchrormous: a version counts the writes of its row: it is an integer that cannot be NULL, "
            "and no key");
    else if constexpr (Kind == auto_now_type)
        static_assert(wrong::value, "asynchrormous: auto_now and auto_now_add are for dates and timestamps");
    else if constexpr (Kind == several_primary_keys)
        static_assert(wrong::value, "asynchrormous: this model has more than one primary key; keep one and name the others "
            "in unique_together");
    else if constexpr (Kind == nullable_primary_key)
        static_assert(wrong::value, "asynchrormous: a primary key cannot be NULL; remove its std::optional");
    else if constexpr (Kind == meta_names_other_struct)
        static_assert(wrong::value, "asynchrormous: meta has a column<&Other::member> of another struct");
}

template <class M, model_error Kind, reflect::fixed_string Name, reflect::fixed_string Nearest>
constexpr void diagnose_meta() {
    using enum model_error;
    using wrong = invalid_meta<M, Name, did_you_mean<Nearest>>;
    if constexpr (Kind == no_columns)
        static_assert(invalid_model<M>::value, "asynchrormous: this model has no members");
    else if constexpr (Kind == no_primary_key)
        static_assert(invalid_model<M>::value, "asynchrormous: this model has no primary key; add a member `std::int64_t id = 0;` or "
            "mark a member in meta: column<&Model::code>(primary_key)");
    else if constexpr (Kind == no_such_field_in_ordering)
        static_assert(wrong::value, "asynchrormous: ordering in meta names a field that this model does not have");
    else if constexpr (Kind == no_such_field_in_group)
        static_assert(wrong::value, "asynchrormous: unique_together or index in meta names a field that this model does not have");
    else if constexpr (Kind == meta_names_no_member)
        static_assert(wrong::value, "asynchrormous: meta names a member that is no column of this model");
}

template <class M, relation_error Kind, class Relation, reflect::fixed_string About, reflect::fixed_string Nearest>
constexpr void diagnose_relation() {
    using enum relation_error;
    if constexpr (Kind == no_such_field)
        static_assert(invalid_relation<M, Relation, did_you_mean<Nearest>>::value,
            "asynchrormous: this relation names a field that the other model does not have; it names the foreign_key, "
            "one_to_one or many_to_many whose reverse side it is");
    else if constexpr (Kind == not_to_this_model)
        static_assert(invalid_relation<M, Relation, did_you_mean<Nearest>>::value,
            "asynchrormous: the field that this relation names is no foreign_key, one_to_one or many_to_many to this model");
    else if constexpr (Kind == several_rows)
        static_assert(invalid_relation<M, Relation>::value, "asynchrormous: related_one is the reverse side of a one_to_one; "
            "several rows may refer here by this field: use related_set");
    else if constexpr (Kind == missing_key)
        static_assert(invalid_relation<M, Relation, about<About>>::value,
            "asynchrormous: the through model of this many_to_many lacks a foreign key to one of its sides");
    else if constexpr (Kind == several_keys)
        static_assert(invalid_relation<M, Relation, about<About>>::value,
            "asynchrormous: the through model of this many_to_many has several foreign keys to one of its sides; name the two that "
            "are meant: many_to_many<Target, Through, \"from\", \"to\">");
    else if constexpr (Kind == wrong_key)
        static_assert(invalid_relation<M, Relation, about<About>>::value,
            "asynchrormous: this many_to_many names a field of its through model that is no foreign key to that side; "
            "the first refers to this model, the second to the target");
    else if constexpr (Kind == not_to_itself)
        static_assert(invalid_relation<M, Relation>::value,
            "asynchrormous: symmetrical is for a many_to_many of a model to itself");
    else if constexpr (Kind == long_table_name)
        static_assert(invalid_relation<M, Relation, about<About>>::value, "asynchrormous: the name of the table of this many_to_many is "
            "longer than the 63 characters of PostgreSQL; give it a through model with a table(\"...\") of its own");
}
// clang-format on

constexpr bool is_about_member(model_error kind) {
    using enum model_error;
    return kind != no_columns && kind != no_primary_key && kind != no_such_field_in_ordering &&
           kind != no_such_field_in_group && kind != meta_names_no_member;
}

}  // namespace model_detail
}  // namespace orm::inline v0
