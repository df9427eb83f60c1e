// Rows with what was loaded for them, flattened, and the number of queries at the end.
#include "oracle.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <algorithm>
#include <vector>

using orm::Prefetch, orm::slice;
using keys = std::vector<std::int64_t>;

namespace oracle {

namespace {

template <class Rows>
void append(keys& out, const Rows& rows, bool in_order = false) {
    keys found;
    for (const auto& each : rows) found.push_back(each.id);
    if (!in_order) std::sort(found.begin(), found.end());
    out.push_back(static_cast<std::int64_t>(found.size()));
    out.insert(out.end(), found.begin(), found.end());
}

template <class F>
void loaded(std::string_view name, F read) {
    check(name, [&] {
        const orm::testing::captured_queries sent;
        keys answer = read();
        answer.push_back(static_cast<std::int64_t>(sent.size()));
        return answer;
    });
}

keys books_of(const orm::queryset<Author>& authors, bool in_order = false) {
    keys out;
    for (const Author& each : authors) append(out, each.books, in_order);
    return out;
}

}  // namespace

void check_loading() {
    begin_topic("loading");
    const auto authors = Author::objects.order_by<"pk">();
    const auto books = Book::objects.order_by<"pk">();
    loaded("keys in the query", [&] {
        keys out;
        for (const Book& each : books.select_related<"author__mentor", "editor">()) {
            out.push_back(each.author->mentor ? (*each.author->mentor)->id : -1);
            out.push_back(each.editor ? (*each.editor)->id : -1);
        }
        return out;
    });
    loaded("reverse keys", [&] { return books_of(authors.prefetch_related<"books">()); });
    loaded("two levels", [&] {
        keys out;
        for (const Author& author : authors.prefetch_related<"books__tags", "edited">()) {
            append(out, author.edited);
            for (const Book& each : author.books) append(out, each.tags);
        }
        std::sort(out.begin(), out.end());
        return out;
    });
    loaded("keys afterwards", [&] {
        keys out;
        for (const Book& each : books.prefetch_related<"editor__mentor">())
            out.push_back(each.editor && (*each.editor)->mentor ? (*(*each.editor)->mentor)->id : -1);
        return out;
    });
    loaded("a QuerySet of its own", [&] {
        const auto good = Book::objects.filter("stars__gte"_k = 3).order_by<"-pages", "pk">();
        return books_of(authors.prefetch_related(Prefetch<"books">(good)), true);
    });
    loaded("a slice of each parent's", [&] {
        const auto longest = Book::objects.order_by<"-pages", "pk">()[slice(0, 2)];
        return books_of(authors.prefetch_related(Prefetch<"books">(longest)), true);
    });
    loaded("no rows", [&] { return books_of(authors.none().prefetch_related<"books">()); });
}

}  // namespace oracle
