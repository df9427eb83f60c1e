// full_clean() of rows, compared by fields, codes and messages; and what the validators of texts accept.
#include "oracle.hpp"

#include <algorithm>

namespace oracle {

namespace {

struct Memo {
    std::int64_t id = 0;
    std::string slug{};
    std::string title{};
    std::string mail{};
    std::string link{};
    int words = 0;
    std::string state = "draft";
    std::optional<int> stars{};
    orm::foreign_key<Author> author{};
    std::optional<orm::foreign_key<Tag>> tag{};

    void clean(orm::validation_errors& errors) const {
        if (title == "Clean") errors.add("words", "Not so clean.", "unclean");
        if (title == "Row") errors.add(orm::non_field_errors, "Not this row.", "row");
    }

    static constexpr auto meta =
        orm::meta(orm::column<&Memo::slug>(orm::unique, orm::max_length(8), orm::validators(orm::slug)),
                  orm::column<&Memo::title>(orm::max_length(20), orm::validators(orm::min_length(2))),
                  orm::column<&Memo::mail>(orm::blank, orm::max_length(254), orm::validators(orm::email)),
                  orm::column<&Memo::link>(orm::blank, orm::max_length(200), orm::validators(orm::url)),
                  orm::column<&Memo::words>(orm::validators(orm::min_value(1), orm::max_value(100))),
                  orm::column<&Memo::state>(orm::max_length(10), orm::choices("draft", "published")),
                  orm::column<&Memo::stars>(orm::validators(orm::min_value(1), orm::max_value(5))),
                  orm::unique_together("author", "title"));
    static constexpr orm::manager<Memo> objects{};
};

using texts = std::vector<std::string>;

// "field code: message", in order; what names models and values is left out.
texts errors_of(const Memo& row) {
    texts all;
    for (const auto& [field, message, code] : Memo::objects.validate(row)) {
        const bool named = code == "invalid_choice" || (code == "invalid" && field == "author");
        all.push_back(field + " " + code + ": " + (named ? "" : message));
    }
    std::sort(all.begin(), all.end());
    return all;
}

Memo valid() { return {.slug = "new", .title = "New", .words = 5, .author = 1}; }

template <class F>
void check_row(std::string_view name, F change) {
    check(name, [&] {
        Memo row = valid();
        change(row);
        return errors_of(row);
    });
}

void check_fields() {
    check_row("nothing wrong", [](Memo&) {});
    check_row("blank", [](Memo& row) { row.slug = row.title = row.state = ""; });
    check_row("blank and allowed", [](Memo& row) { row.mail = row.link = ""; });
    check_row("no key", [](Memo& row) { row.author = {}; });
    check_row("too long", [](Memo& row) {
        row.slug = "sluggishly";
        row.title = "ü234567890ü234567890ü";
    });
    check_row("as long as it may be", [](Memo& row) { row.title = "ü234567890ü234567890"; });
    check_row("too short", [](Memo& row) { row.title = "ü"; });
    check_row("no slug, and too long", [](Memo& row) { row.slug = "slugs & ice"; });
    check_row("too small", [](Memo& row) {
        row.words = 0;
        row.stars = 0;
    });
    check_row("too large", [](Memo& row) {
        row.words = 101;
        row.stars = 6;
    });
    check_row("no choice", [](Memo& row) { row.state = "lost"; });
    check_row("no mail, no link", [](Memo& row) { row.mail = row.link = "none"; });
    check_row("clean() of a field", [](Memo& row) { row.title = "Clean"; });
    check_row("clean() of the row", [](Memo& row) { row.title = "Row"; });
}

void check_database() {
    check_row("a slug that is there", [](Memo& row) { row.slug = "first"; });
    check_row("a pair that is there", [](Memo& row) { row.title = "First"; });
    check_row("both", [](Memo& row) {
        row.slug = "first";
        row.title = "First";
    });
    check_row("half of a pair is wrong", [](Memo& row) {
        row.slug = "first";
        row.title = "First";
        row.author = {};
    });
    check_row("the row itself", [](Memo& row) {
        row = Memo::objects.get("slug"_k = "first");
        row.words = 7;
    });
    check_row("another one's slug", [](Memo& row) {
        row = Memo::objects.get("slug"_k = "first");
        row.slug = "second";
    });
    check_row("a key to no row", [](Memo& row) { row.author = 12345678; });
    check_row("what is wrong by clean() is not asked about", [](Memo& row) {
        row.slug = "first";
        row.title = "Clean";
    });
}

template <class V>
std::vector<bool> accepted(const V& check, const texts& all) {
    std::vector<bool> answers;
    for (const std::string& each : all) answers.push_back(check(each));
    return answers;
}
void write_all(std::string_view name, std::vector<bool> answers) {
    check(name, [&] {
        std::string bits;
        for (const bool each : answers) bits += each ? '1' : '0';
        return bits;
    });
}

void check_texts() {
    write_all("mails", accepted(orm::email, {"a@b.co",
                                             "a.b+c@d-e.example",
                                             "\"quoted\"@x.org",
                                             "x@localhost",
                                             "x@[127.0.0.1]",
                                             "x@[::1]",
                                             "ada@exämple.org",
                                             "a",
                                             "@b.co",
                                             "a@",
                                             "a@b",
                                             "a b@c.de",
                                             ".a@b.co",
                                             "a.@b.co",
                                             "a..b@c.de",
                                             "a@-b.co",
                                             "a@b-.co",
                                             "a@b.c",
                                             "a@[999.0.0.1]",
                                             "a@b..co",
                                             "\"@b.co",
                                             "a@b@c.de",
                                             "a@b.123",
                                             "a@b.c-",
                                             "ü@b.co",
                                             "a@B.CO",
                                             "\"a b\"@b.co",
                                             "\"\"@b.co",
                                             "a@b.co ",
                                             "a@b.co\n",
                                             "_@b.co",
                                             "a@b_c.co",
                                             "a@b.co."}));
    write_all("links", accepted(orm::url, {"http://example.com",
                                           "https://example.com/a?b#c",
                                           "ftp://user:word@example.com:8000/",
                                           "http://localhost:80",
                                           "http://127.0.0.1",
                                           "http://[::1]:8000/",
                                           "HTTPS://exämple.org",
                                           "http://example.com.",
                                           "example.com",
                                           "http://",
                                           "gopher://example.com",
                                           "http://example",
                                           "http://a b.com",
                                           "http://example.com:port",
                                           "http://example.com:123456",
                                           "http://-a.com",
                                           "http://a..com",
                                           "http://[::1",
                                           "http://1.2.3",
                                           "http://@example.com",
                                           "http://a:b:c@example.com",
                                           "http://a.b-",
                                           "http://example.com?x",
                                           "http://example.com#x",
                                           "http://user@example.com",
                                           "http://x.12",
                                           "http://xn--a.xn--p1ai",
                                           "http://a_b.com",
                                           "http://example.com/ü",
                                           "http://.com",
                                           "http:///a",
                                           "http://a.b--c.de",
                                           "http://256.0.0.1"}));
    write_all("slugs", accepted(orm::slug, {"a", "A-b_9", "-", "", "a b", "ä", "a\n", "a.b"}));
    write_all("addresses", accepted(orm::ip_address, {"1.2.3.4", "fe80::1", "", "1.2.3", "1.2.3.256", "::g",
                                                      "::ffff:1.2.3.4", "1.2.3.4 ", ":::", "1::2::3"}));
}

}  // namespace

void check_validation() {
    begin_topic("validation");
    orm::create_tables<Memo>().get();
    Memo first = valid();
    first.slug = "first";
    first.title = "First";
    Memo::objects.create(first);
    Memo second = valid();
    second.slug = "second";
    second.title = "Second";
    Memo::objects.create(second);
    check_fields();
    check_database();
    check_texts();
}

}  // namespace oracle
