// Rows as JSON text, as cases.py normalises those of Django: dates in ISO, bytes in hex, keys for foreign
// keys, models and named rows as arrays of their columns.
#pragma once

#include <asynchrormous/orm.hpp>
#include <asynchrormous/reflect/enumerators.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace oracle {

void write(std::string& out, bool value);
void write(std::string& out, std::int64_t value);
void write(std::string& out, double value);
void write(std::string& out, float value);
void write(std::string& out, std::string_view value);
void write(std::string& out, const orm::date& value);
void write(std::string& out, const orm::timestamp& value);
void write(std::string& out, const orm::timestamptz& value);
void write(std::string& out, const orm::uuid& value);
void write(std::string& out, const orm::bytes& value);
void write(std::string& out, const nlohmann::json& value);

inline void write(std::string& out, const std::string& value) { write(out, std::string_view(value)); }
inline void write(std::string& out, const char* value) { write(out, std::string_view(value)); }
inline void write(std::string& out, std::nullopt_t) { out += "null"; }
inline void write(std::string& out, int value) { write(out, std::int64_t{value}); }
inline void write(std::string& out, std::int16_t value) { write(out, std::int64_t{value}); }

template <orm::reflect::enumeration E>
void write(std::string& out, E value) {
    for (const auto& each : orm::reflect::enumerators<E>.items)
        if (each.value == value) return write(out, each.name);
}
template <class M, class Key>
void write(std::string& out, const orm::foreign_key<M, Key>& value) {
    write(out, value.key());
}

template <class T>
void write(std::string& out, const std::optional<T>& value);
template <class T>
void write(std::string& out, const std::vector<T>& values);
template <class... T>
void write(std::string& out, const std::tuple<T...>& row);
template <class A, class B>
void write(std::string& out, const std::pair<A, B>& row);
template <class... Columns>
void write(std::string& out, const orm::named_row<Columns...>& row);
template <orm::model M>
void write(std::string& out, const M& row);
template <class M, class... Annotations>
void write(std::string& out, const orm::row<M, Annotations...>& row);

template <class... T>
void write_array(std::string& out, const T&... columns) {
    const char* between = "[";
    ((out += between, write(out, columns), between = ","), ...);
    out += sizeof...(T) ? "]" : "[]";
}

template <class T>
void write(std::string& out, const std::optional<T>& value) {
    if (value)
        write(out, *value);
    else
        out += "null";
}
template <class T>
void write(std::string& out, const std::vector<T>& values) {
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i) out += ',';
        write(out, static_cast<const T&>(values[i]));
    }
    out += ']';
}
template <class... T>
void write(std::string& out, const std::tuple<T...>& row) {
    std::apply([&out](const T&... columns) { write_array(out, columns...); }, row);
}
template <class A, class B>
void write(std::string& out, const std::pair<A, B>& row) {
    write_array(out, row.first, row.second);
}
template <class... Columns>
void write(std::string& out, const orm::named_row<Columns...>& row) {
    write_array(out, static_cast<const Columns&>(row).value...);
}
template <orm::model M>
void write(std::string& out, const M& row) {
    orm::with_columns(row, [&out](const auto&... columns) { write_array(out, columns...); });
}
template <class M, class... Annotations>
void write(std::string& out, const orm::row<M, Annotations...>& row) {
    orm::with_columns(static_cast<const M&>(row), [&](const auto&... columns) {
        write_array(out, columns..., static_cast<const Annotations&>(row).value...);
    });
}

}  // namespace oracle
