// The models that most tests use: a small library with nullable, natural and self-referencing keys.
#pragma once

#include <asynchrormous/orm.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace library {

using namespace orm::literals;

enum class binding : std::uint8_t { paperback, hardcover, digital };

struct Country {
    std::string code{};  // the primary key: two letters
    std::string name{};

    static constexpr auto meta =
        orm::meta(orm::column<&Country::code>(orm::primary_key, orm::max_length(2)), orm::ordering("name"));
    static constexpr orm::manager<Country> objects{};
};

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::optional<orm::date> born{};
    std::optional<orm::foreign_key<Country, std::string>> country{};

    static constexpr orm::manager<Author> objects{};
};

struct Timestamps {
    orm::timestamptz created{};
    std::optional<orm::timestamp> checked{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    double price = 0;
    std::optional<orm::date> published{};
    orm::foreign_key<Author> author{};
    std::optional<orm::foreign_key<Author>> editor{};
    std::optional<orm::foreign_key<Book>> sequel_of{};
    library::binding binding = library::binding::paperback;
    std::vector<std::string> keywords{};
    std::optional<nlohmann::json> details{};
    std::optional<orm::uuid> isbn{};
    bool in_print = true;
    std::optional<std::int16_t> stars{};
    orm::embedded<Timestamps> times{};

    static constexpr auto meta =
        orm::meta(orm::table("library_book"), orm::column<&Book::title>(orm::max_length(200), orm::db_index),
                  orm::column<&Book::editor>(orm::on_delete::set_null),
                  orm::column<&Book::sequel_of>(orm::on_delete::restrict),
                  orm::column<&Timestamps::created>(orm::db_default("now()")),
                  orm::ordering("-published", "title"), orm::unique_together("title", "author"));
    static constexpr orm::manager<Book> objects{};
};

}  // namespace library
