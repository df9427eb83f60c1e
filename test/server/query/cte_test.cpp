#include "fixture.hpp"
#include "shop_fixture.hpp"

#include <asynchrormous/query/cte.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

using namespace library;
using namespace orm::literals;
using orm::count;
using orm::cte;
using orm::F;
using orm::next_row;
using orm::OuterRef;
using orm::Q;
using orm::recursive;
using orm::Subquery;
using shop::Category;
using shop::User;
using test::filled_library;
using test::strings;

namespace {

struct Popular {
    std::int64_t n = 0;
    orm::foreign_key<Author> author{};
};
struct Shorter {
    std::string title{};
};
struct Short {
    std::string title{};
    int pages = 0;
};

auto books_of_authors() { return Book::objects.values<"author">().annotate("n"_k = count<>); }

struct Branch {
    orm::foreign_key<Category> category{};
    int depth = 0;
    std::string path{};

    friend bool operator<(const Branch& a, const Branch& b) {
        return std::tuple(a.category.key(), a.depth, a.path) < std::tuple(b.category.key(), b.depth, b.path);
    }
    friend bool operator==(const Branch& a, const Branch& b) { return !(a < b) && !(b < a); }
};
struct Reached {
    orm::foreign_key<User> user{};
};
struct Walked {
    orm::foreign_key<User> user{};
    std::int64_t steps = 0;
};

auto roots() {
    return Category::objects.filter("parent__isnull"_k = true)
        .values("category"_k = F<"id">, "depth"_k = 1, "path"_k = F<"name">);
}
auto to_children() {
    return next_row("category"_k = F<"category__children">, "depth"_k = F<"depth"> + 1,
                    "path"_k = F<"path"> + "/" + F<"category__children__name">);
}

struct random_trees : test::random_shop {
    std::vector<Branch> branches(int deepest = 99) const {
        std::vector<Branch> found;
        for (const Category& row : rows.categories)
            if (!row.parent) found.push_back({row.id, 1, row.name});
        for (std::size_t i = 0; i < found.size(); ++i) {
            const Branch from = found[i];
            for (const Category& row : rows.categories)
                if (from.depth < deepest && row.parent && row.parent->key() == from.category.key())
                    found.push_back({row.id, from.depth + 1, from.path + "/" + row.name});
        }
        std::sort(found.begin(), found.end());
        return found;
    }
};

std::vector<Branch> sorted(std::vector<Branch> rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "a QuerySet under a name is asked like a model") {
    const auto popular = cte<Popular>(books_of_authors());
    const std::vector<Popular> most = popular.filter("n__gt"_k = 1).rows();
    REQUIRE(most.size() == 1);
    CHECK(most[0].author == ursula);
    CHECK(most[0].n == 3);
    CHECK(most[0].author->name == "Ursula K. Le Guin");  // asked for as from any row
    CHECK(popular.count() == 3);
    CHECK(popular.filter("author__name__startswith"_k = "Stan").get().n == 1);
    CHECK(popular.filter(F<"n"> > 1 || Q("author"_k = anonymous)).count() == 2);
    CHECK(popular.exclude("author__country__name"_k = "Poland").count() == 2);
    CHECK_FALSE(popular.filter("n"_k = 2).exists());
    CHECK(popular.order_by<"-n">().values_list<"author__name">()[0] == "Ursula K. Le Guin");
    CHECK(popular.order_by<"author__name">().first()->author == anonymous);
    CHECK(popular.first()->n == 1);  // in the order of all columns
    CHECK(popular.last()->n == 3);
    CHECK(popular.aggregate(orm::sum<"n">) == 5);
    CHECK(popular.annotate("twice"_k = F<"n"> * 2).filter("twice"_k = 6).get()["twice"_k] == 6);
    CHECK(popular.values<"n">().annotate("authors"_k = count<>).order_by<"n">().rows()[0]["authors"_k] == 2);
    CHECK(cte<Popular>(books_of_authors().none()).rows().empty());
    CHECK(popular.async().filter("n"_k = 3).count().get() == 1);
}

TEST_CASE_FIXTURE(filled_library, "members are read by name from any rows") {
    const auto titles = [](const auto& rows) {
        std::multiset<std::pair<std::string, int>> found;
        for (const Short& row : rows) found.insert({row.title, row.pages});
        return found;
    };
    std::multiset<std::pair<std::string, int>> all;
    for (const Book& book : Book::objects.all()) all.insert({book.title, book.pages});
    CHECK(titles(cte<Short>(Book::objects)) == all);
    CHECK(titles(cte<Short>(Book::objects.annotate("n"_k = F<"pages"> * 2))) == all);
    CHECK(titles(cte<Short>(Book::objects.values_list<"price", "pages", "title">())) == all);
    const auto longest = cte<Short>(Book::objects).filter("pages__gt"_k = 220);
    CHECK(cte<Shorter>(longest).get().title == shore.title);
    CHECK_THROWS_WITH_AS(cte<Short>(longest).count(),
                         doctest::Contains("two queries are both named \"short\""), orm::query_error);
    CHECK(cte<Short>(Book::objects.order_by<"-pages">()[orm::slice(0, 2)]).count() == 2);
    const auto both = Book::objects.filter("pages__gt"_k = 204)
                          .values<"pages", "title">()
                          .union_(Book::objects.filter("pages__lt"_k = 20).values<"pages", "title">());
    CHECK(cte<Short>(both).filter("pages__gt"_k = 10).count() == 3);
}

TEST_CASE_FIXTURE(filled_library,
                  "a source is read by sub-queries, in conditions of updates and deletes too") {
    const auto popular = cte<Popular>(books_of_authors());
    const auto several = popular.filter("n__gt"_k = 1).values_list<"author">();
    CHECK(Author::objects.filter("id__in"_k = several).get().id == ursula.id);
    CHECK(
        Author::objects.filter(orm::Exists(popular.filter("author"_k = OuterRef<"id">, "n"_k = 1))).count() ==
        2);
    const auto numbers =
        Author::objects
            .annotate("n"_k = Subquery(popular.filter("author"_k = OuterRef<"id">).values_list<"n">()))
            .order_by<"name">();
    CHECK(numbers[2]["n"_k] == 3);
    CHECK(Book::objects.filter("author__in"_k = several).update("pages"_k = 1) == 3);
    CHECK(Book::objects.filter("author__in"_k = several).delete_() == 3);
    CHECK(popular.count() == 2);
    CHECK_THROWS_WITH_AS(popular.delete_(), doctest::Contains("cannot delete the rows of a query"),
                         orm::query_error);
}

TEST_CASE_FIXTURE(filled_library,
                  "rows of a source are grouped by all of their columns, and found by a key") {
    struct Writer {
        orm::foreign_key<Author> author{};
    };
    const auto writers = cte<Writer>(Book::objects.values<"author">().distinct().order_by());
    CHECK(writers.count() == 3);
    struct Titled {
        std::int64_t id = 0;
        std::string title{};
    };
    const auto titled = cte<Titled>(Book::objects.filter("pages__gt"_k = 200));
    CHECK(titled.order_by<"pk">().first()->title == wizard.title);
    CHECK(Book::objects.filter("id__in"_k = titled).count() == 3);
}

TEST_CASE_FIXTURE(random_trees, "what the rows of a source lead to is aggregated for each of them") {
    struct Kept {
        orm::foreign_key<Category> category{};
        std::string called{};
    };
    const auto kept = cte<Kept>(Category::objects.values("category"_k = F<"id">, "called"_k = F<"name">));
    for (const auto& row : kept.annotate("n"_k = count<"category__children">)) {
        const auto children = std::count_if(
            rows.categories.begin(), rows.categories.end(),
            [&](const Category& each) { return each.parent && each.parent->key() == row.category.key(); });
        CHECK(row["n"_k] == children);
        CHECK(row.called == row.category->name);
    }
    CHECK(kept.annotate("n"_k = count<"category__children">).count() ==
          static_cast<std::int64_t>(rows.categories.size()));
}

TEST_CASE_FIXTURE(random_trees, "a recursion walks a tree with what it has collected") {
    const std::vector<Branch> all = branches();
    REQUIRE(all.back() != all.front());
    const auto tree = recursive<Branch>(roots(), to_children());
    CHECK(sorted(tree.rows()) == all);
    CHECK(sorted(recursive<Branch>(roots(), to_children(), orm::repeats::keep).rows()) == all);
    CHECK(sorted(recursive<Branch>(roots(), to_children().filter("depth__lt"_k = 2)).rows()) == branches(2));
    CHECK(tree.filter("category__parent__isnull"_k = true).count() ==
          static_cast<std::int64_t>(roots().rows().size()));
    for (const auto& [name, path] : tree.values_list<"category__name", "path">()) CHECK(path.ends_with(name));
    CHECK(tree.aggregate(orm::max<"depth">) ==
          std::max_element(all.begin(), all.end(), [](const Branch& a, const Branch& b) {
              return a.depth < b.depth;
          })->depth);
    CHECK(recursive<Branch>(roots().none(), to_children()).rows().empty());
    const auto of_no_ids = Category::objects.filter("id__in"_k = std::vector<std::int64_t>())
                               .values("category"_k = F<"id">, "depth"_k = 1, "path"_k = F<"name">);
    CHECK(recursive<Branch>(of_no_ids, to_children()).rows().empty());
    CHECK(
        Category::objects.filter("id__in"_k = tree.filter("depth"_k = 2).values_list<"category">()).count() ==
        tree.filter("depth"_k = 2).count());
}

TEST_CASE_FIXTURE(random_trees, "seeds may be sliced and combined, a step may filter what it leads to") {
    const auto first = roots().order_by<"category">()[orm::slice(0, 1)];
    const auto of_first = recursive<Branch>(first, to_children());
    CHECK(of_first.filter("depth"_k = 1).count() == 1);
    const auto twice = roots().union_(roots().values<"category", "depth", "path">());
    CHECK(recursive<Branch>(twice, to_children()).count() == static_cast<std::int64_t>(branches().size()));
    const auto a_only = recursive<Branch>(
        roots(), to_children().filter("category__children__name__startswith"_k = "a"), orm::repeats::keep);
    for (const auto& [depth, name] : a_only.values_list<"depth", "category__name">())
        CHECK((depth == 1 || name.starts_with("a")));
}

TEST_CASE_FIXTURE(random_trees,
                  "a circle ends where rows repeat; a member that is not named keeps its value") {
    for (const User& from : rows.users) {
        std::set<std::int64_t> reached{from.id};
        std::vector<std::int64_t> open{from.id};
        while (!open.empty()) {
            const std::int64_t at = open.back();
            open.pop_back();
            for (const auto& [a, b] : rows.follows)
                if (a == at && reached.insert(b).second) open.push_back(b);
        }
        const auto walk =
            recursive<Reached>(User::objects.filter("id"_k = from.id).values("user"_k = F<"id">),
                               next_row("user"_k = F<"user__follows">));
        const auto keys = walk.values_list<"user">().rows();
        CHECK(std::set<std::int64_t>(keys.begin(), keys.end()) == reached);
        CHECK(keys.size() == reached.size());
    }
    const auto counted = recursive<Walked>(
        User::objects.filter("name"_k = "ann").values("user"_k = F<"id">, "steps"_k = std::int64_t{0}),
        next_row("steps"_k = F<"steps"> + 1).filter("steps__lt"_k = 4));
    CHECK(counted.order_by<"steps">().values_list<"steps">().rows() ==
          std::vector<std::int64_t>{0, 1, 2, 3, 4});
}

TEST_CASE_FIXTURE(random_trees, "a varchar may begin what a text goes on with") {
    struct Chain {
        orm::foreign_key<User> user{};
        std::string names{};
    };
    const auto chains = recursive<Chain>(
        User::objects.values("user"_k = F<"id">, "names"_k = F<"name">),
        next_row("user"_k = F<"user__follows">, "names"_k = F<"names"> + ">" + F<"user__follows__name">)
            .filter("names__length__lt"_k = 4));
    std::int64_t pairs = static_cast<std::int64_t>(rows.users.size() + rows.follows.size());
    CHECK(chains.count() == pairs);
    for (const Chain& chain : chains.filter("names__contains"_k = ">"))
        CHECK(chain.names.ends_with(chain.user->name));
}

TEST_CASE_FIXTURE(random_trees, "a recursion goes up over a key that may be NULL") {
    struct Line {
        orm::foreign_key<Category> category{};
        orm::foreign_key<Category> of{};
    };
    const auto lines = recursive<Line>(Category::objects.values("category"_k = F<"id">, "of"_k = F<"id">),
                                       next_row("category"_k = F<"category__parent">));
    for (const Category& row : rows.categories) {
        std::set<std::int64_t> expected;
        const Category* at = &row;
        while (at) {
            expected.insert(at->id);
            const auto parent = std::find_if(
                rows.categories.begin(), rows.categories.end(),
                [&](const Category& each) { return at->parent && each.id == at->parent->key(); });
            at = parent == rows.categories.end() ? nullptr : &*parent;
        }
        const auto got = lines.filter("of"_k = row.id).values_list<"category">().rows();
        CHECK(std::set<std::int64_t>(got.begin(), got.end()) == expected);
    }
}

TEST_CASE_FIXTURE(filled_library, "a source is kept or not, as is said") {
    for (const auto keep : {orm::materialized, orm::not_materialized, orm::sql::materialization::automatic})
        CHECK(cte<Popular>(books_of_authors(), keep).count() == 3);
    CHECK(cte<Popular>(books_of_authors(), orm::materialized).sql().text.find(" AS MATERIALIZED (SELECT") !=
          std::string::npos);
}
