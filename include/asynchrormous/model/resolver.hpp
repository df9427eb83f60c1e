// Names of a model's fields and lookups at compile time: lookup_of for filter(), value_of for order_by() and
// values(), member_path for F<…>, field_of for what has to be a column. A wrong name is one static_assert,
// after which `valid` is false and the rest is empty: whoever uses them stops there, so that the one good
// error does not drown.
#pragma once

#include <asynchrormous/model/settled.hpp>
#include <asynchrormous/model/step.hpp>
#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/model/transformed.hpp>
#include <asynchrormous/reflect/fixed_string.hpp>
#include <asynchrormous/sql/expression.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Model, reflect::fixed_string Path, reflect::fixed_string Segment, class... About>
struct no_such_field {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Path, reflect::fixed_string Segment, class... About>
struct no_such_lookup {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Path, reflect::fixed_string Segment, class Column>
struct lookup_not_for_type {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Path, reflect::fixed_string Segment>
struct not_a_relation {
    static constexpr bool value = false;
};
template <class Model, auto... Steps>
struct member_of_other_struct {
    static constexpr bool value = false;
};

// The model in which the segment of a longer path was looked up, and the names it has.
template <reflect::fixed_string Model, reflect::fixed_string... Names>
struct fields_of {};

namespace model_detail {

// The type of a name that does not exist.
struct wrong_name {};

template <class M, std::size_t I>
using related_model = typename relation_of<M, reflect::type_at<I, relation_types<M>>, I>::target;

// The model that the path leads to.
template <class M, const resolution& Path, std::size_t Step = 0>
constexpr auto reach() {
    if constexpr (Step == Path.step_count)
        return reflect::detail::type_box<M>{};
    else if constexpr (Path.steps[Step].relation)
        return reach<related_model<M, Path.steps[Step].index>, Path, Step + 1>();
    else
        return reach<target_model<column_type<M, Path.steps[Step].index>>, Path, Step + 1>();
}

// The C++ type of the path's last column; rows of a relation are those that a foreign key would refer to.
template <class M, const resolution& Path>
constexpr auto target_type() {
    if constexpr (Path.error != path_error::none) {
        return reflect::detail::type_box<wrong_name>{};
    } else {
        using reached = typename decltype(reach<M, Path>())::type;
        using column = column_type<reached, Path.target->index>;
        if constexpr (Path.to_rows)
            return reflect::detail::type_box<foreign_key<reached, value_type<column>>>{};
        else
            return reflect::detail::type_box<column>{};
    }
}

constexpr std::string_view segment_of(std::string_view path, const resolution& found) {
    return path.substr(found.begin, found.size);
}

// Field I of a table, relations after columns.
constexpr std::string_view name_of_field(const sql::table& table, std::size_t i) {
    return i < table.columns.size() ? table.columns[i].field
                                    : table.relations[i - table.columns.size()].field;
}

template <const resolution& Found, std::size_t... I>
constexpr auto all_fields(std::index_sequence<I...>) {
    constexpr reflect::fixed_string<Found.at->model.size()> at{Found.at->model};
    return fields_of<at, reflect::fixed_string<name_of_field(*Found.at, I).size()>{
                             name_of_field(*Found.at, I)}...>{};
}

template <const resolution& Found>
using fields_of_model = decltype(all_fields<Found>(
    std::make_index_sequence<Found.at->columns.size() + Found.at->relations.size()>()));

template <class M, reflect::fixed_string K, const resolution& Found>
constexpr void diagnose_path() {
    constexpr reflect::fixed_string<Found.size> segment{segment_of(K.view(), Found)};
    constexpr reflect::fixed_string<Found.nearest.size()> nearest{Found.nearest};
    constexpr reflect::fixed_string<Found.at->model.size()> at{Found.at->model};
    // clang-format off
    if constexpr (Found.error == path_error::no_such_field)
        static_assert(no_such_field<M, K, segment, did_you_mean<nearest>, fields_of_model<Found>>::value,
            "asynchrormous: no such field; the template arguments are model, path, offending segment, nearest valid name, and all fields of the model "
            "in which it was looked up");
    else if constexpr (Found.error == path_error::no_such_lookup)
        static_assert(no_such_lookup<M, K, segment, did_you_mean<nearest>>::value,
            "asynchrormous: no such lookup; the template arguments are model, path, offending segment and nearest valid name");
    else if constexpr (Found.error == path_error::lookup_not_for_type)
        static_assert(lookup_not_for_type<M, K, segment, fields_of<at>>::value,
            "asynchrormous: this lookup does not exist for columns of this type: foreign keys take exact, in, gt, gte, lt, lte, isnull; "
            "arrays take these, range, contains, contained_by, overlap, len and positions; date parts are for dates and timestamps, "
            "lower, length, search and their like for text, abs, round and their like for numbers, has_key for json");
    else if constexpr (Found.error == path_error::too_many_transforms)
        static_assert(no_such_lookup<M, K, segment>::value, "asynchrormous: this path has more than 8 transforms");
    else if constexpr (Found.error == path_error::invalid_relation)
        static_cast<void>(valid_model<typename decltype(reach<M, Found>())::type>);  // says what is wrong
    else if constexpr (Found.error == path_error::not_a_relation)
        static_assert(not_a_relation<M, K, segment>::value,
            "asynchrormous: the field before this segment is no relation, and lookups have no meaning here");
    else
        static_assert(no_such_field<M, K, segment>::value, "asynchrormous: this path follows more than 16 relations");
    // clang-format on
}

template <class M, reflect::fixed_string K, const resolution& Found>
constexpr bool check_path() {
    if constexpr (!valid_model<M>) {
        return false;
    } else if constexpr (Found.error != path_error::none) {
        diagnose_path<M, K, Found>();
        return false;
    } else {
        return true;
    }
}

template <class T, bool Nullable>
struct nullable_type {
    using type = T;
};
template <class T>
struct nullable_type<T, true> {
    using type = std::optional<without_optional<T>>;
};

}  // namespace model_detail

// "author__name__icontains", "published__year__gte", "details__owner__name"
template <class M, reflect::fixed_string K>
struct lookup_of {
    static constexpr const model_detail::resolution& found =
        model_detail::settled<M, K, model_detail::names::lookups>;
    static constexpr bool valid = model_detail::check_path<M, K, found>();
    static constexpr sql::path path = model_detail::path_of(model_detail::table_holder<M>::value, found);
    static constexpr const model_detail::lookup_chain& chain = found.chain;
    static constexpr sql::lookup_kind lookup = chain.lookup->kind;
    static constexpr operand right = chain.lookup->right;
    static constexpr bool nullable = found.nullable;
    using type = typename decltype(model_detail::target_type<M, found>())::type;
    // What is compared: the column's value, or what the transforms make of it.
    using compared =
        typename decltype(model_detail::type_after<model_detail::value_type<type>, found>())::type;

