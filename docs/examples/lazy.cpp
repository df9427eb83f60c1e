// Lazy proxies: the query is on the wire, and the program does something else.
#include "library.hpp"
#include "server.hpp"

#include <asynchrormous/runtime/hooks.hpp>

#include <chrono>

namespace {
void do_other_things() {}
}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        const library_rows rows = fill_library();
        {
            // [lazy]
            // 2. Lazy proxies: on the wire when [slice] or count() returns; reading the value blocks.
            auto books = Book::objects.filter("pages__gt"_k = 300).async();
            auto top = books.order_by<"-pages">()[orm::slice(0, 10)];
            auto n = books.count();  // lazy<std::int64_t>
            do_other_things();       // the server works meanwhile
            if (n > 1)
                for (const Book& book : top) std::puts(book.title.c_str());
            // [/lazy]
            check(n == 3 && titles(top) == "Summa Technologiae, The Farthest Shore, Solaris");
        }
        {
            // [start]
            auto books = Book::objects.async().filter("pages__gt"_k = 300);  // .async() anywhere in the chain
            auto ordered = books.order_by<"title">();                        // building starts nothing
            check(!ordered.started());
            check(!ordered.limit(2).started());                     // nor do limit() and offset()
            check(ordered[orm::slice(0, 2)].started() != nullptr);  // a slice after .async() does
            check(&ordered.start() == &ordered);                    // start() gives the same QuerySet
            check(ordered.started() != nullptr);
            check(!ordered.all().started());  // all() is to be asked for anew
            // [/start]
            check(ordered.size() == 3);
        }
        {
            // [started fetch]
            auto books = Book::objects.filter("pages__gt"_k = 300).async();
            books.start();
            auto n = books.count();     // no query: answered when the rows are there
            auto first = books[0];      // nor for a row or a slice of them
            auto any = books.exists();  // no query either
            for (const Book& book : books) std::puts(book.title.c_str());  // the rows that were started
            check(n == 3 && any && first->title == "Summa Technologiae");  // ready by now
            // [/started fetch]
            check(n.ready() && any.ready());
        }
        {
            // [reading]
            orm::lazy<std::int64_t> n = Book::objects.async().count();
            orm::lazy<std::optional<Book>> first = Book::objects.async().first();
            orm::lazy<Book> solaris = Book::objects.async().get("title"_k = "Solaris");

            if (n > 1)
                std::printf("%lld books\n", static_cast<long long>(n));  // blocks, if it is not there yet
            if (first) std::puts(first->title.c_str());                  // an optional: -> reaches into it
            std::puts(solaris->title.c_str());
            const Book& book = solaris.get();  // the reference lives as long as the lazy
            Book taken = std::move(solaris).get();
            // [/reading]
            check(n == 5 && first->title == "Summa Technologiae" && taken.pages == 304);
            static_cast<void>(book);
        }
        {
            // [ready]
            auto n = Book::objects.async().count();
            while (!n.wait_for(std::chrono::milliseconds(1))) do_other_things();
            check(n.ready());
            // [/ready]
        }
        {
            // [errors]
            auto missing = Book::objects.async().get("title"_k = "Roadside Picnic");
            do_other_things();
            try {
                std::puts(missing->title.c_str());  // the error waits in the lazy until it is read
            } catch (const orm::does_not_exist<Book>& e) {
                std::puts(e.what());
            }
            // [/errors]
            check_throws<orm::does_not_exist<Book>>([&] { return missing.get(); });
        }
        {
            // [cancel]
            auto n = Book::objects.async().count();
            n.cancel();
            check_throws<orm::operation_cancelled>([&] { return n.get(); });

            auto slow = orm::execute("SELECT pg_sleep(60)");
            auto limited = orm::with_timeout(slow, std::chrono::milliseconds(50));
            check_throws<orm::timeout_error>([&] { return limited.get(); });
            // [/cancel]
        }
        {
            // [hook]
            static int unobserved = 0;
            orm::set_unobserved_error_hook([](std::exception_ptr) noexcept { ++unobserved; });
            static_cast<void>(Author::objects.async().get("name"_k = "nobody"));  // dropped unread
            while (unobserved == 0) orm::sleep_for(std::chrono::milliseconds(1)).get();
            // [/hook]
            check(unobserved == 1);
            orm::set_unobserved_error_hook(nullptr);
        }
        check(Book::objects.get("pk"_k = rows.solaris.id).title == "Solaris");
    });
}
