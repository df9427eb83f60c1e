#include <asynchrormous/observe/redacted.hpp>

#include <doctest/doctest.h>

using orm::redacted;

TEST_CASE("strings and numbers of a text become a question mark") {
    CHECK(redacted("SELECT * FROM t1 WHERE name = 'le guin' AND pages > 300") ==
          "SELECT * FROM t1 WHERE name = ? AND pages > ?");
    CHECK(redacted("'it''s', ''") == "?, ?");
    CHECK(redacted(R"(E'a\'b', e'\\', B'01', x'1F', U&'d\0061t')") == "?, ?, ?, ?, ?");
    CHECK(redacted("$$a 'b' c$$ || $tag$x $$ y$tag$") == "? || ?");
    CHECK(redacted("1.5e-10 + .5 + 0x1F + 1_000 - 7") == "? + ? + ? + ? - ?");
}

TEST_CASE("names and parameters stay, comments go") {
    CHECK(redacted(R"(SELECT "it's 7", a1, _2 FROM "x""9" WHERE id = $1)") ==
          R"(SELECT "it's 7", a1, _2 FROM "x""9" WHERE id = $1)");
    CHECK(redacted("SELECT 1 -- secret\n, a /* or /* another */ one */ + b") == "SELECT ? \n, a  + b");
    CHECK(redacted("") == "");
}

TEST_CASE("what does not end is hidden to its end") {
    CHECK(redacted("SELECT 'secret") == "SELECT ?");
    CHECK(redacted("SELECT E'secret\\'") == "SELECT ?");
    CHECK(redacted("SELECT $x$secret") == "SELECT ?");
    CHECK(redacted("SELECT /* secret") == "SELECT ");
    CHECK(redacted("SELECT $") == "SELECT $");
}

TEST_CASE("only raw SQL is redacted, and only the library's own text names its operation") {
    orm::statement_event own{.text = "SELECT 1", .access = orm::postgres::access::read};
    CHECK(orm::shown_text(own) == "SELECT 1");
    CHECK(orm::operation_name(own) == "SELECT");
    own.text = "WITH x AS (SELECT 1) SELECT 2";
    CHECK(orm::operation_name(own).empty());
    const orm::statement_event raw{.text = "SELECT 1"};
    CHECK(orm::shown_text(raw) == "SELECT ?");
    CHECK(orm::operation_name(raw).empty());
}