    // The column: one node, shared by all queries.
    static const sql::expression_ptr& field() {
        static const sql::expression_ptr node = sql::field(path);
        return node;
    }
};

// "author__name": a column; optional where any relation on the way, or the field itself, can be NULL.
template <class M, reflect::fixed_string K>
struct field_of {
    static constexpr const model_detail::resolution& found =
        model_detail::resolved<M, K, model_detail::names::fields>;
    static constexpr bool valid = model_detail::check_path<M, K, found>();
    static constexpr sql::path path = model_detail::path_of(model_detail::table_holder<M>::value, found);
    static constexpr bool nullable = found.nullable;
    using type =
        typename model_detail::nullable_type<typename decltype(model_detail::target_type<M, found>())::type,
                                             found.nullable>::type;
    static sql::expression_ptr reference() { return sql::field(path); }
};

namespace model_detail {

template <class M, const resolution& Found>
constexpr auto value_type_at() {
    using column = typename decltype(target_type<M, Found>())::type;
    if constexpr (Found.error != path_error::none || Found.chain.size == 0)
        return std::type_identity<column>();
    else
        return type_after<value_type<column>, Found>();
}

}  // namespace model_detail

// "author__name", "title__lower", "published__year": a column, or what transforms make of it. Its value is
// reference(); `path` leads to the column.
template <class M, reflect::fixed_string K>
struct value_of {
    static constexpr const model_detail::resolution& found =
        model_detail::settled<M, K, model_detail::names::transforms>;
    static constexpr bool valid = model_detail::check_path<M, K, found>();
    static constexpr sql::path path = model_detail::path_of(model_detail::table_holder<M>::value, found);
    static constexpr const model_detail::lookup_chain& chain = found.chain;
    static constexpr bool nullable = found.nullable;
    using type =
        typename model_detail::nullable_type<typename decltype(model_detail::value_type_at<M, found>())::type,
                                             found.nullable>::type;
    using compared =
        typename decltype(model_detail::type_after<model_detail::value_type<type>, found>())::type;
    // The column: one node, shared by all queries.
    static const sql::expression_ptr& field() {
        static const sql::expression_ptr node = sql::field(path);
        return node;
    }
    static const sql::expression_ptr& reference() {
        static const sql::expression_ptr node = model_detail::transformed(field(), chain.transforms());
        return node;
    }
};

namespace model_detail {

template <class M, class Owner>
constexpr bool has_members_of() {
    for (const member_source& source : sources<M>.at)
        if (source.owner == &type_identity<Owner>) return true;
    return false;
}

// Whether each member pointer belongs to the model that the steps before it lead to.
template <class M, auto First, auto... Rest>
constexpr bool owners_fit() {
    constexpr auto pointer = step(First).value;
    if constexpr (std::is_member_object_pointer_v<std::remove_const_t<decltype(pointer)>>)
        if (!has_members_of<M, typename member_class<std::remove_const_t<decltype(pointer)>>::type>())
            return false;
    if constexpr ((std::is_member_object_pointer_v<decltype(step(Rest).value)> || ...))
        return owners_fit<target_model<typename field_of<M, joined_name<First>()>::type>, Rest...>();
    return true;
}

template <class M, auto... Steps>
constexpr bool check_steps() {
    if constexpr (!value_of<M, joined_name<Steps...>()>::valid) {
        return false;
    } else if constexpr ((std::is_member_object_pointer_v<decltype(step(Steps).value)> || ...)) {
        constexpr bool fit = owners_fit<M, Steps...>();
        static_assert(
            fit || member_of_other_struct<M, Steps...>::value,
            "asynchrormous: a member pointer of this path belongs to another struct than the path leads to");
        return fit;
    } else {
        return true;
    }
}

}  // namespace model_detail

// F<&Book::author, &Author::name>: Steps are names, member pointers, or `step`s of either.
template <class M, auto... Steps>
struct member_path : value_of<M, model_detail::joined_name<Steps...>()> {
    static constexpr auto name = model_detail::joined_name<Steps...>();
    static constexpr bool valid = model_detail::check_steps<M, Steps...>();
};

}  // namespace orm::inline v0

#include <asynchrormous/model/check_value.hpp>
