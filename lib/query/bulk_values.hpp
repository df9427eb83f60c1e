// The values of one column as bulk writes encode them: an array in binary, read again one by one.
#pragma once

#include <asynchrormous/postgres/wire.hpp>
#include <asynchrormous/query/bulk_rows.hpp>

#include <cstddef>
#include <cstdint>

namespace orm::inline v0::query_detail {

inline constexpr std::size_t array_header = 20;  // bytes in front of the values: array_codec.hpp

// The next value in the buffer of a column. Lifetime: the buffer's.
class value_reader {
public:
    explicit value_reader(const column_values& from) : at_(from.bytes.data() + array_header) {}

    postgres::field_view next() {
        const auto size = postgres::wire::load<std::int32_t>(at_);
        const postgres::field_view value{at_ + 4, size};
        at_ += 4 + (size > 0 ? size : 0);
        return value;
    }

private:
    const char* at_;
};

}  // namespace orm::inline v0::query_detail
