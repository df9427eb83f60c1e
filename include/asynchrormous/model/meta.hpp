// What a struct cannot say about its table: `static constexpr auto meta = orm::meta(...)`.
// Parts are plain values; they are read and checked at compile time when the model is first used.
// A member is named by a pointer, so that the editor completes it; lists of fields are strings as in Django.
#pragma once

#include <asynchrormous/reflect/type_name.hpp>
#include <asynchrormous/sql/table.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace orm::inline v0 {

namespace model_detail {

// Its address tells one type from another.
template <class T>
inline constexpr char type_identity{};

enum class option : std::uint8_t {
    table,
    ordering,
    unique_together,  // number: how many group_field entries follow
    index,            // the same
    group_field,
    check,  // its name; its condition and its message follow
    check_condition,
    check_message,
    validate_on_save,
    primary_key,  // from here on: of a column
    max_length,
    numeric_size,
    column_name,
    db_default,
    generated,
    unique,
    db_index,
    on_delete,
    blank,
    version,
    auto_now,
    auto_now_add,
};

struct meta_entry {
    option kind{};
    std::string_view field{};     // the member it is about
    const void* owner = nullptr;  // type_identity of the struct that has the member; null: named by text only
    std::string_view text{};
    std::int32_t number = 0;
};

template <std::size_t N>
struct meta_part {
    meta_entry entries[N == 0 ? 1 : N]{};
    static constexpr std::size_t size = N;
};

struct column_option {
    option kind{};
    std::string_view text{};
    std::int32_t number = 0;
};

struct primary_key_option : column_option {
    constexpr meta_part<1> operator()(std::string_view field) const {
        return {{{option::primary_key, field}}};
    }
};

template <class M, class C>
constexpr const void* owner_of(M C::*) {
    return &type_identity<C>;
}

template <std::size_t N>
constexpr meta_part<N + 1> group(option kind, const std::string_view (&fields)[N]) {
    meta_part<N + 1> result{};
    result.entries[0] = {kind, {}, nullptr, {}, static_cast<std::int32_t>(N)};
    for (std::size_t i = 0; i < N; ++i) result.entries[i + 1] = {option::group_field, fields[i]};
    return result;
}

template <auto Member>
constexpr meta_entry column_entry(const column_option& from) {
    return {from.kind, reflect::member_name<Member>(), owner_of(Member), from.text, from.number};
}

template <std::size_t... N>
constexpr meta_part<(N + ... + 0)> join_parts(const meta_part<N>&... parts) {
    meta_part<(N + ... + 0)> result{};
    std::size_t next = 0;
    const auto add = [&](const meta_entry* entries, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) result.entries[next++] = entries[i];
    };
    (add(parts.entries, N), ...);
    return result;
}

template <class T>
concept text = std::convertible_to<T, std::string_view>;

}  // namespace model_detail

// The table's name; without it the model's name in snake_case.
constexpr model_detail::meta_part<1> table(std::string_view name) {
    return {{{model_detail::option::table, {}, nullptr, name}}};
}

// The order of queries that say none: "-published", "author__name".
template <model_detail::text... Fields>
constexpr model_detail::meta_part<sizeof...(Fields)> ordering(const Fields&... fields) {
    return {{{model_detail::option::ordering, fields}...}};
}

template <model_detail::text... Fields>
constexpr auto unique_together(const Fields&... fields) {
    return model_detail::group(model_detail::option::unique_together, {std::string_view(fields)...});
}

template <model_detail::text... Fields>
constexpr auto index(const Fields&... fields) {
    return model_detail::group(model_detail::option::index, {std::string_view(fields)...});
}

// A condition that every row meets, in SQL: check("book_pages_positive", "pages > 0"). The database keeps it,
// and validation asks for it; the message is what validation says instead of its name. PostgreSQL
// documentation: 5.4.1 Check Constraints.
constexpr model_detail::meta_part<3> check(std::string_view name, std::string_view condition,
                                           std::string_view message = {}) {
    using enum model_detail::option;
    return {{{model_detail::option::check, {}, nullptr, name},
             {check_condition, {}, nullptr, condition},
             {check_message, {}, nullptr, message}}};
}

// create() and save() of one row validate it first (query/validation.hpp), unless they are given
// `unvalidated`.
inline constexpr model_detail::meta_part<1> validate_on_save{{{model_detail::option::validate_on_save}}};

// Options of one column: column<&Book::title>(max_length(200), db_index).
template <auto Member, std::convertible_to<model_detail::column_option>... Options>
constexpr model_detail::meta_part<sizeof...(Options)> column(const Options&... options) {
    model_detail::meta_part<sizeof...(Options)> result{};
    std::size_t i = 0;
    ((result.entries[i++] = model_detail::column_entry<Member>(options)), ...);
    return result;
}

inline constexpr model_detail::primary_key_option primary_key{{model_detail::option::primary_key}};
inline constexpr model_detail::column_option unique{model_detail::option::unique};
inline constexpr model_detail::column_option db_index{model_detail::option::db_index};

// Validation accepts the empty text, which it refuses else.
inline constexpr model_detail::column_option blank{model_detail::option::blank};
// Optimistic locking: an integer that counts the writes of its row. save() and delete_(row) do nothing and
// throw stale_row when another one has written the row since it was read.
inline constexpr model_detail::column_option version{model_detail::option::version};
// A date or timestamp of the last save(), or of create(), by this program's clock.
inline constexpr model_detail::column_option auto_now{model_detail::option::auto_now};
inline constexpr model_detail::column_option auto_now_add{model_detail::option::auto_now_add};

// varchar(characters) instead of text.
constexpr model_detail::column_option max_length(std::int32_t characters) {
    return {model_detail::option::max_length, {}, characters};
}
// numeric(precision, scale) for a decimal: digits in all, and how many of them are behind the point; a
// negative scale rounds before it. The server rounds what has more digits there, halves away from zero, and
// refuses what has more in all.
constexpr model_detail::column_option numeric_size(std::int16_t precision, std::int16_t scale) {
    return {model_detail::option::numeric_size, {}, precision * 0x10000 + scale};
}
constexpr model_detail::column_option column_name(std::string_view name) {
    return {model_detail::option::column_name, name};
}
// SQL text of the column's DEFAULT: db_default("now()").
constexpr model_detail::column_option db_default(std::string_view sql) {
    return {model_detail::option::db_default, sql};
}
// A column that the database computes from others of the row, and keeps: generated("pages * price"). It is
// never written, and comes back from every write. PostgreSQL documentation: 5.3 Generated Columns.
constexpr model_detail::column_option generated(std::string_view sql) {
    return {model_detail::option::generated, sql};
}

// What deleting the referenced row does; cascade unless said otherwise. Done by the database.
namespace on_delete {

constexpr model_detail::column_option rule(sql::delete_rule what) {
    return {model_detail::option::on_delete, {}, static_cast<std::int32_t>(what)};
}

inline constexpr auto cascade = rule(sql::delete_rule::cascade);
inline constexpr auto set_null = rule(sql::delete_rule::set_null);
inline constexpr auto set_default = rule(sql::delete_rule::set_default);
inline constexpr auto restrict = rule(sql::delete_rule::restrict);
inline constexpr auto protect = rule(sql::delete_rule::protect);
inline constexpr auto do_nothing = rule(sql::delete_rule::do_nothing);

}  // namespace on_delete

template <std::size_t... N>
constexpr auto meta(const model_detail::meta_part<N>&... parts) {
    return model_detail::join_parts(parts...);
}

}  // namespace orm::inline v0
