#include "server/support.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/composite.hpp>
#include <asynchrormous/query/hstore.hpp>
#include <asynchrormous/schema/tables.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace test;
using namespace orm::literals;
using orm::hstore;

namespace {

enum class mood { sad, fine, happy };

struct Place {
    std::string street{};
    std::int32_t number = 0;
    std::optional<double> height{};
    std::vector<std::int64_t> visits{};

    friend bool operator==(const Place&, const Place&) = default;
};

// Text that differs in nothing but case is the same.
struct citext {
    std::string text{};
};

}  // namespace

template <>
struct orm::database_type<mood> : orm::named<"named types.mood"> {};
template <>
struct orm::database_type<Place> : orm::named<"place"> {};
template <>
struct orm::postgres::codec<citext> {
    static constexpr sql::type type = named<"citext">::text;
    static void encode(const citext& value, std::string& out) { out += value.text; }
    static citext decode(field_view field) { return {std::string(field.bytes())}; }
};

namespace {

struct Person {
    std::int64_t id = 0;
    citext name{};
    mood now = mood::fine;
    std::optional<mood> before{};
    std::vector<mood> all{};
    Place home{};
    std::optional<Place> work{};
    hstore notes{};
    std::optional<hstore> more{};

    static constexpr orm::manager<Person> objects{};
};

// In a schema of the test case, with the extensions: each case has other OIDs.
struct people {
    people() : plain(path.url()), db(orm::connect(path.url())) {
        plain.exec(
            "CREATE EXTENSION hstore; CREATE EXTENSION citext; "
            "DROP SCHEMA IF EXISTS \"named types\" CASCADE; CREATE SCHEMA \"named types\"; "
            "CREATE TYPE place AS (street text, number integer, height double precision, visits bigint[])");
        db.make_current();
        orm::create_tables<Person>().get();
    }
    ~people() {
        db.close().get();
        exec_sql("DROP SCHEMA \"named types\" CASCADE");
    }
    people(const people&) = delete;
    people& operator=(const people&) = delete;

    fresh_schema path;
    plain_connection plain;
    orm::database db;
};

Person somebody() {
    return {.name = {"Ada"},
            .now = mood::happy,
            .before = mood::sad,
            .all = {mood::sad, mood::happy},
            .home = {"Main \"St\", (old)", 7, 1.5, {1, 2}},
            .work = Place{},
            .notes = {{"a", "1"}, {"b", std::nullopt}, {"", "=>"}},
            .more = hstore()};
}

}  // namespace

TEST_CASE_FIXTURE(people, "values of the database's own types come back as they were sent") {
    const Person sent = somebody();
    const Person made = Person::objects.create(sent);
    const Person found = Person::objects.get("id"_k = made.id);
    CHECK(found.name.text == "Ada");
    CHECK(found.now == mood::happy);
    CHECK(found.before == mood::sad);
    CHECK(found.all == sent.all);
    CHECK(found.home == sent.home);
    CHECK(found.work == Place{});
    CHECK(found.notes == sent.notes);
    CHECK(found.more == hstore());
}

TEST_CASE_FIXTURE(people, "what the server is told by its own client is read") {
    plain.exec(
        "INSERT INTO person (name, now, before, \"all\", home, work, notes, more) VALUES ('x', 'sad', NULL, "
        "'{fine,sad}', ROW('s', 2, NULL, '{}'), NULL, 'k=>v, n=>NULL', NULL)");
    const Person found = Person::objects.get();
    CHECK(found.now == mood::sad);
    CHECK(!found.before);
    CHECK(found.all == std::vector{mood::fine, mood::sad});
    CHECK(found.home == Place{"s", 2, {}, {}});
    CHECK(!found.work);
    CHECK(found.notes == hstore{{"k", "v"}, {"n", std::nullopt}});
    CHECK(!found.more);
}

TEST_CASE_FIXTURE(people, "the server prints what was sent") {
    static_cast<void>(Person::objects.create(somebody()));
    const auto row = plain.exec("SELECT now, before, \"all\", home, work, notes FROM person").at(0);
    CHECK(row == text_row{"happy", "sad", "{sad,happy}", "(\"Main \"\"St\"\", (old)\",7,1.5,\"{1,2}\")",
                          "(\"\",0,,{})", "\"\"=>\"=>\", \"a\"=>\"1\", \"b\"=>NULL"});
}

