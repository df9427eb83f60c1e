// The spellings of docs/guide/from_django.md for rows: loading, writing, validating, following relations.
#include "server.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace orm;
using namespace orm::literals;

namespace {

struct Book;
struct Shop;
struct Offer;
struct Award;

struct Publisher {
    std::int64_t id = 0;
    std::string name{};

    static constexpr manager<Publisher> objects{};
};

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::optional<foreign_key<Publisher>> publisher{};
    related_set<Book, "author"> books{};
    related_set<Award, "to"> awards{};

    static constexpr manager<Author> objects{};
};

struct Tag {
    std::int64_t id = 0;
    std::string word{};

    static constexpr manager<Tag> objects{};
};

struct Award {
    std::int64_t id = 0;
    foreign_key<Author> to{};

    static constexpr auto meta = orm::meta(column<&Award::to>(on_delete::restrict));
    static constexpr manager<Award> objects{};
};

void f(const Book& book);
void saved(const Book& book, bool created);

struct Book {
    std::int64_t id = 0;
    std::string isbn{};
    std::string slug{};
    std::string title{};
    std::string body{};
    std::string state = "new";
    int pages = 1;
    int version = 0;
    foreign_key<Author> author{};
    std::optional<foreign_key<Author>> editor{};
    many_to_many<Tag> tags{};
    many_to_many<Shop, Offer> shops{};

    void clean(orm::validation_errors& errors) const {
        if (title == isbn) errors.add("title", "A title is no number.");
    }

    static constexpr auto hooks =
        orm::hooks(before_save<&f>, after_save<&saved>, before_delete<&f>, after_delete<&f>);
    static constexpr auto meta = orm::meta(
        column<&Book::isbn>(unique, max_length(13)), column<&Book::slug>(unique), column<&Book::body>(blank),
        column<&Book::state>(choices("new", "used")),
        column<&Book::pages>(validators(min_value(1), max_value(5000))), column<&Book::version>(orm::version),
        column<&Book::editor>(on_delete::protect), orm::check("n", "pages >= 0"));
    static constexpr manager<Book> objects{};
};

void f(const Book&) {}
void saved(const Book&, bool) {}

struct Shop {
    std::int64_t id = 0;
    std::string name{};

    static constexpr manager<Shop> objects{};
};

struct Offer {
    std::int64_t id = 0;
    foreign_key<Book> book{};
    foreign_key<Shop> shop{};
    int price = 0;

    static constexpr manager<Offer> objects{};
};

struct Item {
    std::int64_t id = 0;
    int count = 0;
    int price = 0;
    int total = 0;
    timestamptz made{};
    timestamptz changed{};

    static constexpr auto meta =
        orm::meta(column<&Item::total>(generated("count * price")), column<&Item::made>(auto_now_add),
                  column<&Item::changed>(auto_now));
    static constexpr manager<Item> objects{};
};

struct Page {
    std::int64_t id = 0;
    embedded<timestamps> times{};
    embedded<soft_deletion> deletion{};

    static constexpr soft_manager<Page> objects{};
};

struct Topic {
    std::int64_t id = 0;
    std::optional<foreign_key<Topic>> parent{};

    static constexpr manager<Topic> objects{};
};

template <class QuerySet>
void rows(const QuerySet& some) {
    static_cast<void>(some.rows());
}

Book fill() {
    create_tables<Publisher, Author, Tag, Book, Shop, Offer, Item, Page, Topic, Award>().get();
    const Author ursula =
        Author::objects.create({.name = "Ursula", .publisher = Publisher::objects.create({.name = "Ace"})});
    return Book::objects.create(
        {.isbn = "1", .slug = "tehanu", .title = "Tehanu", .pages = 252, .author = ursula, .editor = ursula});
}

const auto& books = Book::objects;

void loading() {
    rows(books.select_related<"author__publisher">());
    rows(books.select_related<"author">().select_related<>());
    rows(Author::objects.prefetch_related<"books__tags">());
    rows(books.prefetch_related(Prefetch<"editor">(Author::objects.order_by<"name">())));
    std::vector<Author> authors = Author::objects.all().rows();
    Author::objects.prefetch_related_objects<"books">(authors);
    rows(books.only<"title">());
    rows(books.defer<"body">());
    atomic([] {
        rows(books.select_for_update<"self">({.skip_locked = true}));
        rows(books.select_for_update({.nowait = true, .no_key = true}));
        rows(books.select_for_update({.strength = row_lock::share}));
    });
}

