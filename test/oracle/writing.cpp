// Saving parts of rows, rows that may be there already, and many rows at once: what each gives, and all rows
// as it leaves them.
#include "oracle.hpp"

#include <vector>

using orm::create_defaults, orm::defaults, orm::F, orm::update_fields;

namespace oracle {

namespace {

Book book(std::int64_t key) { return Book::objects.get("pk"_k = key); }

void check_saves() {
    check_write("save one field", [] {
        Book changed = book(12);
        changed.title = "changed";
        changed.pages = -1;
        return Book::objects.save(changed, update_fields<"title">).id;
    });
    check_write("save several fields", [] {
        Book changed = book(12);
        changed.editor = std::nullopt;
        changed.author = 2;
        changed.pages = 7;
        return Book::objects.save(changed, update_fields<"author", "editor">).id;
    });
    check_write("save no field",
                [] { return Tag::objects.save({.id = 2, .name = "x"}, update_fields<>).id; });
    check_write("force an insert",
                [] { return Tag::objects.save({.id = 800, .name = "new"}, orm::force_insert).id; });
    check("force an insert of what is there",
          [] { return Tag::objects.save({.id = 2, .name = "x"}, orm::force_insert).id; });
    check_write("force an update",
                [] { return Tag::objects.save({.id = 2, .name = "x"}, orm::force_update).id; });
    check("force an update of nothing",
          [] { return Tag::objects.save({.id = 800, .name = "x"}, orm::force_update).id; });
    check("save a field of nothing",
          [] { return Tag::objects.save({.id = 800, .name = "x"}, update_fields<"name">).id; });
    check_write("refresh", [] {
        Tag tag = Tag::objects.get("pk"_k = 1);
        Tag::objects.filter("pk"_k = 1).update("name"_k = "other");
        return Tag::objects.refresh(tag);
    });
    check_write("refresh a field", [] {
        Country country = Country::objects.get("pk"_k = "c1");
        Country::objects.filter("pk"_k = "c1").update("name"_k = "other", "founded"_k = 1);
        return Country::objects.refresh<"founded">(country);
    });
    check_write("delete a row", [] { return Review::objects.delete_(Review::objects.get("pk"_k = 3)); });
}

void check_one_or_new() {
    check_write("get or create what is there", [] {
        const auto found = Tag::objects.get_or_create("id"_k = 2, defaults("name"_k = "x"));
        return std::pair(found.row.name, found.created);
    });
    check_write("get or create", [] {
        const auto made = Author::objects.get_or_create("name"_k = "Nobody",
                                                        defaults("rating"_k = 1.5, "country"_k = "c1"));
        return std::pair(made.row, made.created);
    });
    check_write("get or create by a look-up", [] {
        const auto made =
            Author::objects.get_or_create("name__iexact"_k = "nobody", defaults("name"_k = "Nobody"));
        return std::pair(made.row, made.created);
    });
    check_write("get or create several", [] { return Review::objects.get_or_create("score"_k = 3).created; });
    check_write("get or create with a taken key",
                [] { return Tag::objects.get_or_create("name"_k = "x", defaults("id"_k = 2)).created; });
    check_write("update or create what is there", [] {
        const auto found = Author::objects.update_or_create("id"_k = 3, defaults("name"_k = "Renamed"));
        return std::pair(found.row.name, found.created);
    });
    check_write("update or create", [] {
        const auto made = Author::objects.update_or_create("name"_k = "Nobody", defaults("rating"_k = 2.5));
        return std::pair(made.row, made.created);
    });
    check_write("update or create several", [] {
        return Review::objects.update_or_create("score"_k = 3, defaults("text"_k = "")).created;
    });
}

void check_many() {
    check_write("bulk_create", [] {
        std::vector<Author> made;
        for (int n = 0; n < 30; ++n) {
            Author each{.name = "Ünï " + std::to_string(n)};
            if (n % 2 == 0) each.rating = n / 4.0;
            if (n % 3 == 0) each.country = "c1";
            if (n % 5 == 0) each.born = orm::date(1900 + n, 1, 2);
            made.push_back(each);
        }
        return Author::objects.bulk_create(made);
    });
    check_write("bulk_create of arrays", [] {
        std::vector<Book> made;
        for (int n = 0; n < 5; ++n)
            made.push_back({.title = "b" + std::to_string(n),
                            .author = n + 1,
                            .keywords = {"a,b", "", "\"{}", std::to_string(n)}});
        std::vector<std::int64_t> keys;
        for (const Book& each : Book::objects.bulk_create(made)) keys.push_back(each.id);
        return keys;
    });
    check_write("bulk_create of one", [] { return Tag::objects.bulk_create({{.name = "one"}}); });
    check_write("bulk_create of none", [] { return Tag::objects.bulk_create({}); });
    check_write("bulk_create with keys", [] {
        return Tag::objects.bulk_create({{.id = 900, .name = "a"}, {.id = 800, .name = "b"}});
    });
    check_write("bulk_create in batches", [] {
        return Tag::objects.bulk_create({{.name = "a"}, {.name = "b"}, {.name = "c"}}, orm::batch_size(2));
    });
    check("bulk_create of what is there",
          [] { return Tag::objects.bulk_create({{.id = 900, .name = "a"}, {.id = 2, .name = "b"}}); });
    check_write("bulk_create ignoring conflicts", [] {
        Tag::objects.bulk_create({{.id = 900, .name = "a"}, {.id = 2, .name = "b"}}, orm::ignore_conflicts);
        return 0;
    });
    check_write("bulk_update", [] {
        std::vector<Book> all = Book::objects.order_by<"id">().rows();
        for (Book& each : all) {
            each.pages = static_cast<int>(each.id) * 2;
            each.subtitle = each.pages % 3 == 0 ? std::nullopt : std::optional<std::string>(each.title);
            each.title = "not written";
        }
        Book::objects.bulk_update<"pages", "subtitle">(all);
        return 0;
    });
    check_write("bulk_update of keys and arrays", [] {
        std::vector<Book> all = Book::objects.filter("pk__lt"_k = 20).order_by<"id">().rows();
        for (Book& each : all) {
            each.editor = each.id % 2 == 0 ? std::nullopt : std::optional<orm::foreign_key<Author>>(1);
            each.keywords.push_back("ü\",{");
        }
        Book::objects.bulk_update<"editor", "keywords">(all);
        return 0;
    });
    check("in_bulk", [] {
        std::vector<Tag> rows;
        for (const auto& [key, tag] : Tag::objects.in_bulk({3, 1, 4711})) rows.push_back(tag);
        return rows;
    });
    check("in_bulk of a text key", [] {
        std::vector<Country> rows;
        for (const auto& [key, country] : Country::objects.in_bulk<"code">({"c2", "c1", "zz"}))
            rows.push_back(country);
        return rows;
    });
    check("in_bulk of all", [] { return static_cast<std::int64_t>(Tag::objects.in_bulk().size()); });
}

void check_counts() {
    check_write("counts of a delete", [] {
        const orm::deleted_rows gone = Review::objects.filter("score"_k = 3).delete_counted();
        return std::pair(gone.total, gone.of<Review>());
    });
    check_write("counts of what goes along", [] {
        const orm::deleted_rows gone = Book::objects.filter("pages"_k = 25).delete_counted();
        return std::vector<std::int64_t>{gone.total, gone.of<Book>(), gone.of<BookTag>(), gone.of<Review>()};
    });
    check_write("counts of an author with all", [] {
        const orm::deleted_rows gone = Author::objects.filter("pk"_k = 1).delete_counted();
        return std::vector<std::int64_t>{gone.of<Book>(), gone.of<BookTag>(), gone.of<Review>()};
    });
    check_write("counts of none", [] { return Book::objects.none().delete_counted().total; });
}

}  // namespace

void check_writing() {
    begin_topic("writing");
    check_saves();
    check_one_or_new();
    check_many();
    check_counts();
}

}  // namespace oracle
