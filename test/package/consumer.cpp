// What a user's first program does: it must compile, link and run wherever the library comes from.
#include <asynchrormous/orm.hpp>

#include <cstdio>
#include <string_view>

using namespace orm::literals;

struct Author {
    std::int64_t id = 0;
    std::string name{};

    static constexpr orm::manager<Author> objects{};
};

int main() {
    const auto query = Author::objects.filter("name__icontains"_k = "le guin").sql();
    std::puts(query.text.c_str());
    const bool bound = query.text.find("guin") == std::string::npos;
    return bound && query.text.find("$1") != std::string::npos ? 0 : 1;
}
