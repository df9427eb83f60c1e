// expect: the difference of two timestamps is an interval
#include "../queries/shop.hpp"

struct Visit {
    std::int64_t id = 0;
    orm::timestamptz begin{};
    orm::timestamptz end{};

    static constexpr orm::manager<Visit> objects{};
};

void ask() { static_cast<void>(Visit::objects.order_by(orm::F<"end"> - orm::F<"begin">)); }
