// The same rows in each run: few different values, so that there are ties, and many NULLs.
#include "oracle.hpp"

#include <array>
#include <chrono>
#include <random>

namespace oracle {

namespace {

constexpr int authors = 40;
constexpr int books = 240;

class dice {
public:
    int below(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }
    bool one_in(int n) { return below(n) == 0; }
    template <class T, std::size_t N>
    const T& one_of(const std::array<T, N>& from) {
        return from[static_cast<std::size_t>(below(static_cast<int>(N)))];
    }

private:
    std::mt19937 random_{20260901};
};

constexpr std::array names{"Ada",
                           "ada",
                           "Ursula K. Le Guin",
                           "Stanisław Lem",
                           "Ørsted",
                           "Zoë",
                           "O'Brien",
                           "李白",
                           "100% Smith",
                           "under_score",
                           "Anna",
                           "anna",
                           "back\\slash",
                           "Ада",
                           "ANNA",
                           "Gabriel García",
                           "",
                           "Émile",
                           "straße",
                           "STRASSE"};
constexpr std::array titles{
    "The Dispossessed", "the dispossessed", "Solaris", "Fiasco",         "50% off",  "snake_case",
    "C:\\dos",          "Übermut",          "übermut", "The \"Quoted\"", "O'Reilly", "",
    "日本の本",         "Naïve Café",       "a.b*c",   "Eden",           "eden",     "EDEN",
    "Solaris (1961)",   " space "};
constexpr std::array words{"sea", "wizard", "moon", "Été", "war", "a b", "NULL", "x,y"};

orm::date day(dice& random) {
    switch (random.below(6)) {
        case 0:
            return orm::date(1960 + random.below(5), 12, 31);
        case 1:
            return orm::date(1960 + random.below(5), 1, 1);
        case 2:
            return orm::date(1964, 2, 29);
        default:
            return orm::date{1960 + random.below(5), 1 + static_cast<unsigned>(random.below(12)),
                             1 + static_cast<unsigned>(random.below(28))};
    }
}

orm::timestamptz moment(dice& random) {
    using namespace std::chrono;
    const sys_days midnight = day(random).to_sys_days();
    switch (random.below(5)) {
        case 0:
            return orm::timestamptz(midnight);
        case 1:
            return orm::timestamptz(midnight + hours(23) + minutes(59) + seconds(59) + microseconds(999999));
        default:
            return orm::timestamptz(midnight + seconds(random.below(86400)) +
                                    milliseconds(random.below(4) * 250));
    }
}

void create_countries() {
    const std::array<Country, 8> all{{{"at", "Österreich", 976},
                                      {"pl", "Polska", 966},
                                      {"us", "United States", 1776},
                                      {"jp", "日本", std::nullopt},
                                      {"dk", "Danmark", std::nullopt},
                                      {"c1", "Congo", 1960},
                                      {"c2", "Congo", 1960},
                                      {"xx", "", std::nullopt}}};
    for (const Country& each : all) Country::objects.create(each);
}

void create_author(dice& random, int before) {
    constexpr std::array codes{"at", "pl", "us", "jp", "c1", "c2"};
    constexpr std::array ratings{0.5, 1.25, 2.0, 3.75, 1e-9, 12345678.5};
    Author made{.name = random.one_of(names)};
    if (!random.one_in(4)) made.born = day(random);
    if (!random.one_in(3)) made.country = random.one_of(codes);
    if (before > 0 && !random.one_in(3)) made.mentor = 1 + random.below(before);
    if (!random.one_in(3)) made.rating = random.one_of(ratings);
    Author::objects.create(made);
}

void create_book(dice& random, int before) {
    Book made{
        .title = random.one_of(titles), .pages = random.below(12) * 25, .price = random.below(40) * 0.25};
    made.author = 1 + random.below(authors - 4);  // the last four wrote nothing
    if (!random.one_in(4)) made.published = day(random);
    if (!random.one_in(3)) made.editor = 1 + random.below(authors);
    if (before > 0 && random.one_in(2)) made.sequel_of = 1 + random.below(before);
    made.binding = static_cast<binding>(random.below(3));
    for (int n = random.below(4); n > 0; --n) made.keywords.emplace_back(random.one_of(words));
    if (random.one_in(2)) {
        std::array<std::uint8_t, 16> octets{};
        octets[0] = static_cast<std::uint8_t>(random.below(4));
        octets[15] = static_cast<std::uint8_t>(random.below(4));
        made.isbn = orm::uuid(octets);
    }
    made.in_print = !random.one_in(3);
    if (!random.one_in(3)) made.stars = static_cast<std::int16_t>(random.below(6));
    if (random.one_in(2)) made.subtitle = random.one_of(titles);
    made.created = moment(random);
    if (random.one_in(2)) made.checked = moment(random);
    Book::objects.create(made);
}

void create_review(dice& random) {
    Review made{.book = 1 + random.below(books / 2), .text = random.one_of(words)};
    if (!random.one_in(4)) made.reviewer = 1 + random.below(authors);
    if (!random.one_in(4)) made.score = random.below(6);
    Review::objects.create(made);
}

}  // namespace

void create_data() {
    orm::create_tables<Country, Author, Book, Tag, BookTag, Review>().get();
    orm::atomic([] {
        dice random;
        create_countries();
        for (int i = 0; i < authors; ++i) create_author(random, i);
        for (int i = 0; i < books; ++i) create_book(random, i);
        for (const char* name : {"classic", "space", "Space", "sea", "größe", "unused"})
            Tag::objects.create({.name = name});
        for (int i = 0; i < 260; ++i)
            BookTag::objects.create({.book = 1 + random.below(books), .tag = 1 + random.below(5)});
        for (int i = 0; i < 300; ++i) create_review(random);
    });
}

}  // namespace oracle
