// Plain code: iterate, it blocks.
#include "library.hpp"
#include "server.hpp"

int main() {
    return run_example([](const std::string& url) {
        // [connect]
        orm::database db = orm::connect(url);  // "postgresql://user@host/library"; the thread's default
        orm::create_tables<Author, Book>().get();
        // [/connect]
        orm::drop_tables<Author, Book>().get();
        const library_rows rows = fill_library();

        // [plain]
        // 1. Plain code: iterate, it blocks.
        for (const Book& book : Book::objects.filter("author__name__icontains"_k = "le guin"))
            std::puts(book.title.c_str());
        // [/plain]
        check(titles(Book::objects.filter("author__name__icontains"_k = "le guin")) ==
              "The Farthest Shore, The Tombs of Atuan, A Wizard of Earthsea");

        // [blocking]
        auto long_books = Book::objects.filter("pages__gt"_k = 300);        // nothing is sent yet
        for (const Book& book : long_books) std::puts(book.title.c_str());  // sent here
        check(long_books.size() == 3);                                      // the same rows, no second query
        check(long_books.all().size() == 3);                                // asks again

        std::int64_t n = Book::objects.count();
        std::optional<Book> oldest = Book::objects.order_by<"published">().first();
        Book solaris = Book::objects.get("title"_k = "Solaris");
        // [/blocking]
        check(n == 5 && oldest && oldest->title == "Solaris" && solaris.id == rows.solaris.id);
    });
}
