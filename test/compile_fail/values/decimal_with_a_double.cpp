// expect: this value does not fit the column
// expect: "price__gt"
// expect: double
#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/decimal.hpp>

using namespace orm::literals;

struct Item {
    std::int64_t id = 0;
    orm::decimal price{};
    static constexpr orm::manager<Item> objects{};
};

const auto items = Item::objects.filter("price__gt"_k = 9.99);
