// Random conditions on annotations and columns: what is computed and may be NULL, and aggregates.
#include "trees.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>
#include <asynchrormous/query/dynamic.hpp>

using orm::F, orm::Q;

namespace oracle {

namespace {

template <class M, class Row>
orm::scope_of<M, Row> scope_of_rows(const orm::queryset<M, Row>&);

// A condition of names that only an annotated QuerySet has, bound to them.
template <class Scope, class Keyword>
Q<orm::model_of<Scope>> bound(const Keyword& term) {
    using orm::query_detail::ready_condition;
    const ready_condition made(orm::query_detail::bind<Scope>(term));
    return Q<orm::model_of<Scope>>(Q<ready_condition>(made));
}

template <class Scope, orm::reflect::fixed_string Lookup, class V>
condition<orm::model_of<Scope>> named(const V& value) {
    condition<orm::model_of<Scope>> made{.asked = bound<Scope>(orm::key<Lookup>() = value)};
    write_array(made.told, Lookup.view(), value);
    return made;
}
template <class Scope, orm::reflect::fixed_string Lookup, orm::reflect::fixed_string Column>
condition<orm::model_of<Scope>> compared() {
    condition<orm::model_of<Scope>> made{.asked = bound<Scope>(orm::key<Lookup>() = F<Column>)};
    write_array(made.told, Lookup.view(), "F", Column.view());
    return made;
}

auto annotated_books() {
    return Book::objects.annotate("a"_k = F<"stars"> * 2,
                                  "b"_k = orm::Coalesce(F<"stars">, 0) + F<"pages"> % 100,
                                  "who"_k = F<"editor__name">, "high"_k = Q("pages__gt"_k = 100));
}

class book_conditions : public generator<Book> {
public:
    using generator::generator;

private:
    using scope = decltype(scope_of_rows(annotated_books()));

    condition<Book> leaf_of_tree() override {
        const int n = below(6);
        switch (below(14)) {
            case 0:
                return named<scope, "a">(n * 2);
            case 1:
                return named<scope, "a__gt">(n * 2);
            case 2:
                return named<scope, "a__in">(std::vector{n, n + 1, n + 2});
            case 3:
                return named<scope, "a__isnull">(n > 2);
            case 4:
                return named<scope, "b__lte">(n * 15);
            case 5:
                return named<scope, "who__icontains">(word());
            case 6:
                return named<scope, "who">(word());
            case 7:
                return named<scope, "high">(n > 2);
            case 8:
                return compared<scope, "a__lt", "b">();
            case 9:
                return compared<scope, "pages__gt", "b">();
            case 10:
                return compared<scope, "a", "sequel_of__stars">();
            case 11:
                return leaf<Book, "stars__gt">(n);
            case 12:
                return leaf<Book, "editor__country__name">(word());
            default:
                return leaf<Book, "sequel_of__pages__gt">(n * 50);
        }
    }
};

auto annotated_authors() {
    return Author::objects.annotate("n"_k = orm::count<"books">, "s"_k = orm::sum<"books__stars">,
                                    "r"_k = orm::max<"reviews__score">, "f"_k = F<"rating"> * 2);
}

class author_conditions : public generator<Author> {
public:
    using generator::generator;

private:
    using scope = decltype(scope_of_rows(annotated_authors()));

    condition<Author> leaf_of_tree() override {
        const int n = below(6);
        switch (below(12)) {
            case 0:
                return named<scope, "n__gt">(n + 2);
            case 1:
                return named<scope, "n">(n + 2);
            case 2:
                return named<scope, "s__lt">(n * 4);
            case 3:
                return named<scope, "s__isnull">(n > 2);
            case 4:
                return named<scope, "r__range">(std::pair(n - 1, n + 1));
            case 5:
                return named<scope, "f__gt">(n);
            case 6:
                return compared<scope, "s__gt", "n">();
            case 7:
                return compared<scope, "rating__lt", "n">();
            case 8:
                return leaf<Author, "rating__gt">(n);
            case 9:
                return leaf<Author, "country__name">(word());
            case 10:
                return leaf<Author, "name__icontains">(word());
            default:
                return leaf<Author, "mentor__isnull">(n > 2);
        }
    }
};

}  // namespace

void check_annotated_trees() {
    book_conditions of_books(3);
    for (int i = 0; i < 300; ++i) check_three("annotated Book", of_books, 1 + i / 100, annotated_books());
    author_conditions of_authors(4);
    for (int i = 0; i < 300; ++i)
        check_three("annotated Author", of_authors, 1 + i / 100, annotated_authors());
}

}  // namespace oracle
