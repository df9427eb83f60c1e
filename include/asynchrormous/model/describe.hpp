// From the members of a struct to the columns of its table, but for the links to other tables: those are
// formed where the table itself is (table_of.hpp), because models refer to each other in circles.
#pragma once

#include <asynchrormous/model/columns.hpp>
#include <asynchrormous/model/entries.hpp>
#include <asynchrormous/model/meta.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/reflect/enumerators.hpp>
#include <asynchrormous/reflect/type_name.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace orm::inline v0::model_detail {

template <class T>
concept has_codec = requires { postgres::codec<T>::type; };

template <class T>
struct element_of {
    using type = T;
};
template <class T>
    requires requires { typename T::value_type; }
struct element_of<T> {
    using type = typename T::value_type;
};

template <class T>
struct value_type_of {
    using type = T;
};
template <class T>
struct value_type_of<std::optional<T>> : value_type_of<T> {};
template <any_foreign_key T>
struct value_type_of<T> {
    using type = typename T::key_type;
};

// What is stored: the type inside an optional, the key of a foreign key.
template <class T>
using value_type = typename value_type_of<T>::type;

template <class T>
constexpr std::span<const std::string_view> choices_of() {
    using element = typename element_of<T>::type;
    if constexpr (std::is_same_v<T, element> && reflect::enumeration<T>)
        return std::span(reflect::enumerators<T>.names, reflect::enumerators<T>.size);
    else
        return {};
}

template <class T>
concept can_be_stored =
    has_codec<T> && !std::is_array_v<T> && (!std::is_enum_v<T> || reflect::enumeration<T>);

// The part of a column that its C++ type decides; the same for every model.
template <class T>
constexpr sql::column describe() {
    using value = value_type<T>;
    sql::column result{};
    result.nullable = is_optional<T>;
    result.unique = is_one_to_one<without_optional<T>>;
    if constexpr (can_be_stored<value>) {
        result.type = postgres::codec<value>::type;
        result.choices = choices_of<value>();
    }
    return result;
}

// Where a column comes from: the member's name and the struct that has it, a group perhaps.
struct member_source {
    std::string_view name{};
    const void* owner = nullptr;
};

template <std::size_t N>
struct member_sources {
    member_source at[N == 0 ? 1 : N]{};
};

template <class M>
constexpr void add_sources(member_source*& out);

template <class M, class T>
constexpr void add_source(member_source*& out, std::string_view name) {
    if constexpr (is_embedded<T>)
        add_sources<typename T::group>(out);
    else
        *out++ = {name, &type_identity<M>};
}

template <class M, class... Ts>
constexpr void add_sources(member_source*& out, reflect::type_list<Ts...>) {
    const std::string_view* name = reflect::member_names<M>.at;
    if constexpr ((is_embedded<Ts> || ...)) {
        (add_source<M, Ts>(out, *name++), ...);
    } else {
        for (std::size_t i = 0; i < sizeof...(Ts); ++i) *out++ = {*name++, &type_identity<M>};
    }
}

template <class M>
constexpr void add_sources(member_source*& out) {
    add_sources<M>(out, reflect::member_types<M>{});
}

template <class M>
constexpr auto find_sources() {
    using all = parts<M>;
    member_sources<all::columns + all::relations> in_order{};
    member_source* out = in_order.at;
    add_sources<M>(out);
    if constexpr (all::relations == 0) {
        return in_order;
    } else {
        auto result = in_order;
        for (std::size_t i = 0; i < all::columns + all::relations; ++i)
            result.at[i] = in_order.at[all::places.at[i]];
        return result;
    }
}

// Of the columns; those of the relations follow.
template <class M>
inline constexpr auto sources = find_sources<M>();

template <class M>
constexpr std::span<const member_source> relation_sources() {
    return {sources<M>.at + parts<M>::columns, parts<M>::relations};
}

// The names of a model, packed: compilers' spellings, from which they are cut, need not reach the program.
template <std::size_t N>
struct packed_text {
    char text[N + 1]{};
    std::size_t size = 0;
    std::size_t model_size = 0;
    std::size_t table_size = 0;
    std::size_t columns_size = 0;

    constexpr std::string_view model() const { return {text, model_size}; }
    constexpr std::string_view table() const { return {text + model_size, table_size}; }
    constexpr std::string_view columns() const { return {text + model_size + table_size, columns_size}; }
    constexpr std::string_view relations() const {
        return std::string_view(text, size).substr(model_size + table_size + columns_size);
    }

