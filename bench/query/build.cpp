// Builds a typical query, over and over: a join, three conditions, an order and a limit. Nothing is sent.
//   build_query encode|build|render <times>
// `encode` only encodes the bound values, `build` makes the QuerySet too, `render` its statement as well.
// bench/query/instructions.py counts what each costs.
#include <asynchrormous/orm.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

using namespace orm::literals;

namespace {

struct Author {
    std::int64_t id = 0;
    std::string name{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<orm::date> published{};
    orm::foreign_key<Author> author{};

    static constexpr orm::manager<Book> objects{};
};

std::size_t encode(int number) {
    const auto name = orm::query_detail::text_value("Ursula");
    const auto pages = orm::query_detail::scalar_value<int>({orm::sql::type_kind::int4}, number);
    const auto title = orm::query_detail::text_value("%sea%");
    return name.value.bytes->size() + pages.value.bytes->size() + title.value.bytes->size();
}

auto build(int number) {
    return Book::objects
        .filter("author__name"_k = "Ursula", "pages__gt"_k = number, "title__icontains"_k = "sea")
        .order_by<"-pages">()
        .limit(20);
}

std::size_t render(int number) { return orm::sql::render_select(build(number).query()).parameters.size(); }

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    const int times = argc > 2 ? std::atoi(argv[2]) : 0;
    std::size_t sum = 0;
    for (int i = 0; i < times; ++i) {
        if (what == "encode") sum += encode(i);
        if (what == "build") sum += build(i).query().shape();
        if (what == "render") sum += render(i);
    }
    std::printf("%zu\n", sum);
    return sum == 0 ? 1 : 0;
}
