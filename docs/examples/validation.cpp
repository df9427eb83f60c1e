// What is valid, what is called back, who wrote last, and what is deleted without being gone.
#include "server.hpp"

#include <cctype>
#include <optional>
#include <string_view>
#include <vector>

using namespace orm::literals;

namespace {

// [models]
constexpr bool not_blank(std::string_view text) { return text.find_first_not_of(' ') != text.npos; }

struct even {
    static constexpr std::string_view message = "Sheets have two sides.";
    constexpr bool operator()(int pages) const { return pages % 2 == 0; }
};

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::string email{};

    static constexpr auto meta =
        orm::meta(orm::column<&Author::email>(orm::blank, orm::validators(orm::email)));
    static constexpr orm::manager<Author> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string isbn{};
    std::string title{};
    int pages = 0;
    std::string state = "draft";
    std::optional<int> stars{};
    orm::foreign_key<Author> author{};

    void clean(orm::validation_errors& errors) const {
        if (state == "published" && pages == 0) errors.add("pages", "A published book has pages.");
    }

    static constexpr auto meta = orm::meta(
        orm::column<&Book::isbn>(orm::unique, orm::validators(orm::regex("^[0-9]{3}$", "Three digits."))),
        orm::column<&Book::title>(orm::max_length(20),
                                  orm::validators(orm::validator(not_blank, "Say something."))),
        orm::column<&Book::pages>(orm::validators(orm::max_value(5000), even())),
        orm::column<&Book::state>(orm::choices("draft", "published")),
        orm::column<&Book::stars>(orm::validators(orm::min_value(1), orm::max_value(5))),
        orm::unique_together("author", "title"), orm::check("book_pages", "pages >= 0"));
    static constexpr orm::manager<Book> objects{};
};
// [/models]

void validation() {
    const Author ursula = Author::objects.create({.name = "Ursula"});
    // [validation]
    Book book{.isbn = "12", .title = " ", .pages = -1, .stars = 6, .author = ursula};
    const orm::validation_errors errors = Book::objects.validate(book);
    check(errors["isbn"] == std::vector<std::string>{"Three digits."});
    check(errors["title"] == std::vector<std::string>{"Say something."});
    check(errors.codes("stars") == std::vector<std::string>{"max_value"});
    check(!errors.contains("state") && errors.size() == 4);
    for (const auto& [field, message, code] : errors) check(!field.empty() && !message.empty());
    // [/validation]

    // [full clean]
    try {
        Book::objects.full_clean(book);
    } catch (const orm::validation_error& e) {
        check(e.errors().size() == 4);
    }
    check_throws<orm::validation_error>([&] { return Book::objects.create(book, orm::validated); });
    check(orm::clean_fields(book).contains("pages"));  // no database is asked
    check(!Book::objects.validate(book, orm::exclude_fields<"pages", &Book::stars>).contains("stars"));
    // [/full clean]

    // [database]
    Book::objects.create({.isbn = "123", .title = "Tehanu", .pages = 252, .author = ursula}, orm::validated);
    Book same{.isbn = "123", .title = "Tehanu", .pages = 252, .author = 99};
    check(Book::objects.validate(same)["isbn"].front() == "Book with this Isbn already exists.");
    check(Book::objects.validate(same).codes("author") == std::vector<std::string>{"invalid"});
    same.author = ursula;
    check(Book::objects.validate(same)[orm::non_field_errors].front() ==
          "Book with this Author and Title already exists.");
    // [/database]
}

// [strict]
struct Account {
    std::int64_t id = 0;
    std::string owner{};

    static constexpr auto meta = orm::meta(orm::validate_on_save);
    static constexpr orm::manager<Account> objects{};
};
// [/strict]

void strict() {
    // [strict use]
    check_throws<orm::validation_error>([] { return Account::objects.create({}); });
    check(Account::objects.create({}, orm::unvalidated).owner.empty());
    // [/strict use]
}

// [hooks]
void tidy(struct Member& member);
void announce(const struct Member& member, bool created);

struct Member {
    std::int64_t id = 0;
    std::string email{};

    static void before_delete(const Member& member) {
        if (member.email == "root@example.org") throw std::runtime_error("root stays");
    }

    static constexpr auto hooks = orm::hooks(orm::before_save<&tidy>, orm::after_save<&announce>);
    static constexpr orm::manager<Member> objects{};
};
// [/hooks]

// [hook functions]
std::vector<std::string> announced;

void tidy(Member& member) {
    for (char& c : member.email) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}
void announce(const Member& member, bool created) {
    orm::on_commit(
        [line = (created ? "welcome " : "changed ") + member.email] { announced.push_back(line); });
}
// [/hook functions]

void hooks() {
    // [hooks use]
    Member member = Member::objects.create({.email = "Ada@Example.org"});
    check(member.email == "ada@example.org");
    member = Member::objects.save(member);
    check(announced == std::vector<std::string>{"welcome ada@example.org", "changed ada@example.org"});
    Member root = Member::objects.create({.email = "root@example.org"});
    check_throws<std::runtime_error>([&] { return Member::objects.delete_(root); });
    // [/hooks use]
}

// [stamps]
struct Page {
    std::int64_t id = 0;
    std::string text{};
    int version = 0;
    orm::embedded<orm::timestamps> times{};
    orm::embedded<orm::soft_deletion> deletion{};

    static constexpr auto meta = orm::meta(orm::column<&Page::version>(orm::version));
    static constexpr orm::soft_manager<Page> objects{};
};
// [/stamps]

void versions() {
    // [versions]
    Page page = Page::objects.create({.text = "one"});
    check(page.version == 1);
    Page other = Page::objects.get("pk"_k = page.id);  // somebody else reads it
    page.text = "two";
    page = Page::objects.save(page);
    other.text = "three";
    check_throws<orm::stale_row<Page>>([&] { return Page::objects.save(other); });
    // [/versions]
}

void timestamps() {
    // [timestamps]
    Page page = Page::objects.create({.text = "new"});
    check(page.times.created_at == page.times.updated_at);
    page = Page::objects.save(page, orm::update_fields<"text">);
    check(page.times.updated_at >= page.times.created_at);
    // [/timestamps]
    Page::objects.hard_delete();
}

void soft_deletion() {
    // [soft deletion]
    Page page = Page::objects.create({.text = "old"});
    check(Page::objects.delete_(page) == 1);
    check(Page::objects.count() == 0 && Page::objects.with_deleted().count() == 1);
    check(Page::objects.restore(page) == 1 && Page::objects.count() == 1);
    Page::objects.filter("text"_k = "old").delete_();
    check(Page::objects.only_deleted().hard_delete() == 1);
    // [/soft deletion]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Author, Book, Account, Member, Page>().get();
        validation();
        strict();
        hooks();
        versions();
        timestamps();
        soft_deletion();
    });
}
