#include "fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <nlohmann/json.hpp>

using namespace library;
using namespace orm::literals;
using orm::batch_size;
using orm::ignore_conflicts;
using orm::unique_fields;
using orm::update_conflicts;
using orm::update_fields;
using orm::testing::captured_queries;
using test::filled_library;
using test::library_fixture;

namespace bulk {

// No arrays: its rows travel as arrays, a column each.
struct Part {
    std::int64_t id = 0;
    std::string code{};
    std::optional<int> size{};
    double weight = 0;
    nlohmann::json notes{};
    std::optional<nlohmann::json> more{};
    orm::timestamptz made{};
    int doubled = 0;

    static constexpr auto meta =
        orm::meta(orm::column<&Part::code>(orm::unique, orm::max_length(20)),
                  orm::column<&Part::made>(orm::db_default("now()")),
                  orm::column<&Part::doubled>(orm::generated("coalesce(size, 0) * 2")));
    static constexpr orm::manager<Part> objects{};
};

// Its key is the database's, and tells nothing about the order in which it was made.
struct Token {
    orm::uuid id{};
    int number = 0;

    static constexpr auto meta =
        orm::meta(orm::column<&Token::id>(orm::primary_key, orm::db_default("gen_random_uuid()")));
    static constexpr orm::manager<Token> objects{};
};

struct part_fixture : library_fixture {
    part_fixture() { orm::create_tables<Part, Token>().get(); }

    static std::vector<Part> parts(int count, int from = 0) {
        std::vector<Part> made;
        for (int i = from; i < from + count; ++i)
            made.push_back({.code = "p" + std::to_string(i),
                            .size = i % 3 == 0 ? std::optional<int>() : i,
                            .weight = i / 2.0,
                            .notes = {{"n", i}},
                            .more = i % 2 == 0 ? std::optional<nlohmann::json>() : nlohmann::json(i)});
        return made;
    }
    // Every row has the key under which the database keeps it.
    static void check_keys(const std::vector<Part>& made) {
        for (const Part& each : made) {
            const Part kept = Part::objects.get("pk"_k = each.id);
            CHECK(kept.code == each.code);
            CHECK(kept.size == each.size);
            CHECK(kept.weight == each.weight);
            CHECK(kept.notes == each.notes);
            CHECK(kept.more == each.more);
            CHECK(kept.made == each.made);
            CHECK(kept.doubled == each.doubled);
        }
    }
};

}  // namespace bulk

using bulk::Part;
using bulk::part_fixture;
using bulk::Token;

TEST_CASE_FIXTURE(part_fixture,
                  "bulk_create brings keys, defaults and generated columns back into its rows") {
    const captured_queries sent;
    const std::vector<Part> made = Part::objects.bulk_create(parts(50));
    CHECK(sent.all().size() == 1);
    REQUIRE(made.size() == 50);
    CHECK(made[4].doubled == 8);
    CHECK(made[4].made > orm::timestamptz());
    check_keys(made);
    CHECK(Part::objects.bulk_create({}).empty());
    const std::vector<Part> one = Part::objects.bulk_create(parts(1, 50));
    check_keys(one);
}

TEST_CASE_FIXTURE(part_fixture,
                  "bulk_create of rows that differ in what they leave to the database is one transaction") {
    std::vector<Part> rows = parts(9);
    rows[2].id = 1000;
    rows[5].id = 999;
    rows[4].made = rows[5].made = *orm::timestamptz::parse("2001-02-03 04:05:06+00");
    const captured_queries sent;
    rows = Part::objects.async().bulk_create(rows);
    CHECK(sent.size() == 4);
    CHECK(sent.all().size() == 6);
    CHECK(rows[2].id == 1000);
    CHECK(rows[5].id == 999);
    check_keys(rows);
    rows = parts(3, 20);
    rows[0].id = 5000;
    rows[2].code = "p1";
    CHECK_THROWS_AS(Part::objects.bulk_create(rows), orm::unique_violation);
    CHECK(Part::objects.count() == 9);
}

