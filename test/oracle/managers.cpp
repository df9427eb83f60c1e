// The managers of related members: author.books, book.tags, and the other side of each.
#include "oracle.hpp"

#include <asynchrormous/query/subquery.hpp>

using orm::count, orm::F, orm::Q;

namespace oracle {

namespace {

Author author(std::int64_t pk) { return Author::objects.get("pk"_k = pk); }
Book book(std::int64_t pk) { return Book::objects.get("pk"_k = pk); }
Tag tag(std::int64_t pk) { return Tag::objects.get("pk"_k = pk); }

template <class Rows>
auto keys(const Rows& rows) {
    return rows.template order_by<"pk">().template values_list<"pk">();
}

void check_reverse_sides() {
    const Author third = author(3);
    check("reverse: rows", keys(third.books.all()));
    check("reverse: in the model's order", third.books.all());
    check("reverse: filter", keys(third.books.filter("pages__gt"_k = 100)));
    check("reverse: exclude", keys(third.books.exclude("stars"_k = 3)));
    check("reverse: Q", keys(third.books.filter(Q("stars"_k = 3) || Q("pages__lt"_k = 100))));
    check("reverse: filter over many", keys(third.books.filter("tags__name__icontains"_k = "s")));
    check("reverse: filter back over the key", keys(third.books.filter("author__name__icontains"_k = "a")));
    check("reverse: filter over the key and back", keys(third.books.filter("author__books__stars"_k = 5)));
    check("reverse: exclude over the key and back", keys(third.books.exclude("author__books__stars"_k = 5)));
    check("reverse: ordered", third.books.order_by<"-pages", "pk">());
    check("reverse: sliced", third.books.order_by<"pk">()[orm::slice(1, 4)]);
    check("reverse: values", third.books.order_by<"pk">().values_list<"title", "author__name">());
    check("reverse: annotated", third.books.order_by<"pk">().annotate("n"_k = count<"tags">));
    check("reverse: grouped",
          third.books.order_by<"stars">().values_list<"stars">().annotate("n"_k = count<>));
    check("reverse: distinct", third.books.order_by<"stars">().values_list<"stars">().distinct());
    check("reverse: count", [&] { return third.books.count(); });
    check("reverse: exists", [&] { return third.books.filter("stars"_k = 5).exists(); });
    check("reverse: first", [&] { return third.books.first(); });
    check("reverse: last", [&] { return third.books.last(); });
    check("reverse: get nothing", [&] { return third.books.get("pk"_k = 100000); });
    check("reverse: latest", [&] { return third.books.latest<"pages", "pk">(); });
    check("reverse: aggregate", [&] { return third.books.aggregate(orm::sum<"pages">); });
    check("reverse: dates", third.books.dates<"published">(orm::date_part::year));
    check("reverse: in a lookup", keys(Review::objects.filter("book__in"_k = keys(third.books.all()))));
    check("reverse: union",
          keys(third.books.all()).order_by().union_(keys(author(4).books.all()).order_by()));
    check("reverse of a nullable key", keys(author(7).edited.all()));
    check("reverse to itself", keys(author(1).students.all()));
    check("reverse of a text key", keys(Country::objects.get("pk"_k = "us").authors.all()));
    check("reverse: none there", keys(author(40).books.all()));
    check("reverse of a row that was not asked for", keys(Author{.id = 3}.books.all()));
}

void check_changes_of_reverse_sides() {
    check_write("reverse: create",
                [] { return author(3).books.create({.title = "new", .created = orm::timestamptz()}); });
    check_write("reverse: add a row", [] {
        author(3).books.add(book(20));
        return 0;
    });
    check_write("reverse: add rows", [] {
        author(7).edited.add(book(20), book(21));
        return 0;
    });
    check_write("reverse: remove", [] {
        const Author seventh = author(7);
        seventh.edited.remove(*seventh.edited.order_by<"pk">().first());
        return 0;
    });
    check_write("reverse: clear", [] {
        author(7).edited.clear();
        return 0;
    });
    check_write("reverse: set", [] {
        author(7).edited.set(book(20), book(21));
        return 0;
    });
    check_write("reverse: set to some that are there", [] {
        const Author seventh = author(7);
        seventh.edited.set(*seventh.edited.order_by<"pk">().first(), book(21));
        return 0;
    });
    check_write("reverse: set to nothing", [] {
        author(7).edited.set(std::vector<Book>{});
        return 0;
    });
    check_write("reverse: update", [] { return author(3).books.update("pages"_k = 1); });
    check_write("reverse: update filtered",
                [] { return author(3).books.filter("stars"_k = 3).update("pages"_k = 1); });
    check_write("reverse: delete", [] { return author(3).reviews.filter("score"_k = 3).delete_(); });
    check_write("reverse: delete all", [] { return author(3).reviews.all().delete_(); });
}

void check_many_to_many() {
    const Book seventh = book(7);
    const Tag second = tag(2);
    check("many: rows", seventh.tags.order_by<"pk">());
    check("many: filter", seventh.tags.filter("name__icontains"_k = "a").order_by<"pk">());
    check("many: exclude", seventh.tags.exclude("name__icontains"_k = "a").order_by<"pk">());
    check("many: count", [&] { return seventh.tags.count(); });
    check("many: exists", [&] { return seventh.tags.filter("name"_k = "sea").exists(); });
    check("many: distinct", seventh.tags.order_by<"pk">().distinct());
    check("many: values", seventh.tags.order_by<"-pk">().values_list<"name">());
    check("many: the other side", keys(second.books.all()));
    check("many: the other side, filtered", keys(second.books.filter("stars__gt"_k = 2)));
    check("many: the other side, over a relation", keys(second.books.filter("author__name"_k = "Ada")));
    check("many: the other side, aggregated", [&] { return second.books.aggregate(orm::avg<"pages">); });
    check("many: the table between", keys(seventh.book_tags.all()));
    check("many: none there", keys(tag(6).books.all()));
}

// Trap 25.
void check_sticky() {
    const Tag second = tag(2);
    const Book seventh = book(7);
    check("sticky: filter back", keys(second.books.filter("tags__name"_k = "classic")));
    check("sticky: filter back, all before", keys(second.books.all().filter("tags__name"_k = "classic")));
    check("sticky: filter back, filtered before",
          keys(second.books.filter("pages__gte"_k = 0).filter("tags__name"_k = "classic")));
    check("sticky: filter back by its own", keys(second.books.filter("tags__name"_k = "space")));
    check("sticky: exclude back", keys(second.books.exclude("tags__name"_k = "classic")));
    check("sticky: filter back by the key", keys(second.books.filter("tags"_k = 1)));
    check("sticky: the other way", keys(seventh.tags.filter("books__pages__gt"_k = 250)));
    check("sticky: count back", second.books.order_by<"pk">().values_list<"pk">("n"_k = count<"tags">));
}

void check_changes_of_many_to_many() {
    check_write("many: add", [] {
        book(7).tags.add(tag(6));
        return 0;
    });
    check_write("many: add what is there", [] {
        const Book seventh = book(7);
        seventh.tags.add(tag(6));
        seventh.tags.add(tag(6));
        return 0;
    });
    check_write("many: add keys", [] {
        book(100).tags.add(5, 6);
        return 0;
    });
    check_write("many: remove", [] {
        book(102).tags.remove(tag(1), tag(2));
        return 0;
    });
    check_write("many: remove what is not there", [] {
        book(102).tags.remove(tag(6));
        return 0;
    });
    check_write("many: clear", [] {
        book(102).tags.clear();
        return 0;
    });
    check_write("many: set", [] {
        book(102).tags.set(tag(1), tag(6));
        return 0;
    });
    check_write("many: set to nothing", [] {
        book(102).tags.set(std::vector<Tag>{});
        return 0;
    });
    check_write("many: create", [] { return book(7).tags.create({.name = "made"}); });
    check_write("many: create on the other side", [] {
        return tag(6).books.create({.title = "made", .author = 3, .created = orm::timestamptz()});
    });
    check_write("many: add on the other side", [] {
        tag(6).books.add(book(3), book(4));
        return 0;
    });
    check_write("many: update", [] { return tag(2).books.update("pages"_k = 3); });
    check_write("many: delete", [] { return book(102).tags.filter("name"_k = "classic").delete_(); });
}

}  // namespace

void check_managers() {
    begin_topic("managers");
    check_reverse_sides();
    check_changes_of_reverse_sides();
    check_many_to_many();
    check_sticky();
    check_changes_of_many_to_many();
}

}  // namespace oracle
