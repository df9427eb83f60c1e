#include <asynchrormous/reflect/enumerators.hpp>

#include <doctest/doctest.h>

namespace shop {

enum class colour : unsigned char { red, green, blue = 127 };
enum class level { low = -16, middle, high = 100 };
enum class nothing {};
enum open { first, second };
enum fixed : int { third = 3, fourth };
enum class far { away = 1000 };

}  // namespace shop

template <>
struct orm::reflect::enum_range<shop::far> {
    static constexpr int min = 990;
    static constexpr int max = 1010;
};

namespace {

namespace reflect = orm::reflect;

enum class hidden { here };

static_assert(reflect::enumerators<shop::colour>.size == 3);
static_assert(reflect::enumerators<shop::colour>.names[2] == "blue");
static_assert(reflect::enumerators<shop::colour>.items[2].value == shop::colour::blue);
static_assert(reflect::enumerators<shop::level>.size == 3);
static_assert(reflect::enumerators<shop::level>.items[0].value == shop::level::low);
static_assert(reflect::enumerators<shop::nothing>.size == 0);
static_assert(reflect::enumerators<shop::fixed>.names[1] == "fourth");
static_assert(reflect::enumerators<shop::far>.names[0] == "away");
static_assert(reflect::enumerators<hidden>.names[0] == "here");

// Its values outside 0 and 1 are not even values.
static_assert(!reflect::enumeration<shop::open> && reflect::enumeration<shop::fixed>);

}  // namespace

TEST_CASE("enumerators come in the order of their values") {
    const auto& found = reflect::enumerators<shop::level>;
    CHECK(found.items[0].name == "low");
    CHECK(found.items[1].name == "middle");
    CHECK(found.items[2].name == "high");
}
