#include "press_fixture.hpp"

using namespace press;
using orm::validation_errors;
using test::codes;
using test::press_fixture;

TEST_CASE_FIXTURE(press_fixture, "a valid row has no errors, and one statement finds that out") {
    const orm::testing::captured_queries sent;
    CHECK(Article::objects.validate(article()).empty());
    CHECK(sent.size() == 1);
    CHECK_NOTHROW(Article::objects.full_clean(article()));
    const orm::lazy<validation_errors> errors = Article::objects.async().validate(article());
    CHECK(errors.get().empty());
    Article::objects.async().full_clean(article()).get();
    CHECK(sent.size() == 4);
}

TEST_CASE_FIXTURE(press_fixture, "errors come by field, all of them, with Django's messages and codes") {
    const Article wrong{.slug = "no slug at all", .title = "a", .words = -1, .state = "lost", .rating = 7};
    const validation_errors errors = Article::objects.validate(wrong);
    CHECK(errors["slug"] ==
          codes{"Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                "Ensure this value has at most 8 characters (it has 14)."});
    CHECK(errors["title"] ==
          codes{"It begins with a small letter.", "Ensure this value has at least 3 characters (it has 1)."});
    CHECK(errors["words"] ==
          codes{"Ensure this value is greater than or equal to 2.", "This number is odd."});
    CHECK(errors.codes("words") == codes{"min_value", "odd"});
    CHECK(errors.codes("state") == codes{"invalid_choice"});
    CHECK(errors.codes("rating") == codes{"invalid_choice"});
    CHECK(errors.codes("editor") == codes{"null"});
    CHECK(errors.size() == 9);
    CHECK_FALSE(errors.contains("note"));
}

TEST_CASE_FIXTURE(press_fixture,
                  "a value that is chosen is looked at by the validators behind the choices, too") {
    Article row = article();
    row.rating = 0;
    CHECK(Article::objects.validate(row).codes("rating") == codes{"min_value"});
    row.rating = std::nullopt;
    CHECK(Article::objects.validate(row).empty());
    row.words = 1002;
    CHECK(Article::objects.validate(row)["words"] ==
          codes{"Ensure this value is less than or equal to 1000."});
}

TEST_CASE_FIXTURE(press_fixture,
                  "an empty text is refused unless the column may be blank, and validators do not see it") {
    Article row = article();
    row.title = "";
    CHECK(Article::objects.validate(row)["title"] == codes{"This field cannot be blank."});
    row.title = "    ";
    CHECK(Article::objects.validate(row)["title"] ==
          codes{"Blanks are no title.", "It begins with a small letter."});
    CHECK(Editor::objects.validate({.name = "x"}).empty());
    CHECK(Editor::objects.validate({.name = "x", .email = "x"})["email"] ==
          codes{"Enter a valid email address."});
    CHECK(Editor::objects.validate({.name = std::string("\0", 1)}).codes("name") == codes{"invalid"});
    CHECK(Editor::objects.validate({.name = "äöüäöüäöüä"}).empty());  // ten characters
}

TEST_CASE_FIXTURE(press_fixture, "unique columns are asked about, without the row itself") {
    Article there = Article::objects.create(article());
    CHECK(Article::objects.validate(there).empty());
    const validation_errors errors = Article::objects.validate(article());
    CHECK(errors["slug"] == codes{"Article with this Slug already exists."});
    CHECK(errors.codes("slug") == codes{"unique"});
    CHECK(errors[orm::non_field_errors] == codes{"Article with this Editor and Title already exists."});
    CHECK(errors.codes(orm::non_field_errors) == codes{"unique_together"});
    there.id = there.id + 1;  // another row
    CHECK(Article::objects.validate(there).size() == 2);
}

TEST_CASE_FIXTURE(press_fixture,
                  "a key has to lead to a row, a check constraint has to hold, all by one statement") {
    Article row = article();
    row.editor = editor.id + 1;
    row.words = 666;
    const orm::testing::captured_queries sent;
    const validation_errors errors = Article::objects.validate(row);
    CHECK(sent.size() == 1);
    CHECK(errors["editor"] == codes{"Editor with this Id does not exist."});
    CHECK(errors[orm::non_field_errors] == codes{"Constraint “article_words” is violated."});
    row = article();
    row.words = 750;  // generated from it: 1500
    CHECK(Article::objects.validate(row)[orm::non_field_errors] == codes{"Too long."});
    CHECK_THROWS_AS(Article::objects.create(row), orm::check_violation);
}

TEST_CASE_FIXTURE(press_fixture, "the database is not asked about fields that are wrong already") {
    Article::objects.create(article());
    Article row = article();
    row.words = 666 * 2;  // wrong by its validator: no constraint on it is looked at
    row.title = "";
    const validation_errors errors = Article::objects.validate(row);
    CHECK(errors.codes("words") == codes{"max_value"});
    CHECK(errors.codes("slug") == codes{"unique"});
    CHECK(errors.codes("title") == codes{"blank"});
    CHECK(errors.size() == 3);
}

TEST_CASE_FIXTURE(press_fixture, "clean() of the model adds errors of fields and of the row") {
    Article row = article();
    row.words = 4;
    row.state = "published";
    row.note = "wrong";
    const validation_errors errors = orm::clean_fields(row);
    CHECK(errors[orm::non_field_errors] == codes{"A published article has ten words."});
    CHECK(errors.codes("note") == codes{"wrong_note"});
    row.note = "typo";
    CHECK_THROWS_WITH_AS(static_cast<void>(Article::objects.validate(row)), doctest::Contains("\"note_\""),
                         orm::query_error);
}

TEST_CASE_FIXTURE(press_fixture, "excluded fields are not looked at") {
    Article row = article();
    Article::objects.create(row);
    row.title = "";
    CHECK(Article::objects.validate(row, orm::exclude_fields<"title", &Article::slug>).empty());
    CHECK(Article::objects.validate(row, orm::exclude_fields<"title">).size() == 1);
}

TEST_CASE_FIXTURE(press_fixture,
                  "full_clean throws all errors at once, which name model and fields and no values") {
    Article row = article();
    row.state = "secret";
    row.words = 3;
    try {
        Article::objects.full_clean(row);
        FAIL("is valid");
    } catch (const orm::validation_error& why) {
        CHECK(why.errors().size() == 2);
        CHECK(std::string(why.what()) ==
              "Article is not valid: words: This number is odd.; state: Value is not a valid choice.");
    }
}

TEST_CASE_FIXTURE(press_fixture, "save and create validate when asked") {
    Article row = article();
    row.words = 3;
    CHECK_THROWS_AS(Article::objects.create(row, orm::validated), orm::validation_error);
    CHECK_THROWS_AS(static_cast<void>(Article::objects.save(row, orm::validated)), orm::validation_error);
    orm::lazy<Article> later = Article::objects.async().create(row, orm::validated);
    CHECK_THROWS_AS(later.get(), orm::validation_error);
    CHECK(Article::objects.count() == 0);
    row = Article::objects.create(row);
    CHECK_NOTHROW(static_cast<void>(Article::objects.save(row, orm::update_fields<"title">, orm::validated)));
    CHECK_THROWS_AS(
        static_cast<void>(Article::objects.save(row, orm::validated, orm::update_fields<"title", "words">)),
        orm::validation_error);
    row.words = 4;
    CHECK(Article::objects.save(row, orm::validated).id == row.id);
    CHECK(Article::objects.async().save(row, orm::validated).get().id == row.id);
    Article again = row;
    again.slug = "other";
    again.title = "Other";
    CHECK_THROWS_WITH_AS(Article::objects.create(again, orm::validated),
                         doctest::Contains("Article with this Id already exists."), orm::validation_error);
}

TEST_CASE_FIXTURE(press_fixture, "a model may want to be validated whenever it is saved") {
    CHECK_THROWS_AS(Strict::objects.create({}), orm::validation_error);
    CHECK_THROWS_AS(static_cast<void>(Strict::objects.save({})), orm::validation_error);
    CHECK_THROWS_AS(Strict::objects.get_or_create("name"_k = ""), orm::validation_error);
    CHECK_THROWS_AS(Strict::objects.async().save({}).get(), orm::validation_error);
    const Strict one = Strict::objects.create({}, orm::unvalidated);
    CHECK(one.id > 0);
    Strict::objects.create({.name = "one"});
    CHECK_THROWS_AS(Strict::objects.create({.name = "one"}), orm::validation_error);
    CHECK(Strict::objects.get_or_create("name"_k = "two").created);
    CHECK(Strict::objects.delete_(one) == 1);
    CHECK(Strict::objects.bulk_create({{}, {.name = "three"}}).size() == 2);  // as in Django
}

TEST_CASE_FIXTURE(press_fixture, "validation reads in the open transaction") {
    orm::atomic([&] {
        Article::objects.create(article());
        CHECK(Article::objects.validate(article()).size() == 2);
        orm::set_rollback();
    });
    CHECK(Article::objects.validate(article()).empty());
}

TEST_CASE_FIXTURE(press_fixture, "the text that validation asks by") {
    const orm::testing::captured_queries sent;
    CHECK(Article::objects.validate(article(), orm::exclude_fields<"rating", "note">).empty());
    CHECK(Editor::objects.validate(editor, orm::exclude_fields<"email">).empty());
    CHECK(
        sent.queries().at(0).text ==
        R"(SELECT EXISTS (SELECT 1 FROM "editor" WHERE "id" = $1), )"
        R"(EXISTS (SELECT 1 FROM "article" WHERE "slug" = $2), )"
        R"(EXISTS (SELECT 1 FROM "article" WHERE "editor_id" = $3 AND "title" = $4), )"
        R"(COALESCE((words <> 666), TRUE), COALESCE((doubled < 1500), TRUE) )"
        R"(FROM (SELECT *, (words * 2)::integer AS "doubled" FROM (SELECT NULL::bigint AS "id", )"
        R"($5::character varying AS "slug", $6::text AS "title", $7::integer AS "words", $8::text AS "state", )"
        R"($9::integer AS "rating", $10::bigint AS "editor_id", $11::text AS "note") AS "article") AS "article")");
    CHECK(sent.queries().at(1).text ==
          R"(SELECT EXISTS (SELECT 1 FROM "editor" WHERE "name" = $1 AND "id" <> $2))");
}
