// create, save, update and delete_: what each sends and gives back.
#include "server.hpp"

using namespace orm::literals;

namespace {

// [models]
struct Reader {
    std::int64_t id = 0;
    std::string name{};
    int loans = 0;
    orm::timestamptz joined{};

    static constexpr auto meta = orm::meta(orm::column<&Reader::joined>(orm::db_default("now()")));
    static constexpr orm::manager<Reader> objects{};
};

struct Loan {
    std::int64_t id = 0;
    orm::foreign_key<Reader> reader{};
    std::string title{};

    static constexpr orm::manager<Loan> objects{};
};
// [/models]

void create() {
    // [create]
    Reader reader = Reader::objects.create({.name = "Ada", .loans = 2});
    check(reader.id > 0 &&
          reader.joined > orm::timestamptz());  // filled in by the database: RETURNING id, joined
    check(Reader::objects.get("name"_k = "Ada").joined == reader.joined);

    Reader known = Reader::objects.create({.id = 77, .name = "Grace"});  // a key of your own
    check(known.id == 77);
    check_throws<orm::unique_violation>([] { return Reader::objects.create({.id = 77, .name = "Alan"}); });
    check_throws<orm::query_error>([] { return Loan::objects.create({.title = "whose?"}); });  // a key of 0
    // [/create]
}

void save() {
    // [save]
    Reader reader = Reader::objects.save({.name = "Edsger"});  // no key yet: INSERT
    reader.loans = 3;
    reader = Reader::objects.save(reader);  // a key: INSERT … ON CONFLICT (id) DO UPDATE, all columns
    check(Reader::objects.filter("name"_k = "Edsger").count() == 1);
    check(Reader::objects.get("pk"_k = reader.id).loans == 3);
    // [/save]
    // [save default]
    Reader part{.id = reader.id, .loans = 4};  // not the whole row ...
    part = Reader::objects.save(part, orm::update_fields<"loans">);
    check(Reader::objects.get("pk"_k = reader.id).name == "Edsger");  // ... so the rest is left alone
    // [/save default]
    check(Reader::objects.get("pk"_k = reader.id).loans == 4);
    Reader::objects.filter("pk"_k = reader.id).delete_();
}

void update() {
    // [update]
    std::int64_t matched =
        Reader::objects.filter("loans__lt"_k = 2).update("loans"_k = 1, "name"_k = "Hopper");
    check(matched == 1);
    check(Reader::objects.update("loans"_k = orm::F<"id">) == 2);  // to another column of the same row
    check_throws<orm::query_error>([] { return Reader::objects.limit(1).update("loans"_k = 0); });
    check_throws<orm::query_error>([] { return Reader::objects.update("loans"_k = std::int64_t{1} << 40); });
    // [/update]
    check(Reader::objects.get("pk"_k = 77).loans == 77);
}

void remove() {
    Loan::objects.create({.reader = 77, .title = "Solaris"});
    // [delete]
    check(Loan::objects.filter("reader__name"_k = "Hopper").delete_() ==
          1);  // joins: DELETE … WHERE id IN (SELECT …)
    Loan::objects.create({.reader = 77, .title = "Ubik"});
    check(Reader::objects.filter("pk"_k = 77).delete_() ==
          1);                           // the loans that the database deletes do not count
    check(Loan::objects.count() == 0);  // on_delete, cascade unless said otherwise
    // [/delete]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Reader, Loan>().get();
        create();
        save();
        update();
        remove();
    });
}
