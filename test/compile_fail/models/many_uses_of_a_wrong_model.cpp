// expect: asynchrormous:
#include <asynchrormous/orm.hpp>

using namespace orm::literals;

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int* pages = nullptr;

    static constexpr orm::manager<Book> objects{};
};

void ask() {
    const auto books = Book::objects.filter("title"_k = "x").order_by<"-title">();
    for (const Book& book : books) static_cast<void>(book.title);
    static_cast<void>(books.values_list<"title">().rows());
    static_cast<void>(books.annotate("n"_k = orm::F<"id"> + 1).filter("n__gt"_k = 1).first());
    static_cast<void>(books.count());
    static_cast<void>(Book::objects.update("title"_k = "y"));
    static_cast<void>(Book::objects.create({.title = "z"}));
    static_cast<void>(Book::objects.get("id"_k = 1));
    static_cast<void>(books.delete_());
}
