#include "codec_support.hpp"
#include "fuzz/decode_all.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <random>

namespace {

// Headers that get past the first checks, so that the checks behind them are reached as well.
const std::string starts[] = {
    {},
    test::words({1, 0, 23, 1, 1}),
    test::words({1, 1, 25, 2, 1, -1}),
    test::words({1, 0, 1700, 1, 1, 8}),
    test::shorts({2, 1, 0, 3}),
    "\1{\"a\":",
    "[1,",
    test::words({0, 0, 20}),
};

}  // namespace

TEST_CASE("random bytes end in a value or a decode_error, never elsewhere") {
    std::mt19937 random(63);
    const auto below = [&random](std::size_t end) { return random() % end; };
    for (int i = 0; i < 400; ++i) {
        std::string bytes = starts[below(std::size(starts))];
        for (std::size_t more = below(24); more > 0; --more)
            bytes += static_cast<char>(below(4) ? below(3) : below(256));
        const orm::sql::oid::pair& type = orm::sql::oid::of_kind[below(std::size(orm::sql::oid::of_kind))];
        // On the heap and no longer than it is, so that a sanitizer sees a read beyond its end.
        const std::unique_ptr<char[]> exact(new char[bytes.size()]);
        std::copy(bytes.begin(), bytes.end(), exact.get());
        for (std::size_t which = 0; which < fuzz::all_types::count; ++which)
            fuzz::decode(which, {exact.get(), bytes.size()}, below(2) ? type.scalar : type.array);
    }
}
