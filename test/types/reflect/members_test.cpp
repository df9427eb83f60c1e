#include <asynchrormous/reflect/members.hpp>
#include <asynchrormous/reflect/type_name.hpp>

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace {

namespace reflect = orm::reflect;

struct point {
    int x = 0;
    int y = 0;
};

struct everything {
    int number = 0;
    std::string text{};
    const int fixed = 3;
    std::optional<int> maybe{};
    std::array<int, 3> triple{};
    std::unique_ptr<int> owner{};
    point nested{};
    char letters[20]{};
};

struct picky {
    explicit picky(int) {}
};
struct without_default {
    int first = 0;
    picky second;
    std::string third{};
};

struct empty {};
struct single {
    int only = 0;
};

// clang-format off
struct sixty_four {
    int a0{}, a1{}, a2{}, a3{}, a4{}, a5{}, a6{}, a7{}, b0{}, b1{}, b2{}, b3{}, b4{}, b5{}, b6{}, b7{};
    int c0{}, c1{}, c2{}, c3{}, c4{}, c5{}, c6{}, c7{}, d0{}, d1{}, d2{}, d3{}, d4{}, d5{}, d6{}, d7{};
    int e0{}, e1{}, e2{}, e3{}, e4{}, e5{}, e6{}, e7{}, f0{}, f1{}, f2{}, f3{}, f4{}, f5{}, f6{}, f7{};
    int g0{}, g1{}, g2{}, g3{}, g4{}, g5{}, g6{}, g7{}, h0{}, h1{}, h2{}, h3{}, h4{}, h5{}, h6{}, h7{};
};
// clang-format on

static_assert(reflect::member_count<everything> == 8 && reflect::member_count<without_default> == 3);
static_assert(reflect::member_count<empty> == 0 && reflect::member_count<single> == 1);
static_assert(reflect::member_count<sixty_four> == 64);

static_assert(reflect::member_names<everything>.at[4] == "triple");
static_assert(reflect::member_names<everything>.at[7] == "letters");
static_assert(reflect::member_names<without_default>.at[1] == "second");
static_assert(reflect::member_names<single>.at[0] == "only");
static_assert(reflect::member_names<sixty_four>.at[63] == "h7");

static_assert(std::is_same_v<reflect::member_type<everything, 2>, int>);
static_assert(std::is_same_v<reflect::member_type<everything, 5>, std::unique_ptr<int>>);
static_assert(std::is_same_v<reflect::member_type<everything, 7>, char[20]>);

static_assert(!reflect::reflectable<std::string>);

template <class T>
struct holder {};
static_assert(reflect::type_name<everything>() == "everything" && reflect::type_name<int>() == "int");
static_assert(reflect::type_name<int[3]>().starts_with("int"));
static_assert(reflect::type_name<holder<point>>().starts_with("holder<"));
static_assert(reflect::member_name<&everything::text>() == "text");

}  // namespace

TEST_CASE("members are passed as the object's own, in order of declaration") {
    single one{};
    reflect::with_members(one, [](int& only) { only = 5; });
    CHECK(one.only == 5);
    const sixty_four many{.a0 = 1, .h7 = 2};
    CHECK(reflect::with_members(many, [](const int& first, auto&... rest) { return first + (rest + ...); }) ==
          3);
}

TEST_CASE("a struct inside a function has members, too") {
    struct local {
        int number = 0;
        std::string text{};
    };
    static_assert(reflect::member_names<local>.at[1] == "text");
    CHECK(reflect::type_name<local>() == "local");
}
