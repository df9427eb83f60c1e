// What the tests of streams share: what was sent, and errors that nobody looked at.
#pragma once

#include "fixture.hpp"

#include <asynchrormous/runtime/hooks.hpp>
#include <asynchrormous/testing/captured_queries.hpp>

#include <algorithm>
#include <string_view>

namespace test {

// How many statements begin so.
inline std::size_t sent(const orm::testing::captured_queries& captured, std::string_view beginning) {
    const auto& all = captured.all();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& each) {
        return std::string_view(each.text).starts_with(beginning);
    }));
}

// A stream is gone through once, so it is taken by value.
template <class Rows>
strings titles_in(Rows rows) {
    strings result;
    for (const library::Book& book : rows) result.push_back(book.title);
    return result;
}

// A QuerySet keeps its rows, so each use has its own.
inline auto by_title() { return library::Book::objects.order_by<"title">(); }

}  // namespace test