TEST_CASE_FIXTURE(part_fixture, "keys that the database makes in no order come back to their rows") {
    std::vector<Token> tokens(200);
    for (int i = 0; i < 200; ++i) tokens[static_cast<std::size_t>(i)].number = i;
    tokens = Token::objects.bulk_create(std::move(tokens));
    for (int i = 0; i < 200; ++i) {
        const Token& each = tokens[static_cast<std::size_t>(i)];
        CHECK(each.number == i);
        CHECK(Token::objects.get("pk"_k = each.id).number == i);
    }
    // keys of their own
    for (Token& each : tokens)
        each.id = orm::uuid("00000000-0000-0000-0000-" + std::to_string(100'000'000'000 + each.number));
    CHECK(Token::objects.bulk_create(tokens).front().id == tokens.front().id);
    CHECK(Token::objects.count() == 400);
}

TEST_CASE_FIXTURE(filled_library, "bulk_create of models with arrays sends them as values") {
    std::vector<Book> books;
    for (int i = 0; i < 1200; ++i)
        books.push_back({.title = "t" + std::to_string(i),
                         .author = ursula,
                         .keywords = {"a,b", "\"", "{" + std::to_string(i)}});
    books[3].keywords.clear();
    books = Book::objects.bulk_create(std::move(books));
    for (const int i : {0, 3, 499, 500, 1199}) {
        const Book& each = books[static_cast<std::size_t>(i)];
        const Book kept = Book::objects.get("pk"_k = each.id);
        CHECK(kept.title == each.title);
        CHECK(kept.keywords == each.keywords);
        CHECK(kept.times.created == each.times.created);
    }
    CHECK_THROWS_WITH_AS(Book::objects.bulk_create({{.title = "a", .author = ursula}, {.title = "b"}}),
                         doctest::Contains("Book.author refers to no row"), orm::query_error);
}

TEST_CASE_FIXTURE(part_fixture, "200,000 rows go in order, batch by batch, as a whole") {
    std::size_t calls = 0, last = 0;
    std::vector<Part> made =
        Part::objects.bulk_create(parts(200'000), orm::progress([&](std::size_t done, std::size_t all) {
                                      ++calls;
                                      last = done;
                                      CHECK(all == 200'000);
                                  }));
    CHECK(calls > 1);
    CHECK(last == 200'000);
    const std::vector<test::text_row> kept = plain().exec("SELECT id, code FROM part ORDER BY id");
    REQUIRE(kept.size() == made.size());
    bool same = true;
    for (std::size_t i = 0; i < made.size(); ++i)
        same = same && kept[i][0] == std::to_string(made[i].id) && kept[i][1] == made[i].code;
    CHECK(same);
    for (Part& each : made) each.weight = -each.weight;
    CHECK(Part::objects.bulk_update<"weight">(made, batch_size(30'000)) == 200'000);
    CHECK(Part::objects.filter("weight__gt"_k = 0).count() == 0);
    std::vector<Part> twice = parts(100'000, 200'000);
    twice.back().code = "p7";
    CHECK_THROWS_AS(Part::objects.bulk_create(twice), orm::unique_violation);
    CHECK(Part::objects.count() == 200'000);
}

TEST_CASE_FIXTURE(part_fixture, "what progress() throws undoes the whole") {
    CHECK_THROWS_AS(Token::objects.bulk_create(std::vector<Token>(50), batch_size(10),
                                               orm::progress([](std::size_t done, std::size_t) {
                                                   if (done >= 30) throw orm::error("enough");
                                               })),
                    orm::error);
    CHECK(Token::objects.count() == 0);
}

TEST_CASE_FIXTURE(filled_library,
                  "ignore_conflicts gives the rows that were inserted, update_conflicts all") {
    const std::vector<Country> inserted = Country::objects.bulk_create({{.code = "us", .name = "again"},
                                                                        {.code = "de", .name = "Germany"},
                                                                        {.code = "fr", .name = "France"}},
                                                                       ignore_conflicts);
    REQUIRE(inserted.size() == 2);
    CHECK(inserted[0].name == "Germany");
    CHECK(Country::objects.get("pk"_k = "us").name == "United States");
    const std::vector<Country> all = Country::objects.async().bulk_create(
        std::vector<Country>{{.code = "us", .name = "USA"}, {.code = "it", .name = "Italy"}},
        update_conflicts, unique_fields<"code">, update_fields<"name">);
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "USA");
    CHECK(Country::objects.get("pk"_k = "us").name == "USA");
    CHECK(Country::objects.get("pk"_k = "it").name == "Italy");
    // arrays: by values, and what is not named stays
    const std::vector<Book> books = Book::objects.bulk_create(
        {{.title = "Solaris", .pages = 1, .author = stanislaw, .keywords = {"new"}}}, update_conflicts,
        unique_fields<"title", "author">, update_fields<"keywords">);
    REQUIRE(books.size() == 1);
    CHECK(books[0].id == solaris.id);
    CHECK(books[0].pages == 204);
    CHECK(books[0].keywords == std::vector<std::string>{"new"});
}

TEST_CASE_FIXTURE(filled_library, "bulk_update sets fields of many rows, NULLs and arrays too") {
    std::vector<Book> books = Book::objects.all().rows();
    for (Book& each : books) {
        each.pages += 1000;
        each.stars = std::nullopt;
        each.title = "not written";
    }
    const captured_queries sent;
    CHECK(Book::objects.bulk_update<"pages", &Book::stars>(books) == 5);
    CHECK(sent.all().size() == 1);
    CHECK(Book::objects.filter("pages__gt"_k = 1000, "stars__isnull"_k = true).count() == 5);
    CHECK_FALSE(Book::objects.filter("title"_k = "not written").exists());
    books[0].keywords = {"x", "y,\"z"};
    books[1].editor = ursula;
    const std::int64_t n = Book::objects.async().bulk_update<"keywords", "editor">(books);
    CHECK(n == 5);
    CHECK(Book::objects.get("pk"_k = books[0].id).keywords == books[0].keywords);
    CHECK(Book::objects.get("pk"_k = books[1].id).editor == ursula);
    books.push_back({.id = 4711, .title = "x", .author = ursula});
    CHECK(Book::objects.bulk_update<"pages">(books) == 5);
    CHECK(Book::objects.bulk_update<"pages">(books, batch_size(2)) == 5);
    CHECK(Book::objects.bulk_update<"pages">({}) == 0);
    CHECK_THROWS_WITH_AS(Book::objects.bulk_update<"pages">({books[0], books[1], books[0]}),
                         doctest::Contains("one key"), orm::query_error);
    CHECK_THROWS_WITH_AS(Book::objects.bulk_update<"pages">({books[0], {.title = "new", .author = ursula}}),
                         doctest::Contains("never saved"), orm::query_error);
}

TEST_CASE_FIXTURE(filled_library, "bulk writes belong to the open transaction") {
    CHECK_THROWS_AS(orm::atomic([&] {
                        Country::objects.bulk_create({{.code = "de"}, {.code = "fr"}}, batch_size(1));
                        CHECK(Country::objects.count() == 4);
                        throw orm::error("back");
                    }),
                    orm::error);
    CHECK(Country::objects.count() == 2);
}
