// Models with managers, for cases that write what a user writes.
#pragma once

#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <string>

using namespace orm::literals;

struct Author {
    std::int64_t id = 0;
    std::string name{};

    static constexpr orm::manager<Author> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    orm::foreign_key<Author> author{};

    static constexpr orm::manager<Book> objects{};
};
