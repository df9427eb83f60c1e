// Rows one after the other in constant memory, in plain code: iterator().
#include "library.hpp"
#include "server.hpp"

#include <cstdint>
#include <vector>

namespace {

std::int64_t pages_read = 0;

void use(const Book& book) { pages_read += book.pages; }

void rows_one_by_one() {
    // [iterator]
    for (const Book& book : Book::objects.filter("pages__gt"_k = 200).iterator())  // 2000 at a time
        use(book);

    std::int64_t pages = 0;
    for (const auto& [title, n] : Book::objects.values_list<"title", "pages">().iterator(500)) pages += n;
    // [/iterator]
    check(pages_read == 205 + 323 + 304 + 580);
    check(pages == 1575);
}

void related_rows() {
    // [related]
    for (const Book& book : Book::objects.prefetch_related<"author">().iterator(2))
        check(!book.author->name.empty());  // one query for the authors of each chunk
    // [/related]
}

void moved() {
    // [moved]
    std::vector<Book> thick;
    for (Book& book : Book::objects.iterator())
        if (book.pages > 500) thick.push_back(std::move(book));
    // [/moved]
    check(titles(thick) == "Summa Technologiae");
}

void inside_of_a_transaction() {
    // [transaction]
    orm::atomic([] {
        for (const Book& book : Book::objects.select_for_update().iterator(100))
            Book::objects.filter("id"_k = book.id).update("pages"_k = book.pages + 1);  // between the rows
    });
    // [/transaction]
    check(Book::objects.aggregate(orm::sum<"pages">) == 1580);
}

void left_early(const orm::database& db) {
    // [early]
    for (const Book& book : Book::objects.order_by<"pages">().iterator(1)) {
        check(book.title == "The Tombs of Atuan");
        break;  // rolls back and gives the connection back
    }
    // [/early]
    while (db.statistics().owned > 0) check(Book::objects.exists());
}

void failing_in_the_middle() {
    // [error]
    const auto halves = Book::objects.order_by().annotate("n"_k = 1000 / (orm::F<"pages"> - 324));
    try {
        for (const auto& book : halves.iterator(1)) use(book);
    } catch (const orm::data_error& e) {
        check(e.message() == "division by zero");
        check(e.sql().find("FROM \"library_book\"") != std::string::npos);  // FETCH … -- SELECT …
    }
    // [/error]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        fill_library();
        rows_one_by_one();
        related_rows();
        moved();
        inside_of_a_transaction();
        left_early(db);
        failing_in_the_middle();
    });
}
