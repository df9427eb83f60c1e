#include "../query/fixture.hpp"

#include <asynchrormous/observe/spans.hpp>

using namespace library;
using namespace orm::literals;

namespace {

class collected final : public orm::spans {
public:
    using spans::spans;

    std::vector<orm::span> begun{}, ended{};
    bool sampled = true;

private:
    void* begin(const orm::span& span) override {
        begun.push_back(span);
        return sampled ? this : nullptr;
    }
    void end(void* token, const orm::span& span) override {
        CHECK(token == this);
        ended.push_back(span);
    }
};

std::string text_of(const orm::span& span, std::string_view key) {
    const auto* const value = span.find(key);
    return value && value->index() == 0 ? std::get<0>(*value) : "";
}

}  // namespace

TEST_CASE("a span has the names that OpenTelemetry gives them") {
    const test::fresh_schema schema;
    const auto spans = std::make_shared<collected>();
    orm::database db = orm::connect(schema.url(), {.observers = {spans}});
    db.make_current();
    orm::create_tables<Country, Author>().get();
    spans->begun.clear(), spans->ended.clear();
    Author::objects.filter("name"_k = "Ursula").count();
    REQUIRE(spans->begun.size() == 1);
    REQUIRE(spans->ended.size() == 1);
    const std::string database = test::sql_value("SELECT current_database()");
    for (const orm::span& span : {spans->begun[0], spans->ended[0]}) {
        CHECK(span.name == "SELECT " + database);
        CHECK(text_of(span, "db.system.name") == "postgresql");
        CHECK(text_of(span, "db.namespace") == database);
        CHECK(text_of(span, "db.operation.name") == "SELECT");
        CHECK(text_of(span, "db.query.text").starts_with("SELECT COUNT(*)"));
        CHECK_FALSE(text_of(span, "server.address").empty());
        CHECK_FALSE(span.find("error.type"));
        CHECK_FALSE(span.find("db.query.parameter.0"));
    }
    CHECK(spans->ended[0].begun == spans->begun[0].begun);
    CHECK(spans->ended[0].duration.count() > 0);
    CHECK_THROWS_AS(orm::execute("SELECT 'secret' FROM nowhere").get(), orm::programming_error);
    const orm::span& failed = spans->ended.back();
    CHECK(failed.failed);
    CHECK(failed.name == database);
    CHECK(text_of(failed, "error.type") == "42P01");
    CHECK(text_of(failed, "db.response.status_code") == "42P01");
    CHECK(text_of(failed, "db.query.text") == "SELECT ? FROM nowhere");
    CHECK_FALSE(failed.find("db.operation.name"));
    db.close().get();
}

TEST_CASE_FIXTURE(test::library_fixture,
                  "values and rows come when asked for, and nothing for what is not sampled") {
    collected spans({.parameters = true, .rows = true, .transactions = false});
    const orm::observing now(spans);
    orm::atomic([] { Author::objects.filter("name"_k = "Ursula").count(); });
    REQUIRE(spans.ended.size() == 1);
    CHECK(text_of(spans.ended[0], "db.query.parameter.0") == "'Ursula'");
    CHECK(std::get<1>(*spans.ended[0].find("db.response.returned_rows")) == 1);
    spans.sampled = false;
    Author::objects.count();
    CHECK(spans.begun.size() == 2);
    CHECK(spans.ended.size() == 1);
}
