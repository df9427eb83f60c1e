// What paths with transforms give, and the rest of a path behind a value that is no field.
#include <asynchrormous/model/lookup_behind.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

template <>
struct orm::lookup<"not_equal"> {
    static constexpr std::string_view text = "{0} <> {1}";
};
template <>
struct orm::transform<"digits"> {
    static constexpr std::string_view text = "LENGTH({0}::text)";
    static constexpr orm::type_set of = orm::types::integers;
    using result = int;
};
template <>
struct orm::transform<"sorted"> {
    static constexpr std::string_view text = "sorted({0})";
    static constexpr orm::type_set of = orm::types::json;
    using result = std::vector<std::string>;
};

namespace {

using nlohmann::json;
using orm::check_value;
using orm::lookup_behind;
using orm::lookup_of;
using orm::value_behind;
using orm::value_of;

struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::int16_t pages = 0;
    std::optional<orm::date> published{};
    orm::timestamptz created{};
    std::vector<std::optional<int>> marks{};
    json data{};
    std::optional<orm::foreign_key<Book>> sequel_of{};
};

template <orm::reflect::fixed_string K, class T>
constexpr bool gives = std::is_same_v<typename value_of<Book, K>::type, T>;

static_assert(gives<"title", std::string> && gives<"title__lower", std::string> &&
              gives<"title__length", int>);
static_assert(gives<"pages__abs", std::int16_t> && gives<"pages__sqrt__round", double>);
static_assert(gives<"published__year", std::optional<int>> && gives<"created__date", orm::date>);
static_assert(gives<"created__time", std::string> && gives<"sequel_of__title__length", std::optional<int>>);
static_assert(gives<"marks__0", std::optional<int>> && gives<"marks__0_2", std::vector<std::optional<int>>>);
static_assert(gives<"marks__len", int> && gives<"marks__0__abs", std::optional<int>>);
static_assert(gives<"data__owner__name", std::optional<json>> && gives<"data", json>);
static_assert(gives<"pages__digits", int> && gives<"sequel_of", std::optional<orm::foreign_key<Book>>>);
static_assert(gives<"data__sorted", std::vector<std::string>>);
static_assert(gives<"data__tags__sorted__0", std::optional<std::string>>);

template <orm::reflect::fixed_string K>
constexpr std::string_view keys = lookup_of<Book, K>::chain.steps[0].argument;

static_assert(keys<"data__owner__name"> == "owner__name" && keys<"data__owner__name__gt"> == "owner__name");
static_assert(keys<"data__contains__x"> == "contains__x" && keys<"data__x__not_equal"> == "x");
static_assert(keys<"data__x__isnul"> == "x__isnul");  // a key: nobody can tell
static_assert(lookup_of<Book, "data__has_key">::chain.size == 0);
static_assert(lookup_of<Book, "title__lower__not_equal">::chain.lookup->text == "{0} <> {1}");
static_assert(lookup_of<Book, "sequel_of__not_equal">::path.hops.empty());

static_assert(check_value<Book, "data__k", int>() && check_value<Book, "data__k", std::nullopt_t>());
static_assert(check_value<Book, "data__k__in", std::vector<std::string>>() &&
              check_value<Book, "data", bool>());
static_assert(check_value<Book, "data__has_keys", std::vector<const char*>>());
static_assert(check_value<Book, "marks__contains", std::vector<std::optional<int>>>());
static_assert(check_value<Book, "marks__0__in", std::vector<long>>());
static_assert(check_value<Book, "sequel_of__not_equal", Book>() &&
              check_value<Book, "pages__digits__lt", int>());

static_assert(lookup_behind<std::int64_t, "gt">::valid && lookup_behind<std::int64_t, "">::valid);
static_assert(std::is_same_v<lookup_behind<std::string, "length__in">::compared, int>);
static_assert(lookup_behind<std::string, "not_equal">::valid && lookup_behind<json, "a__b__contains">::valid);
static_assert(std::is_same_v<value_behind<std::vector<std::string>, "0__length">::type, int>);
static_assert(value_behind<std::vector<std::string>, "0__length">::nullable);

}  // namespace

TEST_CASE("the rest of a path is resolved for a type at run time, too") {
    using namespace orm::model_detail;
    const auto error = [](std::string_view rest) {
        return resolve_chain({orm::sql::type_kind::text}, rest, names::lookups).error;
    };
    CHECK(error("lower__startswith") == path_error::none);
    CHECK(error("lower__") == path_error::no_such_lookup);
    CHECK(error("gt__lower") == path_error::no_such_lookup);
    CHECK(error("year") == path_error::lookup_not_for_type);
    CHECK(error("0") == path_error::no_such_lookup);
    CHECK(error("lower__lower__lower__lower__lower__lower__lower__lower__lower") ==
          path_error::too_many_transforms);
    const auto of_json = [](std::string_view rest) {
        return resolve_chain({orm::sql::type_kind::jsonb}, rest, names::lookups).error;
    };
    CHECK(of_json("a__b__gt") == path_error::none);
    CHECK(of_json("a__") == path_error::no_such_lookup);
    CHECK(of_json("a____b") == path_error::no_such_lookup);
    CHECK(of_json("overlap") == path_error::lookup_not_for_type);
}
