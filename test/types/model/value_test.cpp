#include <asynchrormous/model/resolver.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using orm::check_value;
using orm::field_of;
using orm::lookup_of;
using orm::member_path;
using orm::sql::lookup_kind;

enum class binding { hard, soft };

struct Author {
    std::int64_t id = 0;
    std::string name{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::int16_t pages = 0;
    std::optional<orm::date> published{};
    orm::foreign_key<Author> author{};
    std::optional<orm::foreign_key<Author>> editor{};
    binding bound{};
    std::vector<std::string> words{};
    nlohmann::json data{};
    bool sold = false;
    double price = 0;
    std::string class_{};
};

// Names.
static_assert(lookup_of<Book, "title">::lookup == lookup_kind::exact);
static_assert(lookup_of<Book, "title__iendswith">::lookup == lookup_kind::iendswith);
static_assert(lookup_of<Book, "published__iso_week_day__gte">::chain.last()->name == "iso_week_day");
static_assert(lookup_of<Book, "published__iso_week_day__gte">::lookup == lookup_kind::gte);
static_assert(lookup_of<Book, "published__year">::lookup == lookup_kind::exact);
static_assert(lookup_of<Book, "pk">::path.target == &orm::table_of<Book>().columns[0]);
static_assert(lookup_of<Book, "author_id__gt">::path.target == &orm::table_of<Book>().columns[4]);
static_assert(lookup_of<Book, "author__gt">::path.target == &orm::table_of<Book>().columns[4]);
static_assert(lookup_of<Book, "author__pk__in">::path.hops.size() == 1);
static_assert(lookup_of<Book, "class___contains">::lookup == lookup_kind::contains);
static_assert(std::is_same_v<lookup_of<Book, "author">::type, orm::foreign_key<Author>>);
static_assert(!lookup_of<Book, "author__name">::nullable && lookup_of<Book, "editor__name">::nullable);

// A field is optional when a relation on the way is, and never doubly.
static_assert(std::is_same_v<field_of<Book, "author__name">::type, std::string>);
static_assert(std::is_same_v<field_of<Book, "editor__name">::type, std::optional<std::string>>);
static_assert(std::is_same_v<field_of<Book, "published">::type, std::optional<orm::date>>);
static_assert(std::is_same_v<field_of<Book, "editor">::type, std::optional<orm::foreign_key<Author>>>);

template <orm::step... Steps>
using path = member_path<Book, Steps...>;
static_assert(path<&Book::author, &Author::name>::path.target == &orm::table_of<Author>().columns[1]);
static_assert(path<"editor", &Author::name>::nullable && path<&Book::editor, "name">::valid);
static_assert(std::is_same_v<path<"author__name">::type, std::string>);

// Values.
static_assert(check_value<Book, "pages", int>() && check_value<Book, "pages__in", std::vector<long>>());
static_assert(check_value<Book, "price__lt", int>() && check_value<Book, "price", double>());
static_assert(check_value<Book, "title", const char*>() && check_value<Book, "title", std::string_view>());
static_assert(check_value<Book, "title__in", std::vector<std::optional<std::string>>>());
static_assert(check_value<Book, "title__iexact", std::nullopt_t>());
static_assert(check_value<Book, "published", std::optional<orm::date>>());
static_assert(check_value<Book, "published__range", std::pair<orm::date, orm::date>>());
static_assert(check_value<Book, "published__year__in", std::vector<int>>());
static_assert(check_value<Book, "author", Author>() && check_value<Book, "author", int>());
static_assert(check_value<Book, "editor", orm::foreign_key<Author>>());
static_assert(check_value<Book, "editor__in", std::vector<Author>>());
static_assert(check_value<Book, "editor__isnull", bool>() && check_value<Book, "sold", bool>());
static_assert(check_value<Book, "bound", binding>() && check_value<Book, "bound__startswith", std::string>());
static_assert(check_value<Book, "words", std::vector<std::string>>());
static_assert(check_value<Book, "data", nlohmann::json>());
static_assert(check_value<Book, "pages__contains", std::string>());

}  // namespace

TEST_CASE("a path keeps its hops in order") {
    const orm::sql::path& found = lookup_of<Book, "editor__name">::path;
    REQUIRE(found.hops.size() == 1);
    CHECK(found.root == &orm::table_of<Book>());
    CHECK(found.hops[0].from->name == "editor_id");
    CHECK(found.target->name == "name");
}
