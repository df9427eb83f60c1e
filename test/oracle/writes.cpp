// Each write is rolled back; what it returns and all rows after it are compared.
#include "oracle.hpp"

using orm::F, orm::Q;

namespace oracle {

namespace {

void check_updates() {
    check_write("update", [] { return Book::objects.filter("pages__gt"_k = 200).update("pages"_k = 1); });
    check_write("update several columns", [] {
        return Book::objects.filter("stars"_k = 3)
            .update("title"_k = "ü \\ ' %", "stars"_k = 4, "price"_k = 0.1);
    });
    check_write("update to NULL",
                [] { return Book::objects.filter("stars"_k = 3).update("stars"_k = std::nullopt); });
    check_write("update all", [] { return Author::objects.update("rating"_k = 2.5); });
    check_write("update none", [] { return Book::objects.none().update("pages"_k = 1); });
    check_write("update nothing",
                [] { return Book::objects.filter("pk__in"_k = std::vector<int>{}).update("pages"_k = 1); });
    check_write("update to a column", [] { return Book::objects.update("subtitle"_k = F<"title">); });
    check_write("update a key", [] { return Book::objects.filter("pages"_k = 25).update("editor"_k = 2); });
    check_write("update a key to NULL", [] { return Book::objects.update("editor"_k = std::nullopt); });
    check_write("update a key to an object", [] {
        const Author third = Author::objects.get("pk"_k = 3);
        return Book::objects.filter("pages"_k = 25).update("author"_k = third);
    });
    check_write("update by a related column",
                [] { return Book::objects.filter("editor__name"_k = "Ada").update("pages"_k = 2); });
    check_write("update by two hops", [] {
        return Book::objects.filter("author__country__name"_k = "Congo").update("in_print"_k = false);
    });
    check_write("update excluding",
                [] { return Book::objects.exclude("editor__rating__gt"_k = 1).update("pages"_k = 3); });
    check_write("update by its own kind",
                [] { return Book::objects.filter("sequel_of__stars__gt"_k = 2).update("stars"_k = 0); });
    check_write("update ordered",
                [] { return Book::objects.order_by<"author__name">().update("pages"_k = 5); });
    check_write("update arrays and moments", [] {
        return Book::objects.filter("pk__lt"_k = 9)
            .update("keywords"_k = std::vector<std::string>{"a", "ü\"b,"},
                    "checked"_k = *orm::timestamptz::parse("2001-02-03 04:05:06.7+02"),
                    "published"_k = orm::date(1999, 12, 31));
    });
}

void check_deletes() {
    check_write("delete", [] { return Review::objects.filter("score"_k = 3).delete_(); });
    check_write("delete all", [] { return BookTag::objects.all().delete_(); });
    check_write("delete none", [] { return Book::objects.none().delete_(); });
    check_write("delete what others refer to", [] { return Book::objects.filter("pages"_k = 25).delete_(); });
    check_write("delete excluding", [] { return Review::objects.exclude("score__gt"_k = 1).delete_(); });
    check_write("delete over a hop", [] { return Review::objects.filter("book__stars"_k = 2).delete_(); });
    check_write("delete over a nullable hop",
                [] { return Review::objects.exclude("reviewer__name__icontains"_k = "a").delete_(); });
    check_write("delete an author with all", [] { return Author::objects.filter("pk"_k = 1).delete_(); });
    check_write("delete a text key", [] { return Country::objects.filter("pk"_k = "c1").delete_(); });
}

Book full_book() {
    Book made{.title = "Ünïcode \\ \"'%_", .pages = -7, .price = 0.1};
    made.published = orm::date(1, 1, 1);
    made.author = 3;
    made.editor = 4;
    made.binding = binding::digital;
    made.keywords = {"", "a,b", "{}", "NULL", "\"", "\\"};
    made.isbn = orm::uuid("12345678-9abc-def0-1234-56789abcdef0");
    made.stars = std::int16_t{-32768};
    made.subtitle = "";
    made.created = *orm::timestamptz::parse("1969-12-31 23:59:59.000001+00");
    return made;
}

void check_rows() {
    check_write("create", [] { return Book::objects.create(full_book()); });
    check_write("create with defaults", [] {
        return Book::objects.create({.title = "x", .author = 1, .created = orm::timestamptz()});
    });
    check_write("create with a key", [] { return Tag::objects.create({.id = 77, .name = "日本"}); });
    check_write("create twice", [] {
        Tag::objects.create({.name = "one"});
        return Tag::objects.create({.name = "one"});
    });
    check_write("create with a text key",
                [] { return Country::objects.create({.code = "zz", .name = "Zz"}); });
    check("create what is there", [] { return Tag::objects.create({.id = 1, .name = "again"}); });
    check_write("create with an object", [] {
        const Author made = Author::objects.create({.name = "New"});
        return Book::objects.create({.title = "y", .author = made});
    });
    check_write("save a new one", [] { return Tag::objects.save({.name = "saved"}); });
    check_write("save a changed one", [] {
        Book book = Book::objects.get("pk"_k = 12);
        book.title = "changed";
        book.stars = std::nullopt;
        return Book::objects.save(book);
    });
    check_write("save under a new key", [] { return Tag::objects.save({.id = 99, .name = "ninety-nine"}); });
    check_write("save over another", [] { return Tag::objects.save({.id = 2, .name = "overwritten"}); });
}

// Trap 22: an error inside a transaction, swallowed; and savepoints.
void check_errors() {
    const auto twice = [] { Tag::objects.create({.id = 1, .name = "again"}); };
    const auto swallowed = [](auto change) {
        try {
            change();
        } catch (const orm::unique_violation&) {
        }
    };
    check("an error swallowed, then a question", [&] {
        return orm::atomic([&] {
            swallowed(twice);
            return Tag::objects.count();
        });
    });
    check("an error swallowed, then a write", [&] {
        return orm::atomic([&] {
            swallowed(twice);
            return Tag::objects.update("name"_k = "x");
        });
    });
    check_write("an error in a savepoint", [&] {
        swallowed([&] { orm::atomic(twice); });
        return Tag::objects.filter("pk"_k = 1).update("name"_k = "x");
    });
    check_write("an error after a write in a savepoint", [&] {
        swallowed([&] {
            orm::atomic([&] {
                Tag::objects.update("name"_k = "lost");
                twice();
            });
        });
        return Tag::objects.filter("pk"_k = 1).update("name"_k = "x");
    });
    check_write("an error out of two savepoints", [&] {
        swallowed([&] {
            orm::atomic([&] {
                Tag::objects.update("name"_k = "lost");
                orm::atomic(twice);
            });
        });
        return Tag::objects.count();
    });
    check_write("an error in the second of two savepoints", [&] {
        orm::atomic([] { Tag::objects.update("name"_k = "kept"); });
        swallowed([&] { orm::atomic(twice); });
        return Tag::objects.count();
    });
}

}  // namespace

void check_writes() {
    begin_topic("writes");
    check_updates();
    check_deletes();
    check_rows();
    check_errors();
}

}  // namespace oracle
