#include <asynchrormous/query/window.hpp>
#include <asynchrormous/sql/error.hpp>

#include <limits>
#include <string>

namespace orm::inline v0::query_detail {

namespace {

sql::frame_bound bound_of(std::optional<std::int64_t> offset) { return {!offset, offset.value_or(0)}; }

bool has_offset(const sql::window_frame& frame) { return frame.start.offset != 0 || frame.end.offset != 0; }

// The distance of dates and texts is no number.
bool has_distance(sql::type of) {
    using enum sql::type_kind;
    if (of.array) return false;
    return of.kind == int2 || of.kind == int4 || of.kind == int8 || of.kind == float4 || of.kind == float8 ||
           of.kind == unknown;
}

}  // namespace

sql::window_frame window_frame_of(sql::frame_mode mode, std::optional<std::int64_t> start,
                                  std::optional<std::int64_t> end, frame_exclusion exclusion) {
    if (start && end && *start > *end)
        throw query_error("the frame of a window ends " + std::to_string(*end) +
                          " rows from the current one, before it starts at " + std::to_string(*start));
    if (start.value_or(0) == std::numeric_limits<std::int64_t>::min())
        throw query_error("the frame of a window cannot start so far away: leave it unbounded");
    return {mode, bound_of(start), bound_of(end), exclusion};
}

void refuse_distinct_window() {
    throw query_error("PostgreSQL has no distinct() of an aggregate that is a window function");
}

sql::expression_ptr make_window(sql::window_parts parts) {
    const sql::window_frame& frame = parts.frame;
    if (frame.mode == sql::frame_mode::groups && parts.order.empty())
        throw query_error("groups() of a window needs an order_by(): groups are rows equal in the order");
    if (frame.mode == sql::frame_mode::range && has_offset(frame) &&
        (parts.order.size() != 1 || !has_distance(parts.order.front().by->type())))
        throw query_error("range() of a window with a distance needs an order_by() of one number");
    return sql::window(std::move(parts));
}

}  // namespace orm::inline v0::query_detail
