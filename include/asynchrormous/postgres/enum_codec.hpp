// C++ enums by the names of their enumerators, in text columns or, with a database_type, as PostgreSQL's
// enums. A name the enum does not have is a decode_error; a value without a name is a value_error.
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/reflect/enumerators.hpp>
#include <asynchrormous/reflect/type_name.hpp>
#include <asynchrormous/sql/named_type.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace orm::inline v0::postgres {

namespace detail {

// The index of the field's text among the names. Throws: decode_error when it is not there.
ORM_EXPORT std::size_t find_enumerator(field_view field, std::span<const std::string_view> names,
                                       std::string_view enum_name);
ORM_EXPORT void require_text(std::uint32_t oid, sql::type wanted);
[[noreturn]] ORM_EXPORT void throw_no_enumerator(std::string_view enum_name, long long value);

template <class E>
inline constexpr char enum_identity = 0;

template <class E>
inline constexpr sql::named_type enum_of_database{
    database_type<E>::spelling.name, database_type<E>::spelling.array,
    std::span(reflect::enumerators<E>.names, reflect::enumerators<E>.size)};

template <class E>
constexpr sql::type type_of_enum() {
    if constexpr (requires { sizeof(database_type<E>); })
        return {sql::type_kind::named_text, false, &enum_of_database<E>};
    else
        return {sql::type_kind::enumeration, false, &enum_identity<E>};
}

}  // namespace detail

template <reflect::enumeration E>
    requires(!std::is_same_v<E, std::byte>)
struct codec<E> {
    static constexpr sql::type type = detail::type_of_enum<E>();

    static void encode(E value, std::string& out) {
        for (std::size_t i = 0; i < reflect::enumerators<E>.size; ++i) {
            if (reflect::enumerators<E>.items[i].value != value) continue;
            out += reflect::enumerators<E>.names[i];
            return;
        }
        detail::throw_no_enumerator(reflect::type_name<E>(), static_cast<long long>(value));
    }
    static E decode(field_view field) {
        const std::span names(reflect::enumerators<E>.names, reflect::enumerators<E>.size);
        return reflect::enumerators<E>.items[detail::find_enumerator(field, names, reflect::type_name<E>())].value;
    }
    static E convert(field_view field, std::uint32_t oid) {
        detail::require_text(oid, type);
        return decode(field);
    }
};

}  // namespace orm::inline v0::postgres
