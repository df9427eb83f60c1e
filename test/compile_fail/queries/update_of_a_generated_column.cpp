// expect: the database generates this column from others
#include "shop.hpp"

struct Item {
    std::int64_t id = 0;
    int count = 0;
    int twice = 0;

    static constexpr auto meta = orm::meta(orm::column<&Item::twice>(orm::generated("count * 2")));
    static constexpr orm::manager<Item> objects{};
};

void set() { Item::objects.update("twice"_k = 3); }
