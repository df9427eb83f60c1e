// Unions, distinct rows and dates, rows that writes give back, trees, named sources, relations on a
// condition.
#include "server.hpp"

// [models]
#include <asynchrormous/orm.hpp>
using namespace orm::literals;

struct Novel;

struct Writer {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<Novel, "writer"> novels{};

    static constexpr orm::manager<Writer> objects{};
};

struct Topic {
    std::int64_t id = 0;
    std::string name{};
    std::optional<orm::foreign_key<Topic>> parent{};
    orm::related_set<Topic, "parent"> children{};

    static constexpr orm::manager<Topic> objects{};
};

struct Novel {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<orm::date> published{};
    orm::timestamptz added{};
    orm::foreign_key<Writer> writer{};
    std::optional<orm::foreign_key<Topic>> topic{};

    static constexpr orm::manager<Novel> objects{};
};
// [/models]

// [include]
#include <asynchrormous/query/cte.hpp>                // cte, recursive, next_row
#include <asynchrormous/query/filtered_relation.hpp>  // FilteredRelation
using orm::count, orm::cte, orm::F, orm::FilteredRelation, orm::next_row, orm::Q, orm::recursive;
// [/include]

// [popular]
struct Popular {
    orm::foreign_key<Writer> writer{};
    std::int64_t n = 0;
};
// [/popular]

// [branch]
struct Branch {
    orm::foreign_key<Topic> topic{};
    int depth = 0;
    std::string path{};
};
// [/branch]

// [ring]
struct Reached {
    orm::foreign_key<Topic> topic{};
};
// [/ring]

