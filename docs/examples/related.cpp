// The rows of the other side of a relation: as managers, loaded when they are read, in peers, and the
// detector of queries in loops.
#include "server.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <string>
#include <vector>

using namespace orm::literals;
using orm::testing::assert_num_queries;

namespace {

// [models]
struct Author {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<struct Book, "author"> books{};

    static constexpr orm::manager<Author> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<orm::foreign_key<Author>> author{};
    orm::many_to_many<struct Tag> tags{};
    orm::many_to_many<struct Shop, struct Offer> shops{};

    static constexpr orm::manager<Book> objects{};
};

struct Tag {
    std::string word{};
    orm::related_set<Book, "tags"> books{};

    static constexpr auto meta = orm::meta(orm::primary_key("word"));
    static constexpr orm::manager<Tag> objects{};
};

struct Shop {
    std::int64_t id = 0;
    std::string name{};

    static constexpr orm::manager<Shop> objects{};
};

struct Offer {
    std::int64_t id = 0;
    orm::foreign_key<Book> book{};
    orm::foreign_key<Shop> shop{};
    int price = 0;

    static constexpr auto meta = orm::meta(orm::unique_together("book", "shop"));
    static constexpr orm::manager<Offer> objects{};
};
// [/models]

void check_managers() {
    // [asking]
    Author ursula = Author::objects.create({.name = "Ursula"});
    ursula.books.create({.title = "Tehanu", .pages = 252});
    ursula.books.create({.title = "The Farthest Shore", .pages = 223});

    check(ursula.books.count() == 2);
    check(ursula.books.filter("pages__gt"_k = 240).get().title == "Tehanu");
    check(ursula.books.aggregate(orm::sum<"pages">) == 475);
    check(ursula.books.filter("pages"_k = 223).update("pages"_k = 224) == 1);
    check(Author{.id = ursula.id}.books.exists());  // the key is all that is needed
    // [/asking]

    // [changing]
    Book solaris = Book::objects.create({.title = "Solaris", .pages = 204});
    Book tehanu = ursula.books.get("title"_k = "Tehanu");

    check(ursula.books.add(solaris) == 1);          // a row, a key, several, or a range
    check(ursula.books.add(solaris, tehanu) == 0);  // they are hers already
    check(ursula.books.remove(solaris.id) == 1);    // its author is NULL now
    check(ursula.books.set(std::vector{solaris, tehanu}) == orm::related_changes{.added = 1, .removed = 1});
    check(ursula.books.clear() == 2);
    // [/changing]

    // [links]
    Tag sea = Tag::objects.create({.word = "sea"});
    Tag::objects.create({.word = "dragons"});

    check(tehanu.tags.add(sea, "dragons") == 2);
    check(tehanu.tags.add(sea) == 0);  // linked already
    check(tehanu.tags.create({.word = "magic"}).word == "magic");
    check(sea.books.get().title == "Tehanu");  // the reverse side is a manager, too
    check(tehanu.tags.set("sea") == orm::related_changes{.added = 0, .removed = 2});
    // [/links]

    // [through]
    Shop shop = Shop::objects.create({.name = "Corner Books"});
    check(tehanu.shops.add(shop, orm::through_defaults(Offer{.price = 12})) == 1);
    check(Offer::objects.get("book"_k = tehanu).price == 12);
    // [/through]

    // [made]
    Book known{.id = tehanu.id};
    check(orm::related<&Book::tags>(known).count() == 1);
    // [/made]
}

void check_loading() {
    Author::objects.get().books.set(Book::objects.all().rows());
    // [following]
    Book book = Book::objects.get("title"_k = "Tehanu");
    check(!book.author->loaded());
    check((*book.author)->name == "Ursula");  // asks the database, and keeps the row
    check(book.author->loaded());

    Author author = Author::objects.get();
    for (const Book& each : author.books)  // asks the database, and keeps the rows
        check(each.pages > 0);
    check(author.books.size() == 3 && author.books[0].id > 0);
    author.books.forget();  // the next reader asks anew
    // [/following]

    // [started]
    const std::vector<Book> books = Book::objects.order_by<"id">().rows();
    assert_num_queries(1, [&] {
        auto first = books[0].author->load();
        auto second = books[1].author->load();
        check(first->name == "Ursula" && second->name == "Ursula");
    });
    // [/started]
}

void check_modes() {
    // [peers]
    auto books = Book::objects.fetch_mode(orm::fetch::peers).rows();
    assert_num_queries(2, [&] {  // the authors of all books, and the tags of all books
        for (const Book& book : books) {
            check((*book.author)->name == "Ursula");
            check(book.tags.size() < 4);
        }
    });
    // [/peers]

    // [raise]
    Book strict = *Book::objects.fetch_mode(orm::fetch::raise).first();
    check_throws<orm::relation_not_loaded>([&] { return (*strict.author)->name; });

    orm::set_default_fetch_mode(orm::fetch::peers);  // of QuerySets of this thread that say nothing
    // [/raise]
    orm::set_default_fetch_mode(orm::fetch::one);
}

void check_detector() {
    // [detector]
    std::string report;
    orm::detect_n_plus_one(2, [&](const orm::n_plus_one& found) { report = found.text(); });

    for (const Book& book : Book::objects.all()) check((*book.author)->name == "Ursula");

    check(report.find("the same query ran 3 times for Book.author of the rows of one result") == 0);
    orm::detect_n_plus_one(0);  // off again
    // [/detector]
}

void check_counting() {
    // [counting]
    orm::testing::captured_queries sent;
    Book::objects.filter("pages__gt"_k = 240).count();
    check(sent.size() == 1);
    check(sent.queries()[0].binds == std::vector<std::string>{"240"});
    check(sent.queries()[0].duration.count() > 0);

    assert_num_queries(1, [] { return Book::objects.exists(); });
    check_throws<orm::testing::wrong_number_of_queries>(
        [] { return assert_num_queries(0, [] { return Book::objects.exists(); }); });
    // [/counting]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Author, Book, Tag, Shop, Offer>().get();
        check_managers();
        check_loading();
        check_modes();
        check_detector();
        check_counting();
    });
}
