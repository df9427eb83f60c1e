// What a user's first program does: it must compile, link and run wherever the library comes from.
#include <asynchrormous/sql/render.hpp>

#include <cstdio>

int main() {
    const std::string quoted = orm::sql::quote_identifier("library book");
    std::puts(quoted.c_str());
    return quoted == "\"library book\"" ? 0 : 1;
}
