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

template <orm::reflect::fixed_string Name>
void encode_text(std::string& bytes, std::string_view text) {
    orm::query_detail::append_text(bytes, orm::query_detail::lookup_in_t<Book, Name>::chain, text);
}

// The three values, the pattern "%sea%" among them, and the limit.
std::size_t encode(int number) {
    std::string name, pages, title, limit;
    encode_text<"author__name">(name, "Ursula");
    orm::postgres::codec<int>::encode(number, pages);
    encode_text<"title__icontains">(title, "sea");
    orm::postgres::codec<std::int64_t>::encode(20, limit);
    return name.size() + pages.size() + title.size() + limit.size();
}

auto build(int number) {
    return Book::objects
        .filter("author__name"_k = "Ursula", "pages__gt"_k = number, "title__icontains"_k = "sea")
        .order_by<"-pages">()
        .limit(20);
}

std::size_t shape(int number) { return build(number).query().shape(); }

std::size_t render(int number) { return orm::sql::render_select(build(number).query()).parameters.size(); }

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    const int times = argc > 2 ? std::atoi(argv[2]) : 0;
    std::size_t sum = 0;
    const auto stage = what == "encode" ? &encode : what == "build" ? &shape : &render;
    for (int i = 0; i < times; ++i) sum += stage(i);
    std::printf("%zu\n", sum);
    return sum == 0 ? 1 : 0;
}
