// QuerySets inside of QuerySets.
#include "library.hpp"
#include "server.hpp"

// [include]
#include <asynchrormous/query/subquery.hpp>
using orm::ArraySubquery, orm::Exists, orm::F, orm::OuterRef, orm::Subquery;
// [/include]

namespace {

void looking_up() {
    // [in]
    auto americans = Author::objects.filter("country"_k = "us");
    auto books = Book::objects.filter("author__in"_k = americans);  // a model's rows stand for their keys
    check(books.count() == 3);
    auto countries = Author::objects.filter("name__contains"_k = "Lem").values_list<"country">();
    check(Book::objects.filter("author__country__in"_k = countries).count() == 2);
    check(Book::objects.exclude("author__in"_k = americans).count() == 2);
    // [/in]
    // [compare]
    auto longest = Book::objects.order_by<"-pages">().values_list<"pages">();
    check(titles(Book::objects.filter("pages"_k = longest)) == "Summa Technologiae");
    check(Book::objects.filter(F<"pages"> * 2 > longest).count() == 3);
    // [/compare]
}

void correlated() {
    // [outer]
    auto own = Book::objects.filter("author"_k = OuterRef<"id">);
    auto prolific = Author::objects.filter(Exists(own.filter("published__year__gt"_k = 1970)));
    check(prolific.get().name == "Ursula K. Le Guin");
    check(Author::objects.filter(!Exists(own)).count() == 0);
    // [/outer]
    // [annotate]
    auto authors = Author::objects.order_by<"id">().annotate(
        "longest"_k = Subquery(own.order_by<"-pages">().values_list<"title">()),
        "titles"_k = ArraySubquery(own.order_by<"pages">().values_list<"title">()),
        "undated"_k = Exists(own.filter("published__isnull"_k = true)));
    const auto& ursula = authors.rows().front();
    check(ursula.name == "Ursula K. Le Guin");
    check(ursula["longest"_k] == "The Farthest Shore");  // a std::optional: there may be no book
    check(ursula["titles"_k].size() == 3);               // a std::vector<std::string>
    check(!ursula["undated"_k]);                         // a bool
    // [/annotate]
    // [levels]
    auto shorter = Book::objects.filter("author"_k = OuterRef<OuterRef<"id">>,  // the author, two queries out
                                        "pages__lt"_k = OuterRef<"pages">);     // the book, one query out
    auto with_both = Author::objects.filter(
        Exists(Book::objects.filter("author"_k = OuterRef<"id">, "pages__gt"_k = 310, Exists(shorter))));
    check(with_both.count() == 2);
    // [/levels]
    // [types]
    auto by_value = Book::objects.filter("pages__gt"_k = OuterRef<"pages">.as<int>() * 3);  // said
    auto by_member = Book::objects.filter("pages__gt"_k = OuterRef<&Book::pages> * 3);  // known by the member
    check(Book::objects.filter(Exists(by_value)).count() == 1);
    check(Book::objects.filter(Exists(by_member)).count() == 1);
    // [/types]
}

void updating() {
    // [update]
    auto author = Author::objects.filter("id"_k = OuterRef<"author">);
    Book::objects.filter("title"_k = "Solaris").update("title"_k = Subquery(author.values_list<"name">()));
    check(Book::objects.filter("title"_k = "Stanisław Lem").count() == 1);
    // [/update]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        looking_up();
        correlated();
        updating();
    });
}
