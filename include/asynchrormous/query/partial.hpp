// Rows of only<…>() and defer<…>(): some of a model's columns. They are no rows of the model, since a member
// of a plain struct cannot say that it was not loaded: a partial<Book, …> has what was asked for, the primary
// key always, and reading anything else does not compile. It converts to nothing.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/query/rows.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Model, reflect::fixed_string Column, class... Loaded>
struct column_not_loaded {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Path>
struct not_an_own_column {
    static constexpr bool value = false;
};

// A row of M of which these columns were loaded: row["title"_k], row.at<&Book::title>(). Columns of other
// models go by their path, row["author__name"_k]; a foreign key is the key's value.
template <class M, class... Columns>
struct partial : Columns... {
    using model = M;

    template <reflect::fixed_string Name>
    const auto& operator[](key<Name>) const {
        constexpr bool loaded = has<Name>(static_cast<const partial*>(nullptr));
        static_assert(loaded || column_not_loaded<M, Name, Columns...>::value,
                      "asynchrormous: this column was not loaded: name it in only<…>(), leave it out of "
                      "defer<…>(), or get the whole row by its key(); the template arguments are the model, "
                      "the name, and what was loaded");
        if constexpr (loaded)
            return find<Name>(*this);
        else
            return *this;
    }
    template <step... Steps>
    const auto& at() const {
        constexpr auto name = model_detail::joined_name<Steps...>();
        return (*this)[orm::key<name>()];
    }

    // The primary key: M::objects.get("pk"_k = row.key()) is the whole row.
    const auto& key() const {
        constexpr std::string_view name = model_detail::unchecked_table<M>.key().field;
        return find<reflect::fixed_string<name.size()>(name)>(*this);
    }

    friend bool operator==(const partial& a, const partial& b) {
        return ((static_cast<const Columns&>(a).value == static_cast<const Columns&>(b).value) && ...);
    }

private:
    template <reflect::fixed_string Name, class T>
    static constexpr bool has(const annotation<Name, T>*) {
        return true;
    }
    template <reflect::fixed_string Name>
    static constexpr bool has(const void*) {
        return false;
    }
    template <reflect::fixed_string Name, class T>
    static const T& find(const annotation<Name, T>& column) {
        return column.value;
    }
};

// Row of a QuerySet of partial rows.
template <class M, class... Entries>
struct partial_of {};

namespace query_detail {

template <class M, class Visible>
struct partial_value;
template <class M, class... Columns>
struct partial_value<M, entry_list<Columns...>> {
    using type = partial<M, Columns...>;
};
template <class M, class... Entries>
struct row_kind<partial_of<M, Entries...>> {
    using entries = entry_list<Entries...>;
    using value = typename partial_value<M, visible_t<Entries...>>::type;
    template <class... Others>
    using with = partial_of<M, Others...>;
};

template <class M>
struct partial_rows {
    template <class... Entries>
    using of = partial_of<M, Entries...>;
};

template <class M, reflect::fixed_string... Names, class... T>
struct row_layout<partial<M, annotation<Names, T>...>> {
    static constexpr std::array checks{check_of<T>()...};
    static constexpr const auto& places = in_order<checks.size()>;
    static void fill(partial<M, annotation<Names, T>...>& row, row_cursor& from) {
        (from.next(static_cast<annotation<Names, T>&>(row).value), ...);
    }
};

// The name of a column as a template argument.
template <class M, std::size_t Column>
constexpr auto name_of_column() {
    constexpr std::string_view name = model_detail::unchecked_table<M>.columns[Column].field;
    return reflect::fixed_string<name.size()>(name);
}

template <class M, reflect::fixed_string... Names>
constexpr bool names_key() {
    return ((Names.view() == model_detail::unchecked_table<M>.key().field) || ...);
}

template <class M, reflect::fixed_string Name>
constexpr bool check_own_column() {
    if constexpr (!field_of<M, Name>::valid) {
        return false;
    } else {
        constexpr bool own = field_of<M, Name>::path.hops.empty();
        static_assert(own || not_an_own_column<M, Name>::value,
                      "asynchrormous: defer<…>() leaves out columns of the model itself: what comes from "
                      "other models is named in only<…>() in the first place");
        return own;
    }
}

// The columns that defer() leaves, the key among them.
template <class M, reflect::fixed_string... Names>
struct columns_left {
    struct places {
        std::size_t size = 0;
        std::size_t at[column_count<M>]{};
    };
    static constexpr places kept = [] {
        places result;
        for (const sql::column& each : model_detail::unchecked_table<M>.columns)
            if (each.primary_key || !((field_of<M, Names>::path.target == &each) || ...))
                result.at[result.size++] = each.index;
        return result;
    }();
    using indices = std::make_index_sequence<kept.size>;
};

// Whether defer<Names…>() leaves a column that was asked for before: the key, what comes from other models,
// and what it does not name.
template <class M, reflect::fixed_string Loaded, reflect::fixed_string... Names>
constexpr bool stays_loaded() {
    if constexpr (!field_of<M, Loaded>::valid) {
        return true;
    } else {
        constexpr const sql::path& of = field_of<M, Loaded>::path;
        return !of.hops.empty() || of.target->primary_key ||
               !((field_of<M, Names>::path.target == of.target) || ...);
    }
}

// Of rows that are partial already: what is left of them.
template <class Value, reflect::fixed_string... Names>
struct entries_left;
template <class M, reflect::fixed_string... Loaded, class... T, reflect::fixed_string... Names>
struct entries_left<partial<M, annotation<Loaded, T>...>, Names...> {
    using type =
        typename joined_entries<std::conditional_t<stays_loaded<M, Loaded, Names...>(),
                                                   entry_list<annotation<Loaded, T>>, entry_list<>>...>::type;
};

template <class Row>
inline constexpr bool is_partial = false;
template <class M, class... Entries>
inline constexpr bool is_partial<partial_of<M, Entries...>> = true;

}  // namespace query_detail
}  // namespace orm::inline v0
