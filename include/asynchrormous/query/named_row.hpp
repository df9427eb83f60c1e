// A row whose columns are known by name: row["title"_k], or auto [title, pages] = row.
// What values<…>() and aggregate(…) give.
#pragma once

#include <asynchrormous/query/keyword.hpp>

#include <tuple>

namespace orm::inline v0 {

template <reflect::fixed_string Name, class T>
struct annotation {
    T value{};
};

// Says, as the arguments of a failed assertion, which name a row does not have.
template <reflect::fixed_string Name, class... Annotations>
struct no_such_column {
    static constexpr bool value = false;
};

template <class... Annotations>
struct named_row : Annotations... {
    template <reflect::fixed_string Name>
    const auto& operator[](key<Name>) const {
        return column_of<Name>(*this);
    }

    // The column of a row that has these ones. A wrong name is one static_assert.
    template <reflect::fixed_string Name, class Row>
    static const auto& column_of(const Row& row) {
        constexpr bool known = has<Name>(static_cast<const named_row*>(nullptr));
        static_assert(
            known || no_such_column<Name, Annotations...>::value,
            "asynchrormous: the row has no column of this name; the template arguments are the name and the "
            "columns that there are");
        if constexpr (known)
            return find<Name>(row);
        else
            return row;
    }

    // Annotations have no operator== of their own, which rows without one would take.
    friend bool operator==([[maybe_unused]] const named_row& a, [[maybe_unused]] const named_row& b) {
        return ((static_cast<const Annotations&>(a).value == static_cast<const Annotations&>(b).value) &&
                ...);
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

template <std::size_t I, class... Annotations>
const auto& get(const named_row<Annotations...>& row) {
    using column = std::tuple_element_t<I, std::tuple<Annotations...>>;
    return static_cast<const column&>(row).value;
}

}  // namespace orm::inline v0

template <class... Annotations>
struct std::tuple_size<orm::named_row<Annotations...>>
    : std::integral_constant<std::size_t, sizeof...(Annotations)> {};

template <std::size_t I, class... Annotations>
struct std::tuple_element<I, orm::named_row<Annotations...>> {
    using type = decltype(std::tuple_element_t<I, std::tuple<Annotations...>>::value);
};
