// 2. Lazy proxies: with .async() in the chain, slicing, start() and count() put the query on the wire and
// return at once. The program goes on; reading a result blocks only if it is not there yet.
#include "show.hpp"
#include "spelling.hpp"
#include "ways.hpp"

namespace demo {

namespace {

using namespace orm::literals;

// Three questions that keep the server busy. One QuerySet serves both ways.
struct questions {
    orm::queryset<Subdivision> cities =
        Subdivision::objects.filter("name__iregex"_k = "(city|capital|metropol)")
            .order_by<"country__name", "name">();
    orm::queryset<Language> doubled =
        Language::objects.filter("name__iregex"_k = "([aeiou])\\1.*([aeiou])\\2");
    orm::queryset<Subdivision> nested =
        Subdivision::objects.filter("parent__country__name__iregex"_k = "^(.*[aeiou]){4}")
            .exclude("parent__name__icontains"_k = "region");
};

struct answers {
    std::size_t cities = 0;
    std::int64_t doubled = 0, nested = 0;

    friend bool operator==(const answers&, const answers&) = default;
};

std::string text_of(const answers& a) {
    return std::to_string(a.cities) + " cities, " + std::to_string(a.doubled) +
           " languages with two double vowels, " + std::to_string(a.nested) + " places within places";
}

answers ask_blocking(const questions& q) {
    return {q.cities[orm::slice(0, 100)].size(), q.doubled.count(), q.nested.count()};
}

struct outcome {
    answers found{};
    std::vector<std::string> alike{};
    double waited = 0;
};

outcome ask_while_working(const questions& q, const world& iso) {
    const auto cities = q.cities.async()[orm::slice(0, 100)];  // on the wire
    const auto doubled = q.doubled.async().count();            // a lazy integer, on the wire
    const auto nested = q.nested.async().count();

    std::vector<std::string> alike = languages_like_countries(iso);  // the server works meanwhile

    const stopwatch waiting;
    const answers found{cities.size(), doubled, nested};  // waits for what is not there yet
    return {found, std::move(alike), waiting.milliseconds()};
}

}  // namespace

void ask_lazily(const world& iso) {
    chapter("2. Lazy proxies: on the wire while the program does something else");
    const questions q;
    ask_blocking(q);  // the first time the server plans; both ways are measured after that

    question("How long do these three queries keep plain code waiting?");
    show(q.cities.sql());
    show(q.doubled.sql());
    show(q.nested.sql());
    const stopwatch blocking;
    const answers plain = ask_blocking(q);
    const double blocked = blocking.milliseconds();
    answer(text_of(plain), blocked);

    question("And if they are started first, and read after some spelling has been compared?");
    const stopwatch total;
    const outcome lazy = ask_while_working(q, iso);
    answer("languages almost spelled like a country: " + some_of(lazy.alike) + "; and the same answers",
           total.milliseconds());
    answer("the program waited " + in_milliseconds(lazy.waited) + " instead of " + in_milliseconds(blocked) +
           ": " + in_milliseconds(blocked - lazy.waited) + " of database time were hidden behind other work");
    expect(lazy.found == plain, "lazy and plain answers are the same");
}

}  // namespace demo
