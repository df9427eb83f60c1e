// expect: "icontains"
// expect: "days__icontains"
#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/range.hpp>

using namespace orm::literals;

struct Booking {
    std::int64_t id = 0;
    orm::range<orm::date> days{};
    static constexpr orm::manager<Booking> objects{};
};

const auto bookings = Booking::objects.filter("days__icontains"_k = "2024");
