// What the server answered to one statement, seen without copying: cells in PostgreSQL's binary format.
// Lifetime: a view is good only inside the call that was given it. Threads: that of the loop.
#pragma once

#include <asynchrormous/export.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

struct pg_result;

namespace orm::inline v0::postgres {

struct field_view {
    const char* data = nullptr;
    std::int32_t size = -1;  // bytes; -1 is NULL

    bool null() const noexcept { return size < 0; }
    std::string_view bytes() const noexcept {
        return null() ? std::string_view() : std::string_view(data, static_cast<std::size_t>(size));
    }
};

class ORM_EXPORT result_view {
public:
    result_view() = default;  // no rows, no columns, no tag
    explicit result_view(const pg_result* result) noexcept : result_(result) {}

    int rows() const noexcept;
    int columns() const noexcept;

    // Requires: 0 <= row < rows(), 0 <= column < columns().
    field_view at(int row, int column) const noexcept;
    void row(int row, field_view* out) const noexcept;  // fills columns() of them

    std::uint32_t type_oid(int column) const noexcept;
    std::string_view column_name(int column) const noexcept;

    // "SELECT 3", "INSERT 0 1", "CREATE TABLE"
    std::string_view command_tag() const noexcept;
    // Rows that were selected, inserted, updated, deleted or merged; 0 for anything else.
    std::int64_t affected_rows() const noexcept;
    // Of memory that it takes.
    std::size_t bytes() const noexcept;

private:
    const pg_result* result_ = nullptr;
};

}  // namespace orm::inline v0::postgres
