#include "world.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>
#include <stdexcept>

namespace demo {

namespace {

using nlohmann::json;

template <class Row>
std::vector<Row> read(const std::filesystem::path& file, const char* standard, Row (*row)(const json&)) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error(file.string() + " is missing: install iso-codes, or name its folder");
    const json parsed = json::parse(in);
    std::vector<Row> rows;
    for (const json& entry : parsed.at(standard)) rows.push_back(row(entry));
    return rows;
}

std::string text(const json& entry, const char* name) { return entry.at(name).get<std::string>(); }

std::optional<std::string> optional_text(const json& entry, const char* name) {
    if (!entry.contains(name)) return std::nullopt;
    return text(entry, name);
}

int number(const json& entry) { return std::stoi(text(entry, "numeric")); }

Country country(const json& entry) {
    return {.alpha_2 = text(entry, "alpha_2"),
            .alpha_3 = text(entry, "alpha_3"),
            .numeric = number(entry),
            .name = text(entry, "name"),
            .official_name = optional_text(entry, "official_name")};
}

Subdivision subdivision(const json& entry) {
    const std::string code = text(entry, "code"), country = code.substr(0, 2);
    Subdivision row{
        .code = code, .name = text(entry, "name"), .type = text(entry, "type"), .country = country};
    // Some parents are written "GB-ENG", others, of the same country, just "ENG".
    if (const auto parent = optional_text(entry, "parent"))
        row.parent = parent->find('-') == std::string::npos ? country + "-" + *parent : *parent;
    return row;
}

language_type type_of(const json& entry) {
    switch (text(entry, "type").front()) {
        case 'E':
            return language_type::extinct;
        case 'A':
            return language_type::ancient;
        case 'H':
            return language_type::historical;
        case 'C':
            return language_type::constructed;
        case 'S':
            return language_type::special;
        default:
            return language_type::living;
    }
}

language_scope scope_of(const json& entry) {
    switch (text(entry, "scope").front()) {
        case 'M':
            return language_scope::macrolanguage;
        case 'S':
            return language_scope::special;
        default:
            return language_scope::individual;
    }
}

Language language(const json& entry) {
    return {.alpha_3 = text(entry, "alpha_3"),
            .alpha_2 = optional_text(entry, "alpha_2"),
            .name = text(entry, "name"),
            .scope = scope_of(entry),
            .type = type_of(entry)};
}

Currency currency(const json& entry) {
    return {.alpha_3 = text(entry, "alpha_3"), .numeric = number(entry), .name = text(entry, "name")};
}

Script script(const json& entry) {
    return {.alpha_4 = text(entry, "alpha_4"), .numeric = number(entry), .name = text(entry, "name")};
}

// A currency's code begins with its country's, where there is such a country: CHF is Switzerland's.
void find_countries(world& iso) {
    std::set<std::string> codes;
    for (const Country& country : iso.countries) codes.insert(country.alpha_2);
    for (Currency& currency : iso.currencies)
        if (const std::string code = currency.alpha_3.substr(0, 2); codes.contains(code))
            currency.country = code;
}

constexpr std::size_t batch = 500;

template <class Row>
orm::task<> create_all(const std::vector<Row>& rows) {
    std::vector<orm::lazy<Row>> on_their_way;
    for (const Row& row : rows) {
        on_their_way.push_back(Row::objects.async().create(row));
        if (on_their_way.size() == batch) co_await orm::when_all(std::exchange(on_their_way, {}));
    }
    co_await orm::when_all(std::move(on_their_way));
}

}  // namespace

world read_world(const std::filesystem::path& folder) {
    world iso{.countries = read(folder / "iso_3166-1.json", "3166-1", country),
              .subdivisions = read(folder / "iso_3166-2.json", "3166-2", subdivision),
              .languages = read(folder / "iso_639-3.json", "639-3", language),
              .currencies = read(folder / "iso_4217.json", "4217", currency),
              .scripts = read(folder / "iso_15924.json", "15924", script)};
    find_countries(iso);
    return iso;
}

// Foreign keys are checked at the commit, so that a district may come before its province.
orm::task<> insert(const world& iso) {
    co_await orm::atomic([&]() -> orm::task<> {
        co_await orm::when_all(create_all(iso.countries), create_all(iso.subdivisions),
                               create_all(iso.languages), create_all(iso.currencies),
                               create_all(iso.scripts));
    });
}

}  // namespace demo
