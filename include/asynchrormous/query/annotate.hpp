// The terms of annotate(), alias() and values("name"_k = …): a name that is free, an expression of the scope.
#pragma once

#include <asynchrormous/query/correlated.hpp>
#include <asynchrormous/query/order.hpp>
#include <asynchrormous/query/q.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/query/scope.hpp>

#include <array>
#include <string_view>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Model, reflect::fixed_string Name>
struct annotation_hides_field {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Name>
struct annotation_name_is_taken {
    static constexpr bool value = false;
};
template <reflect::fixed_string Name, class Value>
struct annotation_cannot_be_read {
    static constexpr bool value = false;
};
template <reflect::fixed_string... Names>
struct column_is_named_twice {
    static constexpr bool value = false;
};

namespace query_detail {

template <class M, reflect::fixed_string Name>
constexpr bool is_field_name() {
    const sql::table& table = model_detail::unchecked_table<M>;
    for (const sql::column& column : table.columns)
        if (column.field == Name.view() || column.name == Name.view()) return true;
    for (const sql::relation& relation : table.relations)
        if (relation.field == Name.view()) return true;
    return Name.view() == "pk";
}

template <class List>
struct names_of_entries;
template <reflect::fixed_string... Names, class... T>
struct names_of_entries<entry_list<annotation<Names, T>...>> {
    static constexpr bool has([[maybe_unused]] std::string_view name) {
        return ((Names.view() == name) || ...);
    }
};
template <class Entries>
struct names_of_columns;
template <class... Entries>
struct names_of_columns<entry_list<Entries...>> : names_of_entries<visible_t<Entries...>> {};

template <class Scope, reflect::fixed_string Name, class Row>
constexpr bool check_annotation_name() {
    using M = model_of<Scope>;
    constexpr bool hides = is_field_name<M, Name>();
    static_assert(!hides || annotation_hides_field<M, Name>::value,
                  "asynchrormous: an annotation cannot have the name of a field of the model");
    constexpr bool taken = is_annotation<Scope, Name> || relation_at<Scope, Name>.prefix == Name.view() ||
                           names_of_columns<entries_of<Row>>::has(Name.view());
    static_assert(!taken || annotation_name_is_taken<M, Name>::value,
                  "asynchrormous: the QuerySet has an annotation or a column of this name already");
    return !hides && !taken;
}

// One term. Shown: it becomes part of the rows.
template <class Row, class Scope, reflect::fixed_string Name, class V, bool Shown>
struct annotation_term {
    using E = operand_t<const V&>;

    static constexpr bool check() {
        if constexpr (!check_annotation_name<Scope, Name, Row>() || !result_of<Scope, E>::valid) {
            return false;
        } else if constexpr (Shown) {
            using found = typename result_of<Scope, E>::type;
            constexpr bool readable = requires { postgres::codec<bare_t<found>>::type; };
            static_assert(
                readable || annotation_cannot_be_read<Name, found>::value,
                "asynchrormous: a value of this type stays in the database: use alias(), or Cast<T>(…)");
            return readable;
        } else {
            return true;
        }
    }
    static constexpr bool valid = check();
    using type = typename result_of<Scope, E, valid>::type;
    using entry = std::conditional_t<Shown, annotation<Name, type>, hidden<Name, type>>;

    static sql::query add(const sql::query& to, const V& value) {
        if constexpr (valid)
            return to.annotate(Name.view(), as_expression(value).template bind<Scope>(), Shown);
        else
            return to;
    }
};

// A name in values<…>(): a field, by a path, or an annotation.
template <class Scope, reflect::fixed_string Name, class Target = target_in<Scope, Name>>
struct selection {
    template <bool Valid, class T>
    struct entry_of {
        using type = selected_field<Name, wrong_value>;
    };
    template <class T>
    struct entry_of<true, T> {
        using type = std::conditional_t<is_annotation<Scope, Name>, annotation<Name, typename T::type>,
                                        selected_field<Name, typename T::type>>;
    };
    using entry = typename entry_of<Target::valid, Target>::type;

    static sql::selected_column column_of() {
        if constexpr (Target::valid)
            return {is_annotation<Scope, Name> ? Name.view() : std::string_view(), Target::reference()};
        else
            return {};
    }
};

template <reflect::fixed_string... Names>
constexpr bool check_column_names() {
    constexpr std::array<std::string_view, sizeof...(Names)> names{Names.view()...};
    constexpr bool unique = [&names] {
        for (std::size_t i = 0; i < names.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (names[i] == names[j]) return false;
        return true;
    }();
    static_assert(sizeof...(Names) > 0, "values<…>() and values_list<…>() need the names of their columns");
    static_assert(unique || column_is_named_twice<Names...>::value,
                  "asynchrormous: values<…>() and values_list<…>() take each column once");
    return sizeof...(Names) > 0 && unique;
}

// The annotations that values<Names…>() leaves out stay known.
template <class Annotation, reflect::fixed_string... Names>
struct left_out {
    using type = entry_list<>;
};
template <reflect::fixed_string Name, class T, reflect::fixed_string... Names>
struct left_out<annotation<Name, T>, Names...> {
    static constexpr bool named = ((Name.view() == Names.view()) || ...);
    using type = std::conditional_t<named, entry_list<>, entry_list<hidden<Name, T>>>;
};

// So do relations.
template <reflect::fixed_string Prefix, reflect::fixed_string Path, reflect::fixed_string Through,
          reflect::fixed_string... Names>
struct left_out<relation_name<Prefix, Path, Through>, Names...> {
    using type = entry_list<relation_name<Prefix, Path, Through>>;
};

template <template <class...> class Rows, class List>
struct rows_with;
template <template <class...> class Rows, class... Entries>
struct rows_with<Rows, entry_list<Entries...>> {
    using type = Rows<Entries...>;
};

template <template <class...> class Rows, class Scope, class Known, reflect::fixed_string... Names>
struct selected_rows;
template <template <class...> class Rows, class Scope, class... Known, reflect::fixed_string... Names>
struct selected_rows<Rows, Scope, entry_list<Known...>, Names...> {
    using entries = typename joined_entries<entry_list<typename selection<Scope, Names>::entry...>,
                                            typename left_out<Known, Names...>::type...>::type;
    using type = typename rows_with<Rows, entries>::type;
};

template <class Scope>
struct names_of_scope {
    using type = entry_list<>;
};
template <class M, class... Annotations>
struct names_of_scope<names_in<M, Annotations...>> {
    using type = entry_list<Annotations...>;
};

// The rows of values<Names…>(), which need of an outer query what Row needs.
template <template <class...> class Rows, class Row, class Scope, reflect::fixed_string... Names>
using selected_rows_t = typename row_needs<Row>::template same_for<
    typename selected_rows<Rows, Scope, typename names_of_scope<Scope>::type, Names...>::type>;

}  // namespace query_detail
}  // namespace orm::inline v0
