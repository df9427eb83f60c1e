// Saving parts of rows, conflicts, and many rows at once.
#include "server.hpp"

#include <stdexcept>

using namespace orm::literals;

namespace {

// [models]
struct Shelf {
    std::int64_t id = 0;
    std::string name{};

    static constexpr orm::manager<Shelf> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string isbn{};
    std::string title{};
    int copies = 0;
    int price = 0;
    int worth = 0;
    std::optional<orm::foreign_key<Shelf>> shelf{};

    static constexpr auto meta = orm::meta(orm::column<&Book::isbn>(orm::unique),
                                           orm::column<&Book::worth>(orm::generated("copies * price")),
                                           orm::column<&Book::shelf>(orm::on_delete::protect));
    static constexpr orm::manager<Book> objects{};
};
// [/models]

void one_row() {
    // [one row]
    Book book = Book::objects.create({.isbn = "1", .title = "Tehanu", .copies = 2, .price = 10});
    check(book.id > 0 && book.worth == 20);  // what the database made

    book.title = "Tehanu, annotated";
    book.copies = 0;  // not to be written
    book = Book::objects.save(book, orm::update_fields<"title">);
    book = Book::objects.refresh(book);  // refresh<"copies">(book) reads this column only
    check(book.copies == 2);

    Book again = book;
    check_throws<orm::unique_violation>([&] { return Book::objects.save(again, orm::force_insert); });
    check(Book::objects.delete_(book) == 1);
    check_throws<orm::not_updated<Book>>([&] { return Book::objects.save(again, orm::force_update); });
    // [/one row]
}

void get_or_create() {
    // [get or create]
    auto [book, created] =
        Book::objects.get_or_create("isbn"_k = "2", orm::defaults("title"_k = "Solaris", "price"_k = 8));
    check(created && book.title == "Solaris");
    check(!Book::objects.get_or_create("isbn"_k = "2").created);

    auto lent = [] {
        return Book::objects.update_or_create("isbn"_k = "2",
                                              orm::defaults("copies"_k = orm::F<"copies"> + 1),
                                              orm::create_defaults("copies"_k = 1));
    };
    check(lent().row.copies == 1);
    check(lent().row.copies == 2);
    // [/get or create]
}

void conflicts() {
    // [conflicts]
    using orm::excluded, orm::F;
    const Book more{.isbn = "2", .title = "Solaris, new", .copies = 5};

    std::optional<Book> made = Book::objects.on_conflict<"isbn">().do_nothing().create(more);
    check(!made);  // it was there

    Book kept = Book::objects.on_conflict<"isbn">()
                    .update<"title">("copies"_k = F<"copies"> + excluded<"copies">)
                    .create(more);
    check(kept.title == "Solaris, new" && kept.copies == 7);
    // [/conflicts]
}

void many() {
    // [many]
    std::vector<Book> books;
    for (int n = 10; n < 1000; ++n) books.push_back({.isbn = std::to_string(n), .copies = n});
    books = Book::objects.bulk_create(std::move(books));  // one statement; the keys are in the rows
    check(Book::objects.get("pk"_k = books[7].id).isbn == books[7].isbn);

    for (Book& each : books) each.price = 3;
    check(Book::objects.bulk_update<"price">(books) == 990);

    std::map<std::string, Book> found = Book::objects.in_bulk<"isbn">({"10", "11", "nothing"});
    check(found.size() == 2 && found.at("11").price == 3);
    // [/many]
    // [many options]
    const std::vector<Book> others{{.isbn = "10", .copies = 1}, {.isbn = "new", .copies = 1}};
    check(Book::objects.bulk_create(others, orm::ignore_conflicts).size() == 1);  // what was inserted
    Book::objects.bulk_create(others, orm::update_conflicts, orm::unique_fields<"isbn">,
                              orm::update_fields<"copies">);
    check(Book::objects.get("isbn"_k = "10").copies == 1);

    std::size_t last = 0;
    Book::objects.bulk_update<"title">(books, orm::batch_size(100),
                                       orm::progress([&](std::size_t done, std::size_t) { last = done; }));
    check(last == books.size());
    // [/many options]
}

void deleting() {
    // [deleting]
    Shelf shelf = Shelf::objects.create({.name = "A"});
    Book::objects.filter("isbn"_k = "10").update("shelf"_k = shelf);
    try {
        Shelf::objects.delete_(shelf);
    } catch (const orm::protected_error& e) {
        check(e.referencing_table() == "book");
    }
    Book::objects.filter("shelf__isnull"_k = false).delete_();
    orm::deleted_rows gone = Shelf::objects.delete_counted();
    check(gone.total == 1 && gone.of<Shelf>() == 1);
    // [/deleting]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Shelf, Book>().get();
        one_row();
        get_or_create();
        conflicts();
        many();
        deleting();
    });
}
