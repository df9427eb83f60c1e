// W7 on libpq alone: three statements, prepared, binary both ways; rows go straight into the structs that
// they belong to, found by a hash table of keys.
#include "books.hpp"
#include "checksum.hpp"
#include "sides.hpp"

#include <libpq-fe.h>

#include <arpa/inet.h>
#include <endian.h>

#include <cstring>
#include <stdexcept>
#include <unordered_map>
#include <vector>

namespace bench {

namespace {

struct plain_tag {
    std::int64_t id;
    std::string name;
};
struct plain_book {
    std::int64_t id;
    std::string title;
    std::int32_t pages;
    double price;
    std::int32_t published;  // days since 2000-01-01
    std::int64_t author;
    std::string isbn;
    std::vector<plain_tag> tags{};
};
struct plain_author {
    std::int64_t id;
    std::string name, country;
    std::vector<plain_book> books{};
};

std::int32_t int4(const PGresult* result, int row, int column) {
    std::uint32_t wire;
    std::memcpy(&wire, PQgetvalue(result, row, column), sizeof wire);
    return static_cast<std::int32_t>(ntohl(wire));
}
std::int64_t int8(const PGresult* result, int row, int column) {
    std::uint64_t wire;
    std::memcpy(&wire, PQgetvalue(result, row, column), sizeof wire);
    return static_cast<std::int64_t>(be64toh(wire));
}
std::string text(const PGresult* result, int row, int column) {
    return {PQgetvalue(result, row, column), static_cast<std::size_t>(PQgetlength(result, row, column))};
}

// bigint[] in PostgreSQL's binary format.
class key_array {
public:
    explicit key_array(std::size_t size) {
        bytes_.reserve(20 + size * 12);
        for (const std::uint32_t word : {1u, 0u, 20u, static_cast<std::uint32_t>(size), 1u}) add(htonl(word));
    }
    void push(std::int64_t key) {
        add(htonl(8));
        add(htobe64(static_cast<std::uint64_t>(key)));
    }
    const std::string& bytes() const { return bytes_; }

private:
    template <class T>
    void add(T word) {
        bytes_.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    std::string bytes_{};
};

class libpq_loading final : public loading_side {
public:
    explicit libpq_loading(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
        prepare("authors", "SELECT id, name, country FROM author");
        prepare("books",
                "SELECT id, title, pages, price, published, author_id, isbn FROM book"
                " WHERE author_id = ANY($1::bigint[])");
        prepare("tags",
                "SELECT t.id, t.name, bt.book_id FROM tag t JOIN book_tags bt ON bt.tag_id = t.id"
                " WHERE bt.book_id = ANY($1::bigint[])");
    }
    ~libpq_loading() override { PQfinish(connection_); }

    std::uint64_t whole_library() override {
        std::uint64_t sum = 0;
        for (const plain_author& author : load()) {
            sum += digest(author.name) + digest(author.country);
            for (const plain_book& b : author.books) {
                sum += digest(b.id, b.title, b.pages, b.price, b.published, b.author, b.isbn);
                for (const plain_tag& tag : b.tags)
                    sum += static_cast<std::uint64_t>(tag.id) * 3 + digest(tag.name);
            }
        }
        return sum;
    }

private:
    std::vector<plain_author> load() {
        std::vector<plain_author> all = load_authors();
        std::unordered_map<std::int64_t, plain_author*> by_key(all.size());
        key_array keys(all.size());
        for (plain_author& author : all) {
            by_key.emplace(author.id, &author);
            keys.push(author.id);
        }
        PGresult* result = ask("books", &keys);
        const int rows = PQntuples(result);
        for (int row = 0; row < rows; ++row)
            by_key.find(int8(result, row, 5))
                ->second->books.push_back({int8(result, row, 0), text(result, row, 1), int4(result, row, 2),
                                           std::bit_cast<double>(int8(result, row, 3)), int4(result, row, 4),
                                           int8(result, row, 5), text(result, row, 6)});
        PQclear(result);
        load_tags(all, static_cast<std::size_t>(rows));
        return all;
    }

    std::vector<plain_author> load_authors() {
        PGresult* result = ask("authors", nullptr);
        std::vector<plain_author> all;
        all.reserve(static_cast<std::size_t>(PQntuples(result)));
        for (int row = 0; row < PQntuples(result); ++row)
            all.push_back({int8(result, row, 0), text(result, row, 1), text(result, row, 2)});
        PQclear(result);
        return all;
    }

    void load_tags(std::vector<plain_author>& all, std::size_t books_read) {
        std::unordered_map<std::int64_t, plain_book*> by_key(books_read);
        key_array keys(books_read);
        for (plain_author& author : all)
            for (plain_book& book : author.books) {
                by_key.emplace(book.id, &book);
                keys.push(book.id);
            }
        PGresult* result = ask("tags", &keys);
        const int rows = PQntuples(result);
        for (int row = 0; row < rows; ++row)
            by_key.find(int8(result, row, 2))
                ->second->tags.push_back({int8(result, row, 0), text(result, row, 1)});
        PQclear(result);
    }

    PGresult* ask(const char* name, const key_array* keys) {
        const char* value = keys ? keys->bytes().data() : nullptr;
        const int size = keys ? static_cast<int>(keys->bytes().size()) : 0, format = 1;
        PGresult* result = PQexecPrepared(connection_, name, keys ? 1 : 0, &value, &size, &format, 1);
        if (PQresultStatus(result) != PGRES_TUPLES_OK) fail();
        return result;
    }

    [[noreturn]] void fail() const { throw std::runtime_error(PQerrorMessage(connection_)); }

    void prepare(const char* name, const char* sql) {
        PGresult* result = PQprepare(connection_, name, sql, 0, nullptr);
        const bool prepared = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        if (!prepared) fail();
    }

    PGconn* connection_;
};

}  // namespace

std::unique_ptr<loading_side> connect_libpq_loading(const std::string& url) {
    return std::make_unique<libpq_loading>(url);
}

}  // namespace bench
