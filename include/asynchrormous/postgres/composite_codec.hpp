// Composite types as structs.
//
//     int32 fields | each: oid | int32 size, or -1 for NULL | its bytes
//
// (record_send in PostgreSQL's rowtypes.c)
#pragma once

#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/postgres/wire_parts.hpp>
#include <asynchrormous/reflect/members.hpp>
#include <asynchrormous/sql/named_type.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace orm::inline v0::postgres {

namespace detail {

// Throw decode_error wherever the bytes contradict themselves.
class ORM_EXPORT record_reader {
public:
    record_reader(field_view field, std::size_t members, sql::type type);

    // Moves to the next field.
    field_view next();
    std::uint32_t oid() const noexcept { return oid_; }
    void require_end() const;
    [[noreturn]] void throw_unreadable(std::string_view member, sql::type wanted) const;
    [[noreturn]] void throw_null(std::string_view member) const;

private:
    std::string_view rest_;
    sql::type type_;
    std::uint32_t oid_ = 0;
};

template <class M>
struct attribute {
    using value = M;
    static constexpr bool nullable = false;
    static constexpr sql::type type = codec<M>::type;
};
template <class M>
struct attribute<std::optional<M>> : attribute<M> {
    static constexpr bool nullable = true;
};

}  // namespace detail

template <class T>
    requires std::is_aggregate_v<T> && requires { database_type<T>::spelling; }
struct codec<T> {
    static constexpr sql::type type = database_type<T>::type;

    static void encode(const T& value, std::string& out) {
        wire::append(out, static_cast<std::int32_t>(reflect::member_count<T>));
        reflect::with_members(value, [&](const auto&... members) { (append(members, out), ...); });
    }
    static T decode(field_view field) {
        T result{};
        detail::record_reader reader(field, reflect::member_count<T>, type);
        const std::string_view* name = reflect::member_names<T>.at;
        reflect::with_members(result, [&](auto&... members) { (take(reader, members, *name++), ...); });
        reader.require_end();
        return result;
    }

private:
    template <class M>
    static void append(const M& member, std::string& out) {
        constexpr std::uint32_t oid = sql::oid::of(detail::attribute<M>::type);
        static_assert(
            oid != 0,
            "asynchrormous: the members of a composite type are of PostgreSQL's own types; one that "
            "the database has made has no OID that could be sent with it");
        wire::append(out, oid);
        if constexpr (detail::attribute<M>::nullable) {
            if (member)
                wire::append_sized(
                    out, [&] { codec<typename detail::attribute<M>::value>::encode(*member, out); });
            else
                wire::append_null(out);
        } else {
            wire::append_sized(out, [&] { codec<M>::encode(member, out); });
        }
    }

    template <class M>
    static void take(detail::record_reader& reader, M& member, std::string_view name) {
        using value = typename detail::attribute<M>::value;
        const field_view field = reader.next();
        if (!accepts<value>(reader.oid())) reader.throw_unreadable(name, codec<value>::type);
        if (!field.null())
            member = read<value>(field, reader.oid());
        else if constexpr (detail::attribute<M>::nullable)
            member.reset();
        else
            reader.throw_null(name);
    }
};

}  // namespace orm::inline v0::postgres
