// bulk_create() and bulk_update(): many rows by few statements.
#include "oracle.hpp"

#include <asynchrormous/query/bulk.hpp>

namespace oracle {

namespace {

std::vector<Book> some() { return Book::objects.order_by<"pk">().filter("stars"_k = 3).rows(); }

std::vector<Tag> new_tags() { return {{.name = "one"}, {.name = "ü \\ ' %"}, {.name = ""}, {.name = "one"}}; }

Book new_book(const char* title, std::int64_t author) {
    Book made{.title = title, .author = author, .created = orm::timestamptz()};
    return made;
}

}  // namespace

void check_bulk() {
    begin_topic("bulk");
    check_write("create", [] { return Tag::objects.bulk_create(new_tags()); });
    check_write("create one", [] { return Tag::objects.bulk_create({Tag{.name = "alone"}}); });
    check_write("create none", [] { return Tag::objects.bulk_create({}); });
    check_write("create in batches", [] { return Tag::objects.bulk_create(new_tags(), orm::batch_size(2)); });
    check_write("create with keys", [] {
        return Tag::objects.bulk_create({Tag{.id = 90, .name = "a"}, Tag{.id = 80, .name = "b"}});
    });
    check_write("create with text keys", [] {
        return Country::objects.bulk_create({Country{"zz", "Zz", 5}, Country{"yy", "Yy", std::nullopt}});
    });
    check_write("create with all kinds of columns", [] {
        std::vector<Book> rows{new_book("x", 1), new_book("y", 2)};
        rows[0].keywords = {"a,b", "{}", "NULL", "\\"};
        rows[0].stars = std::int16_t{2};
        rows[1].editor = 5;
        rows[1].published = orm::date(1999, 12, 31);
        rows[1].binding = binding::digital;
        return Book::objects.bulk_create(std::move(rows));
    });
    check("create what is there",
          [] { return Tag::objects.bulk_create({Tag{.id = 95, .name = "x"}, Tag{.id = 1, .name = "y"}}); });
    check_write("create, ignoring what is there", [] {
        Tag::objects.bulk_create({Tag{.id = 95, .name = "x"}, Tag{.id = 1, .name = "y"}},
                                 orm::ignore_conflicts);
        return 0;
    });
    check_write("update one column", [] {
        std::vector<Book> rows = some();
        for (Book& each : rows) each.pages += 7;
        Book::objects.bulk_update<"pages">(rows);
        return 0;
    });
    check_write("update several columns", [] {
        std::vector<Book> rows = some();
        for (Book& each : rows) {
            each.title += "!";
            each.stars = std::nullopt;
            each.keywords.push_back("x\"y");
        }
        Book::objects.bulk_update<"title", "stars", "keywords">(rows);
        return 0;
    });
    check_write("update a key", [] {
        std::vector<Book> rows = some();
        for (Book& each : rows) each.editor = each.author.key();
        Book::objects.bulk_update<"editor">(rows);
        return 0;
    });
    check_write("update none", [] {
        Book::objects.bulk_update<"pages">({});
        return 0;
    });
    check_write("update in batches", [] {
        std::vector<Book> rows = some();
        for (Book& each : rows) each.price = static_cast<double>(each.id) / 4;
        Book::objects.bulk_update<"price">(rows, orm::batch_size(5));
        return 0;
    });
}

}  // namespace oracle
