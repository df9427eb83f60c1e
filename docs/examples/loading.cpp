// Loading related rows ahead: in the same query, or by one query for each relation; and rows with some of
// their columns.
#include "server.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <string>
#include <vector>

using namespace orm::literals;
using orm::Prefetch;
using orm::slice;
using orm::testing::assert_num_queries;

namespace {

struct Author {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<struct Book, "author"> books{};

    static constexpr orm::manager<Author> objects{};
};

struct Tag {
    std::string word{};

    static constexpr auto meta = orm::meta(orm::primary_key("word"));
    static constexpr orm::manager<Tag> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::string body{};
    orm::foreign_key<Author> author{};
    std::optional<orm::foreign_key<Author>> editor{};
    orm::many_to_many<Tag> tags{};

    static constexpr orm::manager<Book> objects{};
};

void fill() {
    const Author ursula = Author::objects.create({.name = "Ursula"}),
                 boris = Author::objects.create({.name = "Boris"});
    const Tag sea = Tag::objects.create({.word = "sea"});
    Book::objects.create({.title = "Tehanu", .pages = 252, .author = ursula, .editor = boris}).tags.add(sea);
    Book::objects.create({.title = "Planet of Exile", .pages = 113, .author = ursula});
    Book::objects.create({.title = "The City of Illusions", .pages = 160, .author = ursula});
    Book::objects.create({.title = "Roadside Picnic", .pages = 200, .author = boris});
}

void in_the_same_query() {
    assert_num_queries(1, [] {
        // [select]
        for (const Book& book : Book::objects.select_related<"author", "editor">()) {
            check(!book.author->name.empty());              // is there: no query
            if (book.editor) check(book.editor->loaded());  // an outer join: the key may be NULL
        }
        // [/select]
    });
}

void afterwards() {
    assert_num_queries(3, [] {
        // [prefetch]
        for (const Author& author : Author::objects.prefetch_related<"books__tags">())  // three queries
            for (const Book& book : author.books)
                for (const Tag& tag : book.tags) check(tag.word == "sea");
        // [/prefetch]
    });
}

void with_querysets_of_their_own() {
    // [own]
    const auto longest_two = Book::objects.order_by<"-pages">().prefetch_related<"tags">()[slice(0, 2)];
    const auto authors = Author::objects.order_by<"id">().prefetch_related(Prefetch<"books">(longest_two));
    check(authors[0].books.size() == 2);  // two of each author's books
    check(authors[0].books[0].title == "Tehanu");
    // [/own]
}

void of_rows_that_are_there() {
    // [objects]
    std::vector<Author> authors = Author::objects.all().rows();
    Author::objects.prefetch_related_objects<"books">(authors);
    check(authors.at(0).books.loaded());
    Author::objects.prefetch_related_objects<"books__tags">(authors);  // asks for the tags only
    // [/objects]
}

void lazily() {
    // [lazy]
    const auto authors = Author::objects.async().prefetch_related<"books__tags">().start();
    const auto books = Book::objects.async().count();  // on its way at the same time
    check(authors.rows().at(0).books.size() == 3);     // there when all levels are
    check(books == 4);
    // [/lazy]
}

void some_columns() {
    // [partial]
    for (const auto& book : Book::objects.only<"title", "author__name">()) {
        check(!book["title"_k].empty());
        check(!book.at<&Book::author, &Author::name>().empty());
        // book["pages"_k] does not compile: it was not loaded
        check(Book::objects.get("pk"_k = book.key()).pages > 0);
    }
    const auto without_body = Book::objects.defer<"body">().order_by<"pages">();
    check(without_body[0]["pages"_k] == 113);
    // [/partial]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Author, Tag, Book>().get();
        fill();
        in_the_same_query();
        afterwards();
        with_querysets_of_their_own();
        of_rows_that_are_there();
        lazily();
        some_columns();
    });
}