TEST_CASE_FIXTURE(people, "lookups compare by the database's types") {
    const Person ada = Person::objects.create(somebody());
    const auto count = [](const auto&... lookups) { return Person::objects.filter(lookups...).count(); };
    CHECK(count("now"_k = mood::happy) == 1);
    CHECK(count("now__gt"_k = mood::fine) == 1);  // in the order of the labels, not of the alphabet
    CHECK(count("now__lt"_k = mood::fine) == 0);
    CHECK(count("now__in"_k = {mood::fine, mood::happy}) == 1);
    CHECK(count("before__isnull"_k = false) == 1);
    CHECK(count("all__contains"_k = std::vector{mood::sad}) == 1);
    CHECK(count("now__icontains"_k = "APP") == 1);
    CHECK(count("name"_k = citext{"ADA"}) == 1);
    CHECK(count("home"_k = ada.home) == 1);
    CHECK(count("notes"_k = ada.notes) == 1);
    CHECK(count("notes__contains"_k = hstore{{"a", "1"}}) == 1);
    CHECK(count("notes__contained_by"_k = hstore{{"a", "1"}}) == 0);
    CHECK(count("notes__has_key"_k = "b") == 1);
    CHECK(count("notes__has_keys"_k = {"b", "c"}) == 0);
    CHECK(count("notes__has_any_keys"_k = {"b", "c"}) == 1);
}

TEST_CASE_FIXTURE(people, "updates and many rows at once") {
    std::vector<Person> some(3, somebody());
    some[1].now = mood::sad;
    some[2].before.reset();
    some[2].work.reset();
    some = Person::objects.bulk_create(some);
    CHECK(Person::objects.filter("now"_k = mood::happy).count() == 2);
    CHECK(Person::objects.filter("work__isnull"_k = true).count() == 1);
    for (Person& each : some) {
        each.now = mood::fine;
        each.notes = {{"n", std::to_string(each.id)}};
    }
    CHECK(Person::objects.bulk_update<"now", "notes">(some) == 3);
    CHECK(Person::objects.get("id"_k = some[2].id).notes.at("n") == std::to_string(some[2].id));
    CHECK(Person::objects.update("home"_k = Place{"new", 1, {}, {}}, "now"_k = mood::sad) == 3);
    CHECK(Person::objects.filter("home"_k = Place{"new", 1, {}, {}}).count() == 3);
    CHECK(Person::objects.values_list<"now">().order_by<"id">().first() == mood::sad);
}

TEST_CASE_FIXTURE(people, "random stores of texts come back as they were sent") {
    std::mt19937 random(18);
    const auto text = [&random] {
        std::string out;
        for (auto left = random() % 6; left > 0; --left) out += static_cast<char>(' ' + random() % 95);
        return out;
    };
    for (int round = 0; round < 50; ++round) {
        Person one = somebody();
        one.notes = hstore();
        for (auto left = random() % 8; left > 0; --left)
            one.notes.set(text(), random() % 3 == 0 ? std::nullopt : std::optional(text()));
        one.home = {text(), static_cast<int>(random()), 0.5 * static_cast<double>(random() % 1000), {}};
        const Person made = Person::objects.create(one);
        const Person found = Person::objects.get("id"_k = made.id);
        REQUIRE(found.notes == one.notes);
        REQUIRE(found.home == one.home);
    }
}

TEST_CASE_FIXTURE(people, "a composite type that is not its struct says what differs") {
    plain.exec("ALTER TYPE place ADD ATTRIBUTE city text CASCADE");
    plain.exec(
        "INSERT INTO person (name, now, \"all\", home, notes) VALUES ('', 'sad', '{}', ROW('', 1, 2, '{}', "
        "''), '')");
    CHECK_THROWS_WITH_AS(Person::objects.get(),
                         doctest::Contains("has 5 attributes, but its struct 4 members"), orm::decode_error);
    plain.exec("ALTER TYPE place DROP ATTRIBUTE city CASCADE");
    plain.exec("UPDATE person SET home = ROW(NULL, 1, 2, '{}')");
    CHECK_THROWS_WITH_AS(Person::objects.get(), doctest::Contains("member street: NULL"), orm::decode_error);
}

TEST_CASE_FIXTURE(people, "create_tables makes enums that are missing, and leaves those that are there") {
    CHECK(sql_value("SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = "
                    "'\"named types\".mood'::regtype") == "sad,fine,happy");
    orm::drop_tables<Person>().get();
    CHECK_NOTHROW(orm::create_tables<Person>().get());
}

TEST_CASE("malformed bytes of the database's own types are refused") {
    const auto decode = [](std::string_view bytes) {
        return orm::postgres::codec<hstore>::decode({bytes.data(), static_cast<std::int32_t>(bytes.size())});
    };
    std::string bytes;
    orm::postgres::codec<hstore>::encode({{"a", "1"}, {"b", std::nullopt}}, bytes);
    CHECK(decode(bytes).size() == 2);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(decode(std::string_view(bytes).substr(0, size)), orm::decode_error);
    CHECK_THROWS_AS(decode(bytes + '\0'), orm::decode_error);

    using place = orm::postgres::codec<Place>;
    std::string record;
    place::encode({"s", 1, 2.5, {3}}, record);
    for (std::size_t size = 0; size < record.size(); ++size)
        CHECK_THROWS_AS(place::decode({record.data(), static_cast<std::int32_t>(size)}), orm::decode_error);
    record += '\0';
    CHECK_THROWS_AS(place::decode({record.data(), static_cast<std::int32_t>(record.size())}),
                    orm::decode_error);
}