    constexpr void add(std::string_view part) {
        for (const char c : part) text[size++] = c;
    }
};

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_word(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// "BookTag" is "book_tag", "HTTPServer" is "http_server".
template <class Out>
constexpr void add_snake_case(Out& out, std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool after_word = i > 0 && is_word(name[i - 1]) && name[i - 1] != '_';
        const bool ends_capitals = i > 0 && is_upper(name[i - 1]) && i + 1 < name.size() &&
                                   is_word(name[i + 1]) && !is_upper(name[i + 1]) && name[i + 1] != '_';
        if (is_upper(name[i]) && after_word && (!is_upper(name[i - 1]) || ends_capitals)) out.add("_");
        const char lower = is_upper(name[i]) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
        if (is_word(name[i])) out.add({&lower, 1});
    }
}

// "Book", "book", then "author_id" for each column: a field's name is the beginning of its column's. Then
// the names of relations.
template <class M, class... Ts>
constexpr std::size_t text_size(reflect::type_list<Ts...>) {
    std::size_t size = reflect::type_name<M>().size() * 3;
    for (const member_source& source : sources<M>.at) size += source.name.size();
    return size + ((is_foreign_key<without_optional<Ts>> ? 3 : 0) + ... + 0);
}

template <class M, class Text, class... Ts>
constexpr Text pack_text(reflect::type_list<Ts...>) {
    Text result{};
    result.add(reflect::type_name<M>());
    result.model_size = result.size;
    add_snake_case(result, reflect::type_name<M>());
    result.table_size = result.size - result.model_size;
    const member_source* source = sources<M>.at;
    const auto add = [&](std::string_view name, bool key) {
        result.add(name);
        if (key) result.add("_id");
    };
    (add((source++)->name, is_foreign_key<without_optional<Ts>>), ...);
    result.columns_size = result.size - result.model_size - result.table_size;
    for (const member_source& relation : relation_sources<M>()) result.add(relation.name);
    return result;
}

template <class M>
inline constexpr auto text_of = pack_text<M, packed_text<text_size<M>(column_types<M>{})>>(column_types<M>{});

constexpr void apply(sql::column& column, const meta_entry& entry) {
    switch (entry.kind) {
        case option::primary_key:
            column.primary_key = true;
            break;
        case option::column_name:
            column.name = entry.text;
            break;
        case option::db_default:
            column.db_default = entry.text;
            break;
        case option::generated:
            column.generated = entry.text;
            break;
        case option::unique:
            column.unique = true;
            break;
        case option::db_index:
            column.db_index = true;
            break;
        case option::on_delete:
            column.on_delete = static_cast<sql::delete_rule>(entry.number);
            break;
        case option::blank:
            column.blank = true;
            break;
        case option::version:
            column.version = true;
            break;
        case option::auto_now:
            column.auto_now = true;
            break;
        case option::auto_now_add:
            column.auto_now_add = true;
            break;
        case option::max_length:
            column.max_length = entry.number;
            if (column.type.kind == sql::type_kind::text) column.type.kind = sql::type_kind::varchar;
            break;
        case option::numeric_size:
            column.scale = static_cast<std::int16_t>(entry.number & 0xffff);  // may be negative
            column.precision = static_cast<std::int16_t>((entry.number - column.scale) / 0x10000);
            break;
        default:
            break;
    }
}

constexpr bool is_integer(sql::type type) {
    using enum sql::type_kind;
    return !type.array && (type.kind == int2 || type.kind == int4 || type.kind == int8);
}

// Django's rule: the member `id` is the identity key, unless another one is chosen.
constexpr void choose_key(std::span<sql::column> columns) {
    for (const sql::column& column : columns)
        if (column.primary_key) return;
    for (sql::column& column : columns)
        if (column.field == "id" && is_integer(column.type)) column.primary_key = column.identity = true;
}

struct column_names {
    std::string_view text;  // the packed names of the columns
    const member_source* sources;
};

// Links are the referenced tables in order of the columns, `none` where there is no reference.
constexpr void finish_columns(std::span<sql::column> columns, column_names names,
                              const sql::table* const* links, const sql::table* none,
                              std::span<const meta_entry> entries) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        sql::column& column = columns[i];
        column.index = static_cast<std::uint16_t>(i);
        column.target = links[i] == none ? nullptr : links[i];
        const std::size_t length = names.sources[i].name.size();
        column.field = names.text.substr(0, length);
        column.name = names.text.substr(0, column.target ? length + 3 : length);
        names.text.remove_prefix(column.name.size());
        for (const meta_entry& entry : entries)
            if (entry.field == column.field && entry.kind >= option::primary_key) apply(column, entry);
    }
    choose_key(columns);
}

}  // namespace orm::inline v0::model_detail
