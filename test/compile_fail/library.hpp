// The models that the cases of names and values use.
#pragma once

#include <asynchrormous/model/resolver.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Author {
    std::int64_t id = 0;
    std::string name{};
};

enum class format : int { paper, ebook };
enum class colour : int { red, green };

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<double> price{};
    std::optional<orm::date> published{};
    orm::foreign_key<Author> author{};
    format form{};
    std::vector<std::string> words{};
};

// What filter() does first with a keyword argument.
template <class M, orm::reflect::fixed_string Name, class V>
void lookup() {
    if constexpr (orm::check_value<M, Name, V>()) static_cast<void>(orm::lookup_of<M, Name>::path);
}

template <class M, orm::reflect::fixed_string Name>
void field() {
    static_assert(orm::field_of<M, Name>::valid || true);
}

template <class M, orm::step... Steps>
void path() {
    static_assert(orm::member_path<M, Steps...>::valid || true);
}
