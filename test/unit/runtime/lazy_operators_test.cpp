#include "by_hand.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace orm_test;

namespace {

enum class colour { red, green };

struct book {
    std::string title;
    int pages = 0;
};

template <class T>
concept dereferenced_as_temporary = requires(T t) { *static_cast<T&&>(t); };
template <class T>
concept reached_into_as_temporary = requires(T t) { static_cast<T&&>(t).operator->(); };

}  // namespace

TEST_SUITE("lazy operators") {
    TEST_CASE("a number compares, counts and decides as the number it stands for") {
        orm::event_loop loop;
        const orm::lazy<std::int64_t> n = orm::make_ready_lazy<std::int64_t>(loop, 3);
        CHECK(n > 1);
        CHECK(n + 1 == 4);
        CHECK(3 == n);
        CHECK(n == n);
        CHECK_FALSE(n < n);
        std::ostringstream out;
        out << n;
        CHECK(out.str() == "3");
        switch (n) {
            case 3:
                break;
            default:
                FAIL("the switch went astray");
        }
        const std::vector<int> values{1, 2, 3, 4};
        CHECK(values[static_cast<std::size_t>(n.get())] == 4);
        std::int64_t assigned = 0;
        assigned = n;
        CHECK(assigned == 3);
        CHECK((assigned == 3 ? n : n) == 3);
    }

    TEST_CASE("a lazy bool decides") {
        orm::event_loop loop;
        const orm::lazy<bool> yes = orm::make_ready_lazy<bool>(loop, true);
        bool taken = false;
        if (yes) taken = true;
        CHECK(taken);
        CHECK_FALSE(!yes);
    }

    TEST_CASE("an enumerator compares") {
        orm::event_loop loop;
        const orm::lazy<colour> c = orm::make_ready_lazy<colour>(loop, colour::green);
        CHECK(bool(c == colour::green));
        CHECK(bool(c != colour::red));
    }

    TEST_CASE("text compares and prints") {
        orm::event_loop loop;
        const orm::lazy<std::string> s = orm::make_ready_lazy<std::string>(loop, "x");
        CHECK(s == "x");
        CHECK(s != "y");
        CHECK("x" == s);
        CHECK(s < "y");
        CHECK(s == s);
        CHECK_FALSE(s < s);
        CHECK(s == std::string("x"));
        CHECK(s == std::string_view("x"));
        std::ostringstream out;
        out << s << '!';
        CHECK(out.str() == "x!");
        const std::string_view view = s.get();
        CHECK(s.get() + "y" == "xy");
        CHECK(view == "x");
        std::string assigned;
        assigned = s;
        CHECK(assigned == "x");
    }

    TEST_CASE("a container is iterated, measured and indexed") {
        orm::event_loop loop;
        const orm::lazy<std::vector<int>> v =
            orm::make_ready_lazy<std::vector<int>>(loop, std::vector{1, 2, 3});
        int sum = 0;
        for (const int each : v) sum += each;
        CHECK(sum == 6);
        CHECK(size(v) == 3);
        CHECK(v[1] == 2);
        CHECK(v == std::vector{1, 2, 3});
        sum = 0;
        for (const int each : orm::make_ready_lazy<std::vector<int>>(loop, std::vector{4, 5})) sum += each;
        CHECK(sum == 9);
    }

    TEST_CASE("an object is reached by -> and *, of a named lazy only") {
        orm::event_loop loop;
        const orm::lazy<book> b = orm::make_ready_lazy<book>(loop, book{"Tehanu", 252});
        CHECK(b->pages == 252);
        CHECK((*b).title == "Tehanu");
        CHECK(book{b.get()}.title == "Tehanu");
        static_assert(dereferenced_as_temporary<orm::lazy<book>&>);
        static_assert(!dereferenced_as_temporary<orm::lazy<book>>);
        static_assert(reached_into_as_temporary<orm::lazy<book>&>);
        static_assert(!reached_into_as_temporary<orm::lazy<book>>);
    }

    TEST_CASE("an optional is tested and reached through") {
        orm::event_loop loop;
        using maybe = std::optional<book>;
        const orm::lazy<maybe> some = orm::make_ready_lazy<maybe>(loop, book{"Tehanu", 252});
        const orm::lazy<maybe> none = orm::make_ready_lazy<maybe>(loop, std::nullopt);
        REQUIRE(bool(some));
        CHECK(some->title == "Tehanu");
        CHECK((*some).pages == 252);
        CHECK_FALSE(bool(none));
        CHECK_THROWS_AS(static_cast<void>(none->pages), std::bad_optional_access);
        const maybe copy = some;
        CHECK(copy->pages == 252);
        static_assert(!std::is_convertible_v<orm::lazy<maybe>, bool>);
    }
}
