// From a result to rows: columns are checked against the C++ types once for each result, then one loop
// reads every field straight into its member. Rows of a model, of values<…>() or of values_list<…>().
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/reflect/type_name.hpp>
#include <asynchrormous/sql/render.hpp>

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace orm::inline v0::query_detail {

// What one column of a result must be for a member of a row.
struct column_check {
    bool (*accepts)(std::uint32_t oid);
    std::string_view cpp_type;
};

// `places[i]` is the column of the result that the i-th check is about.
// Throws: column_mismatch naming column, PostgreSQL type and C++ type, before any value is decoded.
ORM_EXPORT void check_columns(const postgres::result_view& result, std::span<const column_check> wanted,
                              std::span<const int> places, const sql::statement& from);

// Throws: column_mismatch for a NULL in a column whose C++ type has no place for it.
[[noreturn]] ORM_EXPORT void throw_unexpected_null(const postgres::result_view& result, int column,
                                                   std::string_view cpp_type);

template <class T>
struct column_reader {
    using value_type = T;
    static void read(T& out, postgres::field_view field, std::uint32_t oid) {
        out = postgres::read<T>(field, oid);
    }
};
template <model_detail::any_foreign_key T>
struct column_reader<T> {
    using value_type = typename T::key_type;
    static void read(T& out, postgres::field_view field, std::uint32_t oid) {
        out = T(postgres::read<value_type>(field, oid));
    }
};
template <class T>
struct column_reader<std::optional<T>> {
    using value_type = typename column_reader<T>::value_type;
    static void read(std::optional<T>& out, postgres::field_view field, std::uint32_t oid) {
        if (field.null()) return out.reset();
        column_reader<T>::read(out.emplace(), field, oid);
    }
};
template <class T>
inline constexpr bool takes_null = false;
template <class T>
inline constexpr bool takes_null<std::optional<T>> = true;

template <class T>
constexpr column_check check_of() {
    return {&postgres::accepts<typename column_reader<T>::value_type>, reflect::type_name<T>()};
}

// Goes through a result row by row and column by column. `places` are the columns of the result that are
// read, in the order of the members.
class row_cursor {
public:
    row_cursor(const postgres::result_view& result, std::span<const int> places,
               std::span<std::uint32_t> oids)
        : result_(result), places_(places), oids_(oids), fields_(static_cast<std::size_t>(result.columns())) {
        for (std::size_t c = 0; c < places.size(); ++c) oids_[c] = result.type_oid(places[c]);
    }

    void go_to(int row) {
        result_.row(row, fields_.data());
        column_ = 0;
    }

    // Reads the next column into its member.
    template <class T>
    void next(T& out) {
        const postgres::field_view field = fields_[static_cast<std::size_t>(places_[column_])];
        if (!takes_null<T> && field.null())
            throw_unexpected_null(result_, places_[column_], reflect::type_name<T>());
        column_reader<T>::read(out, field, oids_[column_]);
        ++column_;
    }

    // The next column as it was sent; empty for NULL.
    void next_bytes(std::string& out) {
        out = fields_[static_cast<std::size_t>(places_[column_])].bytes();
        ++column_;
    }

    // Of the column that is being read.
    std::string_view column_name() const { return result_.column_name(places_[column_]); }

private:
    const postgres::result_view& result_;
    std::span<const int> places_;
    std::span<std::uint32_t> oids_;
    std::vector<postgres::field_view> fields_;
    std::size_t column_ = 0;
};

template <std::size_t N>
inline constexpr auto in_order = [] {
    std::array<int, N> places{};
    for (std::size_t c = 0; c < N; ++c) places[c] = static_cast<int>(c);
    return places;
}();

// Tells the related members of a row whose they are, where their types do not say it
// (query/member_slots.hpp).
template <class M>
void note_owners(const M& row);
// Tells the keys and related members of rows where these came from.
template <class M, class Row>
void note_origins(const std::vector<Row>& rows, const intrusive_ptr<ref_counted>& origin);

// Both, of one row that was written.
template <class M>
void note_row(const M& row, const intrusive_ptr<ref_counted>& origin);

// The model whose members a row has; void: it has none.
template <class Row>
struct model_in_row {
    using type = void;
};
template <model M>
struct model_in_row<M> {
    using type = M;
};
template <class M, class... Annotations>
struct model_in_row<row<M, Annotations...>> {
    using type = M;
};

// How a kind of row is laid out: its columns' checks, where they are in the result, and how one row is
// filled.
template <class Row>
struct row_layout {  // one column, flat
    static constexpr std::array checks{check_of<Row>()};
    static constexpr const auto& places = in_order<1>;
    static void fill(Row& row, row_cursor& from) { from.next(row); }
};

template <class M, class... More, std::size_t... I>
constexpr auto model_checks(std::index_sequence<I...>) {
    if constexpr (!valid_model<M>)  // which has said what is wrong with it
        return std::array<column_check, 0>();
    else
        return std::array{check_of<column_type<M, I>>()..., check_of<More>()...};
}

template <class M>
struct layout_of_table {
    static constexpr auto checks = model_checks<M>(std::make_index_sequence<column_count<M>>());
    static constexpr const auto& places = in_order<checks.size()>;
    static void fill(M& row, row_cursor& from) {
        if constexpr (valid_model<M>)
            with_columns(row, [&from](auto&... members) { (from.next(members), ...); });
        note_owners(row);
    }
};
template <model M>
struct row_layout<M> : layout_of_table<M> {};

template <class... T>
struct row_layout<std::tuple<T...>> {
    static constexpr std::array checks{check_of<T>()...};
    static constexpr const auto& places = in_order<checks.size()>;
    static void fill(std::tuple<T...>& row, row_cursor& from) {
        std::apply([&from](auto&... members) { (from.next(members), ...); }, row);
    }
};

template <reflect::fixed_string... Names, class... T>
struct row_layout<named_row<annotation<Names, T>...>> {
    static constexpr std::array checks{check_of<T>()...};
    static constexpr const auto& places = in_order<checks.size()>;
    static void fill(named_row<annotation<Names, T>...>& row, row_cursor& from) {
        (from.next(static_cast<annotation<Names, T>&>(row).value), ...);
    }
};

template <class M, reflect::fixed_string... Names, class... T>
struct row_layout<row<M, annotation<Names, T>...>> {
    static constexpr auto checks = model_checks<M, T...>(std::make_index_sequence<column_count<M>>());
    static constexpr const auto& places = in_order<checks.size()>;
    static void fill(row<M, annotation<Names, T>...>& row, row_cursor& from) {
        row_layout<M>::fill(row, from);
        (from.next(static_cast<annotation<Names, T>&>(row).value), ...);
    }
};

// Of Row in queryset<M, Row>.
template <class Row>
struct layout_of : row_layout<row_value_t<Row>> {};

template <class Layout, class Row>
void append_row(std::vector<Row>& rows, row_cursor& from) {
    if constexpr (std::is_same_v<Row, bool>) {  // vector<bool> has no bool to read into
        bool row = false;
        Layout::fill(row, from);
        rows.push_back(row);
    } else {
        Layout::fill(rows.emplace_back(), from);
    }
}

// Throws: column_mismatch, decode_error naming the column.
template <class Row, class Layout = row_layout<Row>>
std::vector<Row> read_rows(const postgres::result_view& result, const sql::statement& from,
                           std::span<const int> places) {
    constexpr auto& checks = Layout::checks;
    check_columns(result, checks, places, from);
    std::array<std::uint32_t, checks.size()> oids;
    row_cursor cursor(result, places, oids);
    std::vector<Row> rows;
    rows.reserve(static_cast<std::size_t>(result.rows()));
    try {
        for (int r = 0; r < result.rows(); ++r) {
            cursor.go_to(r);
            append_row<Layout>(rows, cursor);
        }
    } catch (const decode_error& e) {
        throw e.in_column(cursor.column_name());
    }
    if constexpr (!std::is_void_v<typename model_in_row<Row>::type>)
        if (from.note) note_origins<typename model_in_row<Row>::type>(rows, from.note);
    return rows;
}

// Rows that things can be loaded for: query_operation looks for loaded_model.
template <class Row>
struct loads_for {};
template <model M>
struct loads_for<M> {
    using loaded_model = M;
};
template <class M, class... Entries>
struct loads_for<annotated<M, Entries...>> {
    using loaded_model = M;
};

template <class Row>
struct decode_rows : loads_for<Row> {
    using value = row_value_t<Row>;

    std::vector<value> operator()(const postgres::result_view& result, const sql::statement& from) const {
        return read_rows<value, layout_of<Row>>(result, from, layout_of<Row>::places);
    }
};

}  // namespace orm::inline v0::query_detail
