// W7 as a user of the library writes it.
#include "checksum.hpp"
#include "sides.hpp"

#include <asynchrormous/orm.hpp>

namespace bench {

namespace {

struct Book;

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::string country{};
    orm::related_set<Book, "author"> books{};

    static constexpr orm::manager<Author> objects{};
};

struct Tag {
    std::int64_t id = 0;
    std::string name{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    double price = 0;
    orm::date published{};
    orm::foreign_key<Author> author{};
    std::string isbn{};
    orm::many_to_many<Tag> tags{};
};

class library_loading final : public loading_side {
public:
    explicit library_loading(const std::string& url) : database_(orm::connect(url, {.max_connections = 1})) {}

    std::uint64_t whole_library() override {
        std::uint64_t sum = 0;
        for (const Author& author : Author::objects.prefetch_related<"books__tags">()) {
            sum += digest(author.name) + digest(author.country);
            for (const Book& b : author.books) {
                sum += digest(b.id, b.title, b.pages, b.price, b.published.to_postgres(), b.author.key(),
                              b.isbn);
                for (const Tag& tag : b.tags)
                    sum += static_cast<std::uint64_t>(tag.id) * 3 + digest(tag.name);
            }
        }
        return sum;
    }

private:
    orm::database database_;
};

}  // namespace

std::unique_ptr<loading_side> connect_library_loading(const std::string& url) {
    return std::make_unique<library_loading>(url);
}

}  // namespace bench
