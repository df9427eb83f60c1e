// Functions of numbers and of randomness: their values are those of <cmath>.
#include "function_fixture.hpp"

#include <cmath>
#include <numbers>
#include <set>

using namespace orm;
using test::entries_fixture, test::Entry;

namespace {

struct numbers_fixture : entries_fixture {
    // Close enough: PostgreSQL computes with numeric here and there.
    template <class E, class Naive>
    void near(const E& expression, Naive naive) const {
        const auto found = of_rows(expression);
        REQUIRE(found.size() == entries.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            const std::optional<double> expected = naive(entries[i]), value = found[i];
            REQUIRE(value.has_value() == expected.has_value());
            if (value) CHECK(*value == doctest::Approx(*expected).epsilon(1e-12));
        }
        CHECK(Entry::objects.order_by(expression).rows().size() == entries.size());
        CHECK(Entry::objects.filter(expression.isnull()).count() +
                  Entry::objects.filter(expression.isnull(false)).count() ==
              3);
    }
};

template <class F>
auto of_real(F function) {
    return [function](const Entry& entry) { return function(entry.real); };
}
template <class F>
auto of_ratio(F function) {
    return [function](const Entry& entry) -> std::optional<double> {
        if (!entry.ratio) return std::nullopt;
        return function(*entry.ratio);
    };
}

}  // namespace

TEST_CASE_FIXTURE(numbers_fixture, "Abs keeps the type, Sign, Ceil and Floor are double") {
    check(Abs(F<"number">), [](const Entry& e) { return std::abs(e.number); });
    check(Abs(F<"big">), [](const Entry& e) { return std::abs(e.big); });
    check(Abs(F<"small">), [](const Entry& e) { return e.small; });
    check(Abs(F<"real">), of_real([](double x) { return std::abs(x); }));
    static_assert(std::is_same_v<decltype(first(Abs(F<"small">))), std::optional<std::int16_t>>);
    check(Sign(F<"number">), [](const Entry& e) { return double((e.number > 0) - (e.number < 0)); });
    check(Ceil(F<"real">), of_real([](double x) { return std::ceil(x); }));
    check(Floor(F<"ratio">), of_ratio([](double x) { return std::floor(x); }));
    CHECK(first(Abs(-5)) == 5);
    CHECK(first(Ceil(1.1)) == 2);
}

TEST_CASE_FIXTURE(numbers_fixture, "Round: halves to even, with places away from zero") {
    check(Round(F<"real">), of_real([](double x) { return std::nearbyint(x); }));
    CHECK(first(Round(2.5)) == 2);
    CHECK(first(Round(F<"real">)) == -2);
    CHECK(first(Round(F<"real">, 0)) == -3);
    CHECK(first(Round(42.4382, 2)) == 42.44);
    CHECK(first(Round(1234.56, std::int64_t{-1})) == 1230);  // as in table 9.5
    CHECK(of_rows(Round(F<"real">, F<"small">)) == std::vector<std::optional<double>>{-2.5, 1, std::nullopt});
}

TEST_CASE_FIXTURE(numbers_fixture, "powers, roots and logarithms") {
    near(Sqrt(F<"big">), [](const Entry& e) { return std::sqrt(double(e.big)); });
    near(Exp(F<"ratio">), of_ratio([](double x) { return std::exp(x); }));
    near(Ln(Abs(F<"ratio">)), of_ratio([](double x) { return std::log(std::abs(x)); }));
    near(Log(2, F<"big"> + 1), [](const Entry& e) { return std::log2(double(e.big + 1)); });
    near(Log(F<"number"> * F<"number"> + 2, 100),
         [](const Entry& e) { return std::log(100) / std::log(e.number * e.number + 2); });
    near(Power(F<"real">, 2), of_real([](double x) { return x * x; }));
    near(Power(2, F<"ratio">), of_ratio([](double x) { return std::pow(2, x); }));
    near(Mod(F<"number">, 4), [](const Entry& e) { return e.number % 4; });
    near(Mod(F<"real">, 0.75), of_real([](double x) { return std::fmod(x, 0.75); }));
    near(Mod(F<"ratio">, F<"big"> + 3), [](const Entry& e) {
        return e.ratio ? std::optional(std::fmod(*e.ratio, double(e.big + 3))) : std::nullopt;
    });
}

TEST_CASE_FIXTURE(numbers_fixture, "trigonometry") {
    near(Sin(F<"real">), of_real([](double x) { return std::sin(x); }));
    near(Cos(F<"real">), of_real([](double x) { return std::cos(x); }));
    near(Tan(F<"number">), [](const Entry& e) { return std::tan(e.number); });
    near(Cot(F<"ratio">), of_ratio([](double x) { return 1 / std::tan(x); }));
    near(ASin(F<"ratio">), of_ratio([](double x) { return std::asin(x); }));
    near(ACos(F<"ratio">), of_ratio([](double x) { return std::acos(x); }));
    near(ATan(F<"real">), of_real([](double x) { return std::atan(x); }));
    near(ATan2(F<"ratio">, F<"real">),
         [](const Entry& e) { return e.ratio ? std::optional(std::atan2(*e.ratio, e.real)) : std::nullopt; });
    near(Degrees(F<"real">), of_real([](double x) { return x * 180 / std::numbers::pi; }));
    near(Radians(F<"number">), [](const Entry& e) { return e.number * std::numbers::pi / 180; });
    near(Pi(), [](const Entry&) { return std::numbers::pi; });
}

TEST_CASE_FIXTURE(numbers_fixture, "random numbers and identifiers are others for each row") {
    std::set<double> values;
    for (const double one : of_rows(Random())) values.insert(one);
    CHECK(values.size() == 3);
    CHECK(*values.begin() >= 0);
    CHECK(*values.rbegin() < 1);
    CHECK(Entry::objects.filter(Random() < 1).count() == 3);
    CHECK(Entry::objects.order_by(Random()).rows().size() == 3);
    std::set<uuid> made;
    for (const uuid& one : of_rows(UUID4())) made.insert(one);
    for (const uuid& one : of_rows(RandomUUID())) made.insert(one);
    CHECK(made.size() == 6);
    CHECK(made.begin()->to_string()[14] == '4');  // the version
    CHECK(Entry::objects.filter(UUID4() == *made.begin()).count() == 0);
}
