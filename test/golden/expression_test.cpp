#include "expression_cases.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

std::string shortened(std::string text) {
    constexpr std::string_view name = R"("library_book")";
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
        text.replace(at, name.size(), "B");
    return text;
}

void compare(const orm::sql_text& got, std::string_view behind, std::string_view expected,
             const golden::binds& binds) {
    const std::string text = shortened(got.text);
    const std::size_t at = text.find(behind);
    REQUIRE(at != std::string::npos);
    CHECK(text.substr(at + behind.size()) == expected);
    CHECK(got.binds == std::vector<std::string>(binds.begin(), binds.end()));
}

}  // namespace

TEST_CASE("expressions render to what they say") {
    const auto value = [](const auto& of, std::string_view expected, const golden::binds& binds) {
        compare(library::Book::objects.order_by(of).sql(), " ORDER BY ", std::string(expected) + " ASC",
                binds);
    };
    golden::arithmetic(value);
    golden::choices(value);
}

TEST_CASE("comparisons of expressions render to what they say") {
    golden::conditions([](const auto& of, std::string_view expected, const golden::binds& binds) {
        compare(library::Book::objects.order_by().filter(of).sql(), " WHERE ", expected, binds);
    });
}

TEST_CASE("an ordering says where NULLs stand") {
    using orm::F;
    compare(library::Book::objects
                .order_by(F<"stars">.desc().nulls_last(), (F<"pages"> % 2).asc().nulls_first(),
                          F<"author">.desc())
                .sql(),
            " ORDER BY ",
            R"(B."stars" DESC NULLS LAST, (B."pages" % $1) ASC NULLS FIRST, B."author_id" DESC)", {"2"});
}

TEST_CASE("aggregates render to what they say") {
    golden::aggregates(
        []<class M>(const M&, const auto& of, std::string_view expected, const golden::binds& binds) {
            const orm::sql::expression_ptr terms[] = {orm::query_detail::bind_aggregate<M>(of)};
            const orm::sql::query rows(orm::table_of<M>());
            compare(orm::query_detail::readable(orm::sql::render_aggregate(rows, terms)), "SELECT ", expected,
                    binds);
        });
}