namespace {

struct undo {};

void fill() {
    orm::create_tables<Writer, Topic, Novel>().get();
    const Writer ursula = Writer::objects.create({.name = "Ursula K. Le Guin"});
    const Writer stanislaw = Writer::objects.create({.name = "Stanisław Lem"});
    static_cast<void>(Writer::objects.create({.name = "Anonymous"}));
    const Topic fiction = Topic::objects.create({.name = "fiction"});
    const Topic fantasy = Topic::objects.create({.name = "fantasy", .parent = fiction});
    const Topic dragons = Topic::objects.create({.name = "dragons", .parent = fantasy});
    const Topic science = Topic::objects.create({.name = "science fiction", .parent = fiction});
    const auto novel = [](const char* title, int pages, orm::date published, const char* added,
                          const Writer& by, const Topic& about) {
        static_cast<void>(Novel::objects.create({.title = title,
                                                 .pages = pages,
                                                 .published = published,
                                                 .added = *orm::timestamptz::parse(added),
                                                 .writer = by,
                                                 .topic = about}));
    };
    novel("A Wizard of Earthsea", 205, orm::date(1968, 11, 1), "2024-03-01T22:30:00Z", ursula, dragons);
    novel("The Tombs of Atuan", 163, orm::date(1971, 1, 1), "2024-03-01T23:30:00Z", ursula, fantasy);
    novel("The Lathe of Heaven", 184, orm::date(1971, 5, 1), "2024-03-02T09:00:00Z", ursula, science);
    novel("Solaris", 304, orm::date(1961, 1, 1), "2024-03-02T09:10:00Z", stanislaw, science);
}

void dates() {
    // [dates]
    auto years = Novel::objects.dates<"published">(orm::date_part::year);
    check(years.rows() == std::vector{orm::date(1961, 1, 1), orm::date(1968, 1, 1), orm::date(1971, 1, 1)});
    auto last = Novel::objects.dates<"published">(orm::date_part::month, orm::date_order::descending);
    check(last[0] == orm::date(1971, 5, 1));
    // [/dates]
    // [datetimes]
    auto days = Novel::objects.datetimes<"added">(orm::date_part::day);  // in UTC
    check(days.count() == 2);
    auto warsaw = Novel::objects.datetimes<"added">(orm::date_part::day, "Europe/Warsaw");
    check(warsaw.rows()[1] == *orm::timestamptz::parse("2024-03-01T23:00:00Z"));  // 2 March there
    check(Novel::objects.datetimes<"added">(orm::time_part::hour).count() == 3);
    // [/datetimes]
}

void returning() {
    orm::atomic([] {
        // [update_returning]
        auto longer = Novel::objects.filter("pages__lt"_k = 200)
                          .update_returning<"title", "pages">("pages"_k = F<"pages"> + 1);
        check(longer.size() == 2);
        check(longer[0]["pages"_k] == 164 || longer[0]["pages"_k] == 185);  // as they are now
        // [/update_returning]
        // [delete_returning]
        std::vector<Novel> gone = Novel::objects.filter("title"_k = "Solaris").delete_returning();
        check(gone.size() == 1 && gone[0].pages == 304);
        // [/delete_returning]
        throw undo();
    });
}

void trees() {
    // [trees]
    auto fiction = Topic::objects.filter("name"_k = "fiction");
    check(fiction.descendants<"parent">().count() == 3);
    check(fiction.descendants_or_self<"parent">().count() == 4);

    auto dragons = Topic::objects.filter("name"_k = "dragons");
    check(dragons.ancestors<"parent">().order_by<"name">().values_list<"name">().rows() ==
          std::vector<std::string>{"fantasy", "fiction"});
    // [/trees]
    // [tree_in]
    auto fantasy = Topic::objects.filter("name"_k = "fantasy").descendants_or_self<"parent">();
    check(Novel::objects.filter("topic__in"_k = fantasy).count() == 2);
    // [/tree_in]
}

void sources() {
    // [cte]
    auto popular = cte<Popular>(Novel::objects.values<"writer">().annotate("n"_k = count<>));

    for (const Popular& row : popular.filter("n__gt"_k = 1)) check(row.n == 3);
    check(popular.filter("writer__name__startswith"_k = "Stan").get().n == 1);
    check(popular.order_by<"-n">().values_list<"writer__name">()[0] == "Ursula K. Le Guin");
    check(popular.aggregate(orm::max<"n">) == 3);
    // [/cte]
    // [cte_elsewhere]
    auto busy = popular.filter("n__gt"_k = 1).values_list<"writer">();
    check(Novel::objects.filter("writer__in"_k = busy).count() == 3);

    auto own = popular.filter("writer"_k = orm::OuterRef<"id">).values_list<"n">();
    auto writers = Writer::objects.annotate("n"_k = orm::Subquery(own)).order_by<"id">();
    check(writers[0]["n"_k] == 3);
    check(!writers[2]["n"_k]);  // Anonymous is in no row of it
    // [/cte_elsewhere]
    // [materialized]
    auto once = cte<Popular>(Novel::objects.values<"writer">().annotate("n"_k = count<>), orm::materialized);
    check(once.sql().text.find("AS MATERIALIZED (") != std::string::npos);
    // [/materialized]
}

void recursion() {
    // [recursive]
    auto roots = Topic::objects.filter("parent__isnull"_k = true)
                     .values("topic"_k = F<"id">, "depth"_k = 1, "path"_k = F<"name">);

    auto tree =
        recursive<Branch>(roots, next_row("topic"_k = F<"topic__children">, "depth"_k = F<"depth"> + 1,
                                          "path"_k = F<"path"> + " / " + F<"topic__children__name">));

    check(tree.order_by<"path">().values_list<"path">().rows() ==
          std::vector<std::string>{"fiction", "fiction / fantasy", "fiction / fantasy / dragons",
                                   "fiction / science fiction"});
    check(tree.filter("depth"_k = 2, "topic__name__startswith"_k = "f").get().path == "fiction / fantasy");
    // [/recursive]
    // [depth]
    auto upper = recursive<Branch>(
        roots,
        next_row("topic"_k = F<"topic__children">, "depth"_k = F<"depth"> + 1).filter("depth__lt"_k = 2));
    check(upper.count() == 3);
    check(upper.filter("depth"_k = 2).first()->path == "fiction");  // path was not named: it is kept
    // [/depth]
    orm::atomic([] {
        const Topic dragons = Topic::objects.get("name"_k = "dragons");
        // [circle]
        Topic::objects.filter("name"_k = "fiction").update("parent"_k = dragons);  // a circle now
        auto reached =
            recursive<Reached>(Topic::objects.filter("name"_k = "fantasy").values("topic"_k = F<"id">),
                               next_row("topic"_k = F<"topic__children">));
        check(reached.count() == 4);
        // [/circle]
        throw undo();
    });
}

void relations() {
    // [relation]
    auto writers = Writer::objects.annotate("long_novels"_k =
                                                FilteredRelation<"novels">(Q("novels__pages__gt"_k = 200)));

    check(writers.filter("long_novels__title__startswith"_k = "A").get().name == "Ursula K. Le Guin");
    check(writers.filter("long_novels__isnull"_k = true).get().name == "Anonymous");
    check(writers.exclude("long_novels__title"_k = "Solaris").count() == 2);
    // [/relation]
    // [relation_values]
    auto rows = writers.order_by<"name">().values<"name", "long_novels__title">().rows();
    check(!rows[0]["long_novels__title"_k]);  // a std::optional: Anonymous has none
    check(rows[2]["long_novels__title"_k] == "A Wizard of Earthsea");

    auto counted = writers.annotate("n"_k = count<"long_novels">).order_by<"-n", "name">();
    check(counted.rows().back()["n"_k] == 0);
    // [/relation_values]
}

template <class Example>
void undone(Example example) {
    try {
        example();
    } catch (const undo&) {
    }
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        db.make_current();
        fill();
        dates();
        undone(returning);
        trees();
        sources();
        undone(recursion);
        relations();
    });
}
