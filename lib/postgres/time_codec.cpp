#include <asynchrormous/postgres/time_codec.hpp>

namespace orm::inline v0::postgres {

namespace {

time_of_day checked(std::int64_t microseconds, sql::type type) {
    if (microseconds < 0 || microseconds > time_of_day::longest)
        detail::throw_malformed(type, "it is beyond 24 hours");
    return time_of_day::from_postgres(microseconds);
}

}  // namespace

time_of_day codec<time_of_day>::decode(field_view field) {
    return checked(detail::decode_number<std::int64_t>(field, type), type);
}

void codec<time_of_day_tz>::encode(const time_of_day_tz& value, std::string& out) {
    wire::append(out, value.local().to_postgres());
    wire::append(out, static_cast<std::int32_t>(-value.offset().count()));
}

time_of_day_tz codec<time_of_day_tz>::decode(field_view field) {
    if (field.size != 12) detail::throw_wrong_size(field, type);
    const std::int64_t west = wire::load<std::int32_t>(field.data + 8);
    if (west < -time_of_day_tz::farthest || west > time_of_day_tz::farthest)
        detail::throw_malformed(type, "the offset of its zone is out of range");
    return {checked(wire::load<std::int64_t>(field.data), type), std::chrono::seconds(-west)};
}

void codec<interval>::encode(const interval& value, std::string& out) {
    wire::append(out, value.microseconds());
    wire::append(out, value.days());
    wire::append(out, value.months());
}

interval codec<interval>::decode(field_view field) {
    if (field.size != 16) detail::throw_wrong_size(field, type);
    return {wire::load<std::int32_t>(field.data + 12), wire::load<std::int32_t>(field.data + 8),
            wire::load<std::int64_t>(field.data)};
}

}  // namespace orm::inline v0::postgres
