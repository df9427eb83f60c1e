// Writers and what they wrote, for cases that follow the relation back, under a name of the query's.
#pragma once

#include <asynchrormous/query/filtered_relation.hpp>
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <string>

using namespace orm::literals;

struct Novel;

struct Writer {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<Novel, "writer"> books{};

    static constexpr orm::manager<Writer> objects{};
};

struct Novel {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    orm::foreign_key<Writer> writer{};

    static constexpr orm::manager<Novel> objects{};
};

inline auto long_books() {
    return Writer::objects.annotate("long_books"_k =
                                        orm::FilteredRelation<"books">(orm::Q("books__pages__gt"_k = 300)));
}
