// The methods of a QuerySet.
#include "library.hpp"
#include "server.hpp"

#include <tuple>
#include <vector>

namespace {

using strings = std::vector<std::string>;

void building() {
    // [filter]
    auto books = Book::objects.filter("author__country"_k = "us", "pages__lt"_k = 300);    // both hold
    auto others = Book::objects.exclude("author__country"_k = "us", "pages__lt"_k = 300);  // not both hold
    check(books.count() + others.count() == Book::objects.count());
    auto some = books.filter("title__startswith"_k = "The");  // a new QuerySet; books is as it was
    check(some.count() == 1 && books.count() == 2);
    // [/filter]
}

// [run time]
auto search(std::optional<int> least, const std::vector<std::string>& words) {
    orm::queryset<Book> books = Book::objects.all();  // one type, whatever is added
    if (least) books = books.filter("pages__gte"_k = *least);
    orm::Q<Book> any;  // no condition yet
    for (const std::string& word : words) any |= orm::Q<Book>("title__icontains"_k = word);
    return books.filter(any);
}
// [/run time]

void conditions() {
    check(search({}, {}).count() == 5);
    check(search(300, {"shore", "solaris", "tombs"}).count() == 2);
    // [q]
    using orm::Q;
    auto books = Book::objects.filter(Q("pages__lt"_k = 200) || !Q("author__country"_k = "us"),
                                      "published__isnull"_k = false);
    check(titles(books) == "The Tombs of Atuan, Solaris");
    // [/q]
    // [f]
    using orm::F;
    auto same = Book::objects.filter("title"_k = F<"author__name">);  // a column on the right
    auto pages = Book::objects.filter(F<"pages"> > 300);              // on the left, with an operator
    auto checked = Book::objects.filter(F<&Book::author, &Author::name>.icontains("lem"));  // by members
    // [/f]
    check(same.count() == 0 && pages.count() == 3 && checked.count() == 2);
}

void orders_and_slices() {
    // [order]
    check(titles(Book::objects.order_by<"author__country", "-pages">()[orm::slice(0, 2)]) ==
          "Summa Technologiae, Solaris");
    auto by_name = Book::objects.order_by(orm::F<&Book::author, &Author::name>.asc());
    auto reversed = Book::objects.reverse();  // of Meta's ordering
    auto unordered = Book::objects.order_by();
    // [/order]
    check(by_name.rows().front().author.key() == 2);
    check(reversed.rows().front().title == "Solaris");
    check(unordered.sql().text.find("ORDER BY") == std::string::npos);
    // [slice]
    auto books = Book::objects.order_by<"pages">();
    check(titles(books[orm::slice(1, 3)]) == "A Wizard of Earthsea, Solaris");  // LIMIT 2 OFFSET 1
    check(titles(books.offset(1).limit(2)) == titles(books[orm::slice(1, 3)]));
    check(titles(books[orm::slice(1)][orm::slice(0, 1)]) == "A Wizard of Earthsea");  // slices compose
    check(books[0].title == "The Tombs of Atuan");
    check_throws<orm::does_not_exist<Book>>([&] { return books[99]; });
    check_throws<orm::query_error>([&] { return books.limit(3).filter("pages"_k = 1); });
    // [/slice]
    check_throws<orm::query_error>([&] { return books[orm::slice(-1)]; });
    check(books[orm::slice(2, 2)].empty());
}

void columns() {
    // [values]
    for (const auto& row : Book::objects.values<"title", "author__name">())
        std::printf("%s by %s\n", row["title"_k].c_str(), row["author__name"_k].c_str());
    for (const auto& [title, pages] : Book::objects.values_list<"title", "pages">())
        std::printf("%s: %d\n", title.c_str(), pages);
    for (const std::string& title : Book::objects.values_list<"title">()) std::puts(title.c_str());
    check(Book::objects.order_by().values_list<"author">().distinct().count() == 2);
    // [/values]
}

void aggregates() {
    // [aggregates]
    using orm::avg, orm::count, orm::max, orm::sum;
    std::optional<std::int64_t> pages = Book::objects.aggregate(sum<"pages">);
    auto row = Book::objects.aggregate("n"_k = count<>, "authors"_k = count<"author">.distinct(),
                                       "longest"_k = max<"pages">, "mean"_k = avg<"pages">);
    check(pages == 1575 && row["n"_k] == 5 && row["authors"_k] == 2 && row["longest"_k] == 580);
    check(row["mean"_k] == 315.0);
    check(!Book::objects.none().aggregate(sum<"pages">));  // no rows: empty
    // [/aggregates]
}

void answers() {
    // [answers]
    check(Book::objects.filter("pages__gt"_k = 300).exists());
    check(Book::objects.filter("published__isnull"_k = false).latest<"published">().title ==
          "The Farthest Shore");
    check(Book::objects.earliest<"published">().title == "Solaris");
    check(Author::objects.first()->name == "Ursula K. Le Guin");  // unordered: by primary key
    check(!Book::objects.filter("pages"_k = 1).first());          // no row: empty
    check_throws<orm::does_not_exist<Book>>([] { return Book::objects.get("title"_k = "Ubik"); });
    check_throws<orm::multiple_objects_returned<Book>>([] { return Book::objects.get("pages__gt"_k = 1); });
    // [/answers]
    check_throws<orm::object_does_not_exist>([] { return Book::objects.get("title"_k = "Ubik"); });
    check_throws<orm::does_not_exist<Book>>([] { return Book::objects.none().latest<"pages">(); });
}

void text() {
    // [sql]
    const orm::sql_text sql = Author::objects.filter("name__icontains"_k = "guin", "id__in"_k = {1, 2}).sql();
    check(sql.text == R"(SELECT "author"."id", "author"."name", "author"."country" FROM "author" )"
                      R"(WHERE UPPER("author"."name") LIKE UPPER($1) AND "author"."id" = ANY($2))");
    check(sql.binds == strings{"'%guin%'", "ARRAY[1, 2]"});
    // [/sql]
    // [explain]
    std::puts(Book::objects.filter("pages__gt"_k = 300).explain().c_str());
    std::puts(Book::objects.all().explain({.analyze = true, .format = "json"}).c_str());  // runs the query
    // [/explain]
    // [raw]
    std::vector<Author> authors =
        Author::objects.raw("SELECT *, 1 AS extra FROM author WHERE length(name) > $1", 15);
    std::int64_t changed =
        orm::execute("UPDATE author SET country = upper(country) WHERE country = $1", "us").get();
    // [/raw]
    check(authors.size() == 1 && changed == 1);
    check_throws<orm::column_mismatch>([] { return Author::objects.raw("SELECT id FROM author"); });
}

void nulls() {
    // [nulls]
    auto published = Book::objects.exclude("published"_k = std::nullopt);  // NOT (… IS NULL)
    check(published.count() == 4);
    // Summa Technologiae has no date. It is not from 1972, so exclude() keeps it ...
    check(Book::objects.exclude("published__year"_k = 1972).count() == 4);
    check(Book::objects.exclude("published__gt"_k = orm::date(1970, 1, 1)).count() == 3);
    // ... while no comparison finds it.
    check(Book::objects.filter("published__gt"_k = orm::date(1900, 1, 1)).count() == 4);
    // [/nulls]
    // [out of range]
    const std::int64_t huge = std::int64_t{1} << 40;                   // pages is an integer of 32 bits
    check(Book::objects.filter("pages"_k = huge).sql().text.empty());  // no query is sent
    check(Book::objects.filter("pages"_k = huge).count() == 0);
    check(Book::objects.filter("pages__lt"_k = huge).count() == 5);  // … WHERE "pages" IS NOT NULL
    check(Book::objects.filter("pages__in"_k = {huge, std::int64_t{304}}).count() == 1);
    // [/out of range]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        building();
        conditions();
        orders_and_slices();
        columns();
        aggregates();
        answers();
        nulls();
        text();
    });
}
