// expect: a date has dates<…>()
#include "shop.hpp"

struct Event {
    std::int64_t id = 0;
    orm::date on{};

    static constexpr orm::manager<Event> objects{};
};

void ask() { static_cast<void>(Event::objects.datetimes<"on">(orm::time_part::hour)); }
