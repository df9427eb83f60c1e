// Whether an expression reads columns of related rows, which the values of update() cannot.
#pragma once

#include <asynchrormous/query/field_reference.hpp>
#include <asynchrormous/query/parts.hpp>
#include <asynchrormous/query/scope.hpp>

#include <string_view>

namespace orm::inline v0::query_detail {

// "author__id" is a column of the row itself: its key to the author.
constexpr bool is_of_another_row(const sql::path& path) {
    const bool own =
        path.hops.empty() || (path.hops.size() == 1 && !path.hops[0].many && path.hops[0].to == path.target);
    return !own;
}

template <class Scope, class T>
struct related_column;

template <class Scope, class... Parts>
constexpr std::string_view related_column_of(reflect::type_list<Parts...>) {
    std::string_view found;
    static_cast<void>((!(found = related_column<Scope, Parts>::find()).empty() || ...));
    return found;
}

// The first path over a relation, of what is valid in the scope; empty: there is none. The columns of a
// sub-query are its own.
template <class Scope, class T>
struct related_column {
    static constexpr std::string_view find() {
        return related_column_of<Scope>(typename parts_of<T>::type());
    }
};

template <class Scope, step... Steps>
struct related_column<Scope, field_reference<Steps...>> {
    using field = field_reference<Steps...>;
    static constexpr std::string_view find() {
        if constexpr (is_through<Scope, field::name>)
            return field::name.view();
        else if constexpr (annotation_at_front<Scope, field::name> > 0)
            return {};
        else
            return is_of_another_row(field::template in<model_of<Scope>>::path) ? field::name.view()
                                                                                : std::string_view();
    }
};
template <class Scope, reflect::fixed_string Name, class V>
struct related_column<Scope, keyword<Name, V>> {
    static constexpr std::string_view find() {
        if constexpr (is_through<Scope, Name>)
            return Name.view();
        else if constexpr (annotation_at_front<Scope, Name> == 0)
            if constexpr (is_of_another_row(lookup_of<model_of<Scope>, Name>::path)) return Name.view();
        return related_column<Scope, V>::find();
    }
};

}  // namespace orm::inline v0::query_detail