void one_row(Book book) {
    check(books.filter("pk"_k = book.id).exists());
    book = books.save(book);
    book = books.save(book, update_fields<"title">);
    book = books.save(book, force_update);
    check_throws<unique_violation>([&] { return books.save(book, force_insert); });
    check_throws<stale_row<Book>>(
        [old = book] { return books.save(books.save(old)).id + books.save(old).id; });
    book = books.refresh(book);
    book = books.refresh<"pages">(book);
    const Author author = *Author::objects.first();
    check_throws<not_updated<Author>>([old = author]() mutable {
        old.id = 99;
        return Author::objects.save(old, force_update);
    });
    const auto made = [&] {
        auto [row, created] = books.get_or_create(
            "isbn"_k = "2", defaults("slug"_k = "x", "title"_k = "X", "author"_k = author));
        return created;
    };
    check(made() && !made());
    static_cast<void>(books.update_or_create(
        "isbn"_k = "2", defaults("pages"_k = 3),
        create_defaults("pages"_k = 2, "slug"_k = "x", "title"_k = "X", "author"_k = author)));
    const Author awarded = Author::objects.create({.name = "Winner"});
    static_cast<void>(Award::objects.create({.to = awarded}));
    check_throws<restricted_error>([&] { return Author::objects.delete_(awarded); });
    const Author editor = Author::objects.create({.name = "Editor"});
    book.editor = editor;
    book = books.save(book);
    check_throws<protected_error>([&] { return Author::objects.delete_(editor); });
    check(books.delete_counted(books.get("isbn"_k = "2")).total == 1);
    check(Item::objects.create({.count = 2, .price = 3}).total == 6);
}

void many_rows(const Author& author) {
    std::vector<Book> some{{.isbn = "3", .slug = "a", .title = "A", .author = author}};
    some = books.bulk_create(some, batch_size(100));
    check(books.bulk_create(some, ignore_conflicts).empty());
    some = books.bulk_create(some, update_conflicts, unique_fields<"isbn">, update_fields<"pages">);
    check(books.bulk_update<"pages">(some) == 1);
    check(books.in_bulk({1, 2}).size() == 1);
    const std::vector<std::string> slugs{"a", "b"};
    check(books.in_bulk<"slug">(slugs).size() == 1);
}

void valid(const Book& book) {
    check(!books.validate(book).contains("title"));
    books.full_clean(book, exclude_fields<"isbn">);
    check(clean_fields(book).empty());
    try {
        books.full_clean(Book{.isbn = "9", .slug = "s", .title = "9", .pages = 0, .author = book.author});
    } catch (const validation_error& e) {
        const validation_errors& errors = e.errors();
        check(!errors["title"].empty() && errors[non_field_errors].empty());
    }
}

void deleted() {
    const Book book =
        books.create({.isbn = "5", .slug = "e", .title = "E", .author = *Author::objects.first()});
    check(books.delete_(book) == 1);
}

void stamped() {
    Page page = Page::objects.create({});
    Page::objects.delete_(page);
    check(Page::objects.restore(page) == 1);
    check(Page::objects.hard_delete() == 1);
    Topic root = Topic::objects.create({});
    Topic::objects.create({.parent = root});
    const auto top = Topic::objects.filter("parent__isnull"_k = true);
    check(top.descendants<"parent">().count() == 1 && top.ancestors<"parent">().count() == 0);
    check(top.descendants_or_self<"parent">().count() == 2);
    check(top.ancestors_or_self<"parent">().count() == 1);
}

void related_rows(Book book) {
    check(book.author->name == "Ursula");
    Author author = *Author::objects.first();
    Book made = author.books.create({.isbn = "4", .slug = "d", .title = "D"});
    check(author.books.add(made) == 0);
    check(book.tags.add(Tag::objects.create({.word = "sea"})) == 1);
    book.tags.remove(Tag::objects.get());
    book.tags.set(Tag::objects.get());
    book.tags.clear();
    check(Offer::objects.count() == 0);
    book.shops.add(Shop::objects.create({.name = "S"}), orm::through_defaults(Offer{.price = 12}));
    rows(books.fetch_mode(orm::fetch::peers));
    set_default_fetch_mode(fetch::one);
    testing::assert_num_queries(1, [] { return books.count(); });
    testing::captured_queries sent;
    check(sent.empty());
}

}  // namespace

int main() {
    return run_example([](const std::string& server) {
        database db = connect(server);
        const Book book = fill();
        loading();
        one_row(book);
        many_rows(*Author::objects.first());
        valid(book);
        deleted();
        stamped();
        related_rows(books.get("isbn"_k = "1"));
    });
}
