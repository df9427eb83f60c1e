// JSON that the database makes of columns and values.
#include "function_fixture.hpp"

#include <nlohmann/json.hpp>

using namespace orm;
using namespace orm::literals;
using nlohmann::json;
using test::entries_fixture, test::Entry;

TEST_CASE_FIXTURE(entries_fixture, "JSONObject has names and values, and is never NULL") {
    check(JSONObject("text"_k = F<"text">, "note"_k = F<"note">, "number"_k = F<"number"> + 1),
          [](const Entry& e) {
              json object{{"text", e.text}, {"note", nullptr}, {"number", e.number + 1}};
              if (e.note) object["note"] = *e.note;
              return object;
          });
    static_assert(std::is_same_v<decltype(first(JSONObject("n"_k = F<"note">))), json>);
    CHECK(first(JSONObject("odd \"name\""_k = 1, "yes"_k = true, "half"_k = 0.5, "day"_k = F<"day">)) ==
          json{{"odd \"name\"", 1}, {"yes", true}, {"half", 0.5}, {"day", "2024-08-15"}});
    CHECK(first(JSONObject("long"_k = Q("number__gt"_k = 2), "inner"_k = JSONObject("big"_k = F<"big">))) ==
          json{{"long", true}, {"inner", {{"big", 5'000'000'000}}}});
    CHECK(first(JSONObject()) == json::object());
}

TEST_CASE_FIXTURE(entries_fixture, "JSONArray has its elements in order, NULL among them") {
    check(JSONArray(F<"text">, F<"ratio">, 7, "x"), [](const Entry& e) {
        json array{e.text, nullptr, 7, "x"};
        if (e.ratio) array[1] = *e.ratio;
        return array;
    });
    CHECK(first(JSONArray()) == json::array());
    CHECK(first(JSONArray(JSONArray(1), std::optional<int>())) == json{json{1}, nullptr});
}

TEST_CASE_FIXTURE(entries_fixture, "made JSON is looked into") {
    const auto made = Entry::objects.alias("made"_k = JSONObject("text"_k = F<"text">, "n"_k = F<"number">));
    CHECK(made.filter("made__n"_k = 3).count() == 1);
    CHECK(made.filter("made__has_key"_k = "text").count() == 3);
    CHECK(made.exclude("made__text"_k = "abc").count() == 2);
}
