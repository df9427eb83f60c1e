// 1. Plain code: a QuerySet is iterated, counted, asked for one row; each of these blocks until it is there.
#include "show.hpp"
#include "ways.hpp"

#include <algorithm>
#include <stdexcept>

namespace demo {

namespace {

using namespace orm::literals;
using orm::Q;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

void filter_and_exclude(const world& iso) {
    question("Which countries have a \"land\" in their name, but no \"island\"?");
    const auto lands =
        Country::objects.filter("name__icontains"_k = "land").exclude("name__icontains"_k = "island");
    show(lands.sql());

    const stopwatch watch;
    std::vector<std::string> names;
    for (const Country& country : lands) names.push_back(country.name);
    answer(some_of(names), watch.milliseconds());

    const auto right = [](const Country& c) {
        return has(c.name, "land") && !has(c.name, "island") && !has(c.name, "Island");
    };
    expect(std::ssize(names) == std::ranges::count_if(iso.countries, right), "the number of lands");
    expect(std::ranges::is_sorted(names), "lands come in the order of the model");
}

void across_relations(const world& iso) {
    question("What is there inside the parts of the United Kingdom?");
    const auto inside = Subdivision::objects.filter("parent__country__name__icontains"_k = "united kingdom")
                            .order_by<"-parent__name", "name">();
    show(inside.sql());

    const stopwatch watch;
    std::vector<std::string> names;
    for (const Subdivision& part : inside) names.push_back(part.name);
    answer(some_of(names), watch.milliseconds());

    const auto right = [](const Subdivision& s) { return s.parent && s.country.key() == "GB"; };
    expect(std::ssize(names) == std::ranges::count_if(iso.subdivisions, right), "the parts of the parts");
}

void or_and_not(const world& iso) {
    question("Which regions, or places that are new, lie outside of France?");
    const auto found = Subdivision::objects.filter(
        (Q("type"_k = "Region") || Q("name__startswith"_k = "New ")) && !Q("country__alpha_3"_k = "FRA"));
    show(found.sql());

    const stopwatch watch;
    const std::int64_t count = found.count();
    const auto first = found.order_by<"-name">()[orm::slice(0, 3)];
    answer(std::to_string(count) + ", the last ones are " + first.rows()[0].name + ", " +
               first.rows()[1].name + " and " + first.rows()[2].name,
           watch.milliseconds());

    const auto right = [](const Subdivision& s) {
        return (s.type == "Region" || s.name.starts_with("New ")) && s.country.key() != "FR";
    };
    expect(count == std::ranges::count_if(iso.subdivisions, right), "regions and new places");
}

void exclude_with_nulls(const world& iso) {
    question("How many languages have no two-letter code that begins with \"e\"? (Most have none at all.)");
    const auto others = Language::objects.exclude("alpha_2__startswith"_k = "e");
    show(others.sql());

    const stopwatch watch;
    const std::int64_t count = others.count();
    answer(std::to_string(count), watch.milliseconds());

    const auto wrong = [](const Language& l) { return l.alpha_2 && l.alpha_2->starts_with('e'); };
    expect(count == std::ssize(iso.languages) - std::ranges::count_if(iso.languages, wrong),
           "NULLs are kept");
}

void tuples_and_aggregates(const world& iso) {
    question("Which kinds of subdivisions does Italy know, and how do all currencies' numbers lie?");
    const stopwatch watch;
    const auto kinds =
        Subdivision::objects.filter("country"_k = "IT").order_by<"type">().values_list<"type">().distinct();
    const auto numbers =
        Currency::objects.aggregate("n"_k = orm::count<>, "countries"_k = orm::count<"country">.distinct(),
                                    "lowest"_k = orm::min<"numeric">, "highest"_k = orm::max<"numeric">);
    const auto& [n, countries, lowest, highest] = numbers;
    answer(some_of(kinds.rows()) + "; " + std::to_string(n) + " currencies of " + std::to_string(countries) +
               " countries, from " + std::to_string(lowest.value()) + " to " +
               std::to_string(highest.value()),
           watch.milliseconds());

    expect(n == std::ssize(iso.currencies), "the number of currencies");
    expect(highest == std::ranges::max(iso.currencies, {}, &Currency::numeric).numeric, "the highest number");
}

void one_row() {
    question("Whose is the Swiss Franc, and what is the country XX?");
    const stopwatch watch;
    const Currency franc = Currency::objects.get("name"_k = "Swiss Franc");
    const Country owner = Country::objects.get("pk"_k = franc.country->key());
    expect(owner.name == "Switzerland", "the owner of the Swiss Franc");
    try {
        const Country nowhere = Country::objects.get("alpha_2"_k = "XX");
        expect(false, "there is no country XX, but " + nowhere.name);
    } catch (const orm::does_not_exist<Country>& error) {
        answer("the first is " + owner.name + "'s", watch.milliseconds());
        answer(error.what());
    }
}

void roll_back(const world& iso) {
    question("What if all extinct languages came to life, and Antarctica were gone? (And then, better not.)");
    const auto living = Language::objects.filter("type"_k = language_type::living);
    const std::int64_t before = living.count();
    std::int64_t within = 0;
    try {
        orm::atomic([&] {
            Language::objects.filter("type"_k = language_type::extinct)
                .update("type"_k = language_type::living);
            orm::atomic([] { Country::objects.filter("name"_k = "Antarctica").delete_(); });  // a savepoint
            within = living.count();
            throw std::runtime_error("better not");
        });
    } catch (const std::runtime_error& error) {
        answer(std::to_string(within) + " living languages instead of " + std::to_string(before) +
               " inside the transaction, " + std::to_string(living.count()) + " after \"" + error.what() +
               "\"");
    }
    expect(within > before && living.count() == before, "an exception rolls back");
    expect(Country::objects.count() == std::ssize(iso.countries), "Antarctica is still there");
}

}  // namespace

void ask_plainly(const world& iso) {
    chapter("1. Plain code: iterate, it blocks");
    filter_and_exclude(iso);
    across_relations(iso);
    or_and_not(iso);
    exclude_with_nulls(iso);
    tuples_and_aggregates(iso);
    one_row();
    roll_back(iso);
}

}  // namespace demo
