// Lookups of JSON against a naive evaluation of the same in memory, over rows with every kind of nothing:
// NULL, JSON's null, no such key, a key that is null, and a value.
#include "fixture.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <source_location>

using namespace library;
using namespace orm::literals;
using nlohmann::json;
using orm::F;
using orm::Q;
using test::library_fixture;

namespace {

using details = std::optional<json>;

const std::vector<details> documents = {
    std::nullopt,
    json(nullptr),
    json::object(),
    json{{"k", nullptr}},
    json{{"k", "v"}},
    json{{"k", "V%_"}},
    json{{"k", 1}},
    json{{"k", 2.5}},
    json{{"k", true}},
    json{{"k", {{"j", "v"}}}},
    json{{"k", json::array({1, "v", nullptr})}},
    json{{"other", "v"}, {"k", json::array()}},
    json::array({"k", "v"}),
    json("k"),
    json(1),
};

struct json_rows : library_fixture {
    json_rows() {
        const Author author = Author::objects.create({.name = "Anonymous"});
        for (std::size_t i = 0; i < documents.size(); ++i)
            Book::objects.create({.title = std::to_string(i), .author = author, .details = documents[i]});
    }
};

// The value at a path of keys; nullopt where there is none.
details at(const details& from, const std::vector<std::string>& keys) {
    details found = from;
    for (const std::string& key : keys) {
        if (!found) return std::nullopt;
        const json here = *found;
        const bool number = key.find_first_not_of("-0123456789") == std::string::npos;
        if (here.is_object() && here.contains(key)) {
            found = here.at(key);
        } else if (here.is_array() && number) {
            const int asked = std::stoi(key);
            const int size = static_cast<int>(here.size());
            const int index = asked < 0 ? size + asked : asked;
            found =
                index >= 0 && index < size ? details(here.at(static_cast<std::size_t>(index))) : std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    return found;
}

details key(const details& from) { return at(from, {"k"}); }

bool has(const details& in, const std::string& name) {
    if (!in) return false;
    if (in->is_object()) return in->contains(name);
    if (in->is_array()) return std::any_of(in->begin(), in->end(), [&](const json& e) { return e == name; });
    return *in == name;
}

// The text that #>> gives.
std::optional<std::string> text(const details& of) {
    if (!of || of->is_null()) return std::nullopt;
    return of->is_string() ? of->get<std::string>() : of->dump();
}

using naive = std::function<bool(const details&)>;

// What the term finds is what the naive evaluation finds; exclude() finds the rest, NULL or not.
template <class Term>
void check_found(const Term& term, const naive& holds,
                 std::source_location at = std::source_location::current()) {
    CAPTURE(at.line());
    std::set<std::string> expected, rest;
    for (std::size_t i = 0; i < documents.size(); ++i)
        (holds(documents[i]) ? expected : rest).insert(std::to_string(i));
    const auto titles_of = [](const auto& books) {
        std::set<std::string> found;
        for (const Book& book : books) found.insert(book.title);
        return found;
    };
    CHECK(titles_of(Book::objects.filter(term)) == expected);
    CHECK(titles_of(Book::objects.exclude(term)) == rest);
}

}  // namespace

TEST_CASE_FIXTURE(json_rows, "NULL, JSON's null, a missing key and a null key are told apart") {
    check_found("details"_k = std::nullopt, [](const details& d) { return !d; });
    check_found("details__isnull"_k = true, [](const details& d) { return !d; });
    check_found("details__isnull"_k = false, [](const details& d) { return d.has_value(); });
    check_found("details"_k = json(nullptr), [](const details& d) { return d && d->is_null(); });
    check_found("details__k"_k = std::nullopt, [](const details& d) { return key(d) && key(d)->is_null(); });
    check_found("details__k"_k = json(nullptr), [](const details& d) { return key(d) && key(d)->is_null(); });
    check_found("details__k__isnull"_k = true, [](const details& d) { return !key(d); });
    check_found("details__k__isnull"_k = false, [](const details& d) { return key(d).has_value(); });
    check_found("details__has_key"_k = "k", [](const details& d) { return has(d, "k"); });
    check_found("details__k"_k = "v", [](const details& d) { return key(d) == json("v"); });
}

TEST_CASE_FIXTURE(json_rows, "values at keys and positions compare as JSON") {
    check_found("details__k"_k = 1, [](const details& d) { return key(d) == json(1); });
    check_found("details__k"_k = 2.5, [](const details& d) { return key(d) == json(2.5); });
    check_found("details__k"_k = true, [](const details& d) { return key(d) == json(true); });
    check_found("details__k__j"_k = "v", [](const details& d) { return at(d, {"k", "j"}) == json("v"); });
    check_found("details__k__1"_k = "v", [](const details& d) { return at(d, {"k", "1"}) == json("v"); });
    check_found("details__k__-1__isnull"_k = false,
                [](const details& d) { return at(d, {"k", "-1"}).has_value(); });
    check_found("details__0"_k = "k", [](const details& d) { return at(d, {"0"}) == json("k"); });
    check_found("details__k"_k = json{{"j", "v"}},
                [](const details& d) { return key(d) == json{{"j", "v"}}; });
    check_found("details__k__in"_k = {"v", "w"}, [](const details& d) { return key(d) == json("v"); });
    check_found("details__k__in"_k = {1, 3}, [](const details& d) { return key(d) == json(1); });
    check_found("details__k__in"_k = std::vector<json>{},
                [](const details& d) { return static_cast<bool>(d) && false; });
    check_found("details"_k = 1, [](const details& d) { return d == json(1); });
    check_found("details"_k = "k", [](const details& d) { return d == json("k"); });
    // jsonb's order: null < strings < numbers < booleans < arrays < objects; an empty array is before all.
    check_found("details__k__gt"_k = 1, [](const details& d) {
        return key(d) && (key(d)->is_number() ? *key(d) > json(1)
                                              : key(d)->is_boolean() || key(d)->is_object() ||
                                                    (key(d)->is_array() && !key(d)->empty()));
    });
    check_found("details__k__range"_k = std::pair(1, 2), [](const details& d) {
        return key(d) && key(d)->is_number() && *key(d) >= json(1) && *key(d) <= json(2);
    });
}

TEST_CASE_FIXTURE(json_rows, "containment and keys") {
    check_found("details__contains"_k = json{{"k", "v"}},
                [](const details& d) { return d && d->is_object() && key(d) == json("v"); });
    check_found("details__k__contains"_k = json::array({1}),
                [](const details& d) { return at(d, {"k", "0"}) == json(1) && key(d)->is_array(); });
    check_found("details__contained_by"_k = json({{"k", "v"}, {"z", 1}}),
                [](const details& d) { return d == json::object() || d == json{{"k", "v"}}; });
    check_found("details__k__has_key"_k = "j", [](const details& d) { return has(key(d), "j"); });
    check_found("details__has_keys"_k = {"k", "other"},
                [](const details& d) { return has(d, "k") && has(d, "other"); });
    check_found("details__has_any_keys"_k = {"z", "other"},
                [](const details& d) { return has(d, "z") || has(d, "other"); });
    CHECK(Book::objects.filter("details__has_keys"_k = {"k", "v"}).count() == 1);
}

TEST_CASE_FIXTURE(json_rows, "lookups of text look at the text of a value, wildcards meaning themselves") {
    check_found("details__k__startswith"_k = "V%",
                [](const details& d) { return text(key(d)) && text(key(d))->starts_with("V%"); });
    check_found("details__k__iexact"_k = "V", [](const details& d) { return text(key(d)) == "v"; });
    check_found("details__k__icontains"_k = "V", [](const details& d) {
        return text(key(d)) && text(key(d))->find_first_of("vV") != std::string::npos;
    });
    check_found("details__k__regex"_k = "^[0-9.]+$",
                [](const details& d) { return key(d) && key(d)->is_number(); });
    check_found("details__k__endswith"_k = "ue", [](const details& d) { return key(d) == json(true); });
}

TEST_CASE_FIXTURE(json_rows, "values at keys are selected as JSON, and order rows") {
    const auto rows = Book::objects.order_by<"id">().values_list<"details__k">();
    std::size_t i = 0;
    for (const std::optional<json>& value : rows) {
        CAPTURE(i);
        CHECK(value == key(documents[i++]));
    }
    CHECK(Book::objects.filter("details__k__isnull"_k = false).order_by<"-details__k">().first()->title ==
          "9");
}
