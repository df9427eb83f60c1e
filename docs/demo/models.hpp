// The ISO standards as models: plain structs, keys as the standards have them.
#pragma once

#include <asynchrormous/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace demo {

struct Country {  // ISO 3166-1
    std::string alpha_2{};
    std::string alpha_3{};
    int numeric = 0;
    std::string name{};
    std::optional<std::string> official_name{};

    static constexpr auto meta = orm::meta(
        orm::table("iso_country"), orm::column<&Country::alpha_2>(orm::primary_key, orm::max_length(2)),
        orm::ordering("name"));
    static constexpr orm::manager<Country> objects{};
};

struct Subdivision {  // ISO 3166-2: states, provinces, districts, and the districts of provinces
    std::string code{};
    std::string name{};
    std::string type{};
    orm::foreign_key<Country, std::string> country{};
    std::optional<orm::foreign_key<Subdivision, std::string>> parent{};

    static constexpr auto meta = orm::meta(
        orm::table("iso_subdivision"), orm::column<&Subdivision::code>(orm::primary_key, orm::max_length(6)),
        orm::ordering("name", "code"));
    static constexpr orm::manager<Subdivision> objects{};
};

enum class language_scope : std::uint8_t { individual, macrolanguage, special };
enum class language_type : std::uint8_t { living, extinct, ancient, historical, constructed, special };

struct Language {  // ISO 639-3
    std::string alpha_3{};
    std::optional<std::string> alpha_2{};
    std::string name{};
    language_scope scope = language_scope::individual;
    language_type type = language_type::living;

    static constexpr auto meta = orm::meta(
        orm::table("iso_language"), orm::column<&Language::alpha_3>(orm::primary_key, orm::max_length(3)),
        orm::ordering("name"));
    static constexpr orm::manager<Language> objects{};
};

struct Currency {  // ISO 4217; some, such as the Euro, belong to no country
    std::string alpha_3{};
    int numeric = 0;
    std::string name{};
    std::optional<orm::foreign_key<Country, std::string>> country{};

    static constexpr auto meta = orm::meta(
        orm::table("iso_currency"), orm::column<&Currency::alpha_3>(orm::primary_key, orm::max_length(3)));
    static constexpr orm::manager<Currency> objects{};
};

struct Script {  // ISO 15924
    std::string alpha_4{};
    int numeric = 0;
    std::string name{};

    static constexpr auto meta = orm::meta(
        orm::table("iso_script"), orm::column<&Script::alpha_4>(orm::primary_key, orm::max_length(4)));
    static constexpr orm::manager<Script> objects{};
};

}  // namespace demo
