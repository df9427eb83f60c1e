// 3. Coroutines: co_await what is needed now, when_all what can travel together.
#include "show.hpp"
#include "ways.hpp"

#include <algorithm>
#include <cmath>

namespace demo {

namespace {

using namespace orm::literals;

struct portrait {
    std::string name{};
    std::int64_t subdivisions = 0;
    std::int64_t nested = 0;
    std::optional<Currency> currency{};
};

// Three questions about one country; as a coroutine they are in flight together.
orm::task<portrait> portrait_of(const Country& country) {
    const auto parts = Subdivision::objects.async().filter("country"_k = country);
    const auto [all, nested, currency] =
        co_await orm::when_all(parts.count(), parts.filter("parent__isnull"_k = false).count(),
                               Currency::objects.async().filter("country"_k = country).first());
    co_return portrait{country.name, all, nested, currency};
}

portrait plain_portrait_of(const Country& country) {
    const auto parts = Subdivision::objects.filter("country"_k = country);
    return {country.name, parts.count(), parts.filter("parent__isnull"_k = false).count(),
            Currency::objects.filter("country"_k = country).first()};
}

orm::task<std::vector<portrait>> portraits_of(const std::vector<Country>& countries) {
    std::vector<orm::task<portrait>> tasks;
    for (const Country& country : countries) tasks.push_back(portrait_of(country));
    co_return co_await orm::when_all(std::move(tasks));
}

std::string text_of(const portrait& p) {
    return p.name + " (" + std::to_string(p.subdivisions) + ", " + std::to_string(p.nested) +
           " of them inside another" + (p.currency ? ", pays in " + p.currency->name : "") + ")";
}

// The transaction follows the coroutine: what other coroutines ask meanwhile is outside of it.
orm::task<> inside_and_outside(const world& iso) {
    question("Who sees the new country: the coroutine in its transaction, or its neighbour?");
    const auto countries = Country::objects.async();
    std::int64_t inside = 0, outside = 0;
    co_await orm::when_all(
        orm::atomic([&]() -> orm::task<> {
            co_await countries.create({.alpha_2 = "XX", .alpha_3 = "XXX", .name = "Utopia"});
            inside = co_await countries.count();
            co_await countries.filter("name"_k = "Utopia").delete_();
        }),
        [&]() -> orm::task<> { outside = co_await countries.count(); }());
    answer(std::to_string(inside) + " countries inside, " + std::to_string(outside) + " outside");
    expect(inside == std::ssize(iso.countries) + 1 && outside == std::ssize(iso.countries),
           "who sees Utopia");
}

double one_after_the_other(const world& iso) {
    question("A portrait of every country, three queries each: how long does plain code take?");
    const stopwatch watch;
    std::int64_t subdivisions = 0;
    for (const Country& country : iso.countries) subdivisions += plain_portrait_of(country).subdivisions;
    const double took = watch.milliseconds();
    answer(std::to_string(3 * iso.countries.size()) + " queries, one after the other", took);
    expect(subdivisions == std::ssize(iso.subdivisions), "each subdivision belongs to one portrait");
    return took;
}

orm::task<> together(const world& iso, double one_after_the_other) {
    question("And with co_await and when_all?");
    const stopwatch watch;
    const std::vector<portrait> portraits = co_await portraits_of(iso.countries);
    const double took = watch.milliseconds();
    answer("all in flight together, " + std::to_string(std::lround(one_after_the_other / took)) +
               " times as fast; most subdivisions has " +
               text_of(std::ranges::max(portraits, {}, &portrait::subdivisions)),
           took);

    std::int64_t subdivisions = 0;
    for (const portrait& p : portraits) subdivisions += p.subdivisions;
    expect(subdivisions == std::ssize(iso.subdivisions), "each subdivision belongs to one portrait");
}

}  // namespace

void ask_with_coroutines(const world& iso) {
    chapter("3. Coroutines: co_await what is needed, when_all what can travel together");
    const double plain = one_after_the_other(iso);
    orm::event_loop::current().run(together(iso, plain));
    orm::event_loop::current().run(inside_and_outside(iso));
}

}  // namespace demo
