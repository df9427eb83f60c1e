// Arrays of one dimension as std::vector; std::vector<std::optional<T>> where elements may be NULL.
// PostgreSQL's arrays have no fixed number of dimensions: more than one is refused. Lower bounds are ignored.
//
//     int32 dimensions | int32 has NULLs | oid of the elements | int32 count | int32 lower bound
//     then each element: int32 size, or -1 for NULL | its bytes
//
// (array_send in PostgreSQL's arrayfuncs.c; zero dimensions: nothing follows the oid.)
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>

#include <optional>
#include <string>
#include <vector>

namespace orm::inline v0::postgres {

namespace detail {

// Throw decode_error wherever the bytes contradict themselves; nothing is allocated by their word alone.
class ORM_EXPORT array_reader {
public:
    array_reader(field_view field, sql::type array);

    std::size_t size() const noexcept { return count_; }
    std::uint32_t element_oid() const noexcept { return element_oid_; }
    field_view next();
    [[noreturn]] void throw_null_element() const;

private:
    std::int32_t take_size();

    const char* at_;
    const char* end_;
    sql::type type_;
    std::size_t count_ = 0;
    std::size_t taken_ = 0;
    std::uint32_t element_oid_ = 0;
};

// Appends to a string: begin, then for each element begin_element, its bytes, end_element; or null_element.
class ORM_EXPORT array_writer {
public:
    array_writer(std::string& out, sql::type array, std::size_t count);

    void begin_element();
    void end_element();
    void null_element();

private:
    std::string& out_;
    std::size_t header_;
    std::size_t element_ = 0;
};

template <class T>
struct array_element {
    using type = T;
    static constexpr bool nullable = false;
};
template <class T>
struct array_element<std::optional<T>> {
    using type = T;
    static constexpr bool nullable = true;
};

}  // namespace detail

template <class T>
    requires requires { codec<typename detail::array_element<T>::type>::type; } &&
             (sql::can_be_element(codec<typename detail::array_element<T>::type>::type))
struct codec<std::vector<T>> {
    using element = typename detail::array_element<T>::type;
    static constexpr bool nullable_elements = detail::array_element<T>::nullable;
    static constexpr sql::type type{codec<element>::type.kind, true, codec<element>::type.identity};

    static void encode(const std::vector<T>& value, std::string& out) { encode_as(type, value, out); }

    // The same for another type of the same format: text values as varchar[] or char[].
    static void encode_as(sql::type array, const std::vector<T>& value, std::string& out) {
        detail::array_writer writer(out, array, value.size());
        for (const T& item : value) write(writer, item, out);
    }

    static std::vector<T> decode(field_view field) {
        detail::array_reader reader(field, type);
        if (!accepts<element>(reader.element_oid()))
            detail::throw_unreadable(reader.element_oid(), codec<element>::type);
        std::vector<T> result;
        result.reserve(reader.size());
        for (std::size_t i = 0; i < reader.size(); ++i) result.push_back(read_element(reader));
        return result;
    }
    static std::vector<T> convert(field_view field, std::uint32_t) { return decode(field); }

private:
    static void write(detail::array_writer& writer, const T& item, std::string& out) {
        if constexpr (nullable_elements) {
            if (!item) return writer.null_element();
        }
        writer.begin_element();
        if constexpr (nullable_elements)
            codec<element>::encode(*item, out);
        else
            codec<element>::encode(item, out);
        writer.end_element();
    }
    static T read_element(detail::array_reader& reader) {
        const field_view field = reader.next();
        if (field.null()) {
            if constexpr (nullable_elements)
                return std::nullopt;
            else
                reader.throw_null_element();
        }
        return read<element>(field, reader.element_oid());
    }
};

}  // namespace orm::inline v0::postgres
