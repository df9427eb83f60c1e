// Rows taken apart column by column for statements over many of them: each column's values go straight into
// the buffer of one array parameter, and what the database made comes back into the rows.
//     INSERT INTO "book" ("title", "pages") SELECT "c1", "c2" FROM UNNEST($1, $2) WITH ORDINALITY …
#pragma once

#include <asynchrormous/postgres/wire.hpp>
#include <asynchrormous/query/write.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

// The values of one column, each as in a binary array: its size, or -1 for NULL, then its bytes.
struct ORM_EXPORT column_values {
    const sql::table* of = nullptr;
    const sql::column* column = nullptr;
    std::string bytes{};
    bool nulls = false;

    // As one array parameter. Takes the bytes.
    sql::parameter take_array(std::size_t count);
};

template <class T>
concept fixed_number = std::is_arithmetic_v<T> && (sizeof(T) == 2 || sizeof(T) == 4 || sizeof(T) == 8);

template <class T>
struct value_appender {
    static void append(column_values& to, const T& value) {
        std::string& out = to.bytes;
        if constexpr (fixed_number<T>) {
            char both[4 + sizeof(T)];
            postgres::wire::store(both, std::int32_t{sizeof(T)});
            postgres::wire::store(both + 4, value);
            out.append(both, sizeof both);
        } else {
            const std::size_t at = out.size();
            out.append(4, '\0');
            postgres::codec<T>::encode(value, out);
            postgres::wire::store(out.data() + at, static_cast<std::int32_t>(out.size() - at - 4));
        }
    }
};
template <model_detail::any_foreign_key T>
struct value_appender<T> {
    static void append(column_values& to, const T& value) {
        if constexpr (std::is_integral_v<typename T::key_type>) {
            const sql::column& column = *to.column;
            if (value.key() == 0 && column.target && column.target->key().identity)
                throw_unset_key(*to.of, column);
        }
        value_appender<typename T::key_type>::append(to, value.key());
    }
};
template <class T>
struct value_appender<std::optional<T>> {
    static void append(column_values& to, const std::optional<T>& value) {
        if (value) return value_appender<T>::append(to, *value);
        to.nulls = true;
        to.bytes.append(4, '\xff');
    }
};

// Columns that the database may fill, as bits in the order of the table's columns.
using column_mask = std::uint64_t;

constexpr column_mask bit_of(std::size_t column) { return column < 64 ? column_mask{1} << column : 0; }

// The rows of a bulk statement, without their type.
class ORM_EXPORT bulk_rows {
public:
    virtual ~bulk_rows();

    virtual std::size_t size() const = 0;
    // Which columns this row leaves to the database.
    virtual column_mask left_in(std::size_t row) const = 0;
    // `to`: for each of the table's columns where its values go, null: nowhere.
    virtual void append(std::size_t row, column_values* const* to) const = 0;
    // `places`: for each of the table's columns its place among the fields, or -1.
    virtual void take(std::size_t row, const postgres::field_view* fields, const std::uint32_t* oids,
                      const int* places) = 0;
    // A row more, read whole: after conflicts.
    virtual void add(const postgres::field_view* fields, const std::uint32_t* oids) = 0;
};

template <model M>
class bulk_rows_of : public bulk_rows {
public:
    explicit bulk_rows_of(std::vector<M> rows) : rows_(std::move(rows)) {}

    std::size_t size() const override { return rows_.size(); }

    column_mask left_in(std::size_t row) const override {
        static constexpr column_mask filled = [] {
            column_mask mask = 0;
            for (const sql::column& each : model_detail::table_holder<M>::value.columns)
                if (filled_by_database(each)) mask |= bit_of(each.index);
            return mask;
        }();
        if constexpr (filled == 0) {
            return 0;
        } else {
            column_mask mask = 0;
            with_columns(rows_[row], [&](const auto&... values) {
                with_columns(initial_, [&](const auto&... initials) {
                    std::size_t c = 0;
                    ((mask |= (filled & bit_of(c)) && is_unset(values, initials) ? bit_of(c) : 0, ++c), ...);
                });
            });
            return mask;
        }
    }

    void append(std::size_t row, column_values* const* to) const override {
        with_columns(rows_[row], [to](const auto&... values) {
            column_values* const* at = to;
            (append_one(*at++, values), ...);
        });
    }

    void take(std::size_t row, const postgres::field_view* fields, const std::uint32_t* oids,
              const int* places) override {
        with_columns(rows_[row], [&](auto&... members) {
            const int* place = places;
            (take_one(*place++, fields, oids, members), ...);
        });
    }

    void add(const postgres::field_view* fields, const std::uint32_t* oids) override {
        with_columns(made_.emplace_back(), [&](auto&... members) {
            int place = 0;
            (take_one(place++, fields, oids, members), ...);
        });
    }

    std::vector<M>& rows() { return rows_; }
    std::vector<M>& made() { return made_; }

private:
    template <class T>
    static bool is_unset(const T& value, const T& initial) {
        if constexpr (requires { value == initial; })
            return value == initial;
        else
            return false;
    }
    template <class T>
    static void append_one(column_values* to, const T& value) {
        if (to) value_appender<T>::append(*to, value);
    }
    template <class T>
    static void take_one(int place, const postgres::field_view* fields, const std::uint32_t* oids,
                         T& member) {
        if (place >= 0) column_reader<T>::read(member, fields[place], oids[place]);
    }

    std::vector<M> rows_;
    std::vector<M> made_{};
    M initial_{};
};

}  // namespace orm::inline v0::query_detail
