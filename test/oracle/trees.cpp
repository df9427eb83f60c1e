// Random conditions on books: nullable columns and keys, through which each book has at most one other row.
#include "trees.hpp"

namespace oracle {

namespace {

class book_conditions : public generator<Book> {
public:
    using generator::generator;

private:
    condition<Book> leaf_of_tree() override {
        switch (below(4)) {
            case 0:
                return own_column();
            case 1:
                return related_column();
            case 2:
                return null_or_key();
            default:
                return two_columns();
        }
    }

    condition<Book> own_column() {
        const int n = below(6);
        switch (below(10)) {
            case 0:
                return leaf<Book, "pages__gt">(n * 50);
            case 1:
                return leaf<Book, "stars">(n);
            case 2:
                return leaf<Book, "stars__lte">(n);
            case 3:
                return leaf<Book, "stars__in">(std::vector{n, n + 1});
            case 4:
                return leaf<Book, "stars__in">(std::vector<int>{});
            case 5:
                return leaf<Book, "stars__range">(std::pair(n, n + 2));
            case 6:
                return leaf<Book, "published__year">(1959 + n);
            case 7:
                return leaf<Book, "subtitle__icontains">(word());
            case 8:
                return leaf<Book, "in_print">(n > 2);
            default:
                return leaf<Book, "published__month__gte">(n * 2);
        }
    }

    condition<Book> related_column() {
        switch (below(8)) {
            case 0:
                return leaf<Book, "author__name">(word());
            case 1:
                return leaf<Book, "author__country__name__contains">(word());
            case 2:
                return leaf<Book, "editor__name__startswith">(word());
            case 3:
                return leaf<Book, "editor__country__name__in">(std::vector{word(), word()});
            case 4:
                return leaf<Book, "sequel_of__editor__name__icontains">(word());
            case 5:
                return leaf<Book, "sequel_of__author__rating__gt">(below(4));
            case 6:
                return leaf<Book, "editor__mentor__born__year__lt">(1960 + below(5));
            default:
                return leaf<Book, "sequel_of__author__country__name">(word());
        }
    }

    condition<Book> null_or_key() {
        const bool yes = below(2) == 0;
        switch (below(9)) {
            case 0:
                return leaf<Book, "editor__isnull">(yes);
            case 1:
                return leaf<Book, "editor__name__isnull">(yes);
            case 2:
                return leaf<Book, "editor__country__isnull">(yes);
            case 3:
                return leaf<Book, "sequel_of__stars__isnull">(yes);
            case 4:
                return leaf<Book, "author__country">("us");
            case 5:
                return leaf<Book, "sequel_of__sequel_of__isnull">(yes);
            case 6:
                return leaf<Book, "editor">(1 + below(40));
            case 7:
                return leaf<Book, "stars">(std::optional<int>());
            default:
                return leaf<Book, "sequel_of__subtitle">(std::optional<std::string>());
        }
    }

    condition<Book> two_columns() {
        switch (below(6)) {
            case 0:
                return columns<Book, "pages__gt", "stars">();
            case 1:
                return columns<Book, "author__name", "editor__name">();
            case 2:
                return columns<Book, "editor__name__lt", "author__name">();
            case 3:
                return columns<Book, "stars__lt", "sequel_of__stars">();
            case 4:
                return columns<Book, "pages", "sequel_of__pages">();
            default:
                return columns<Book, "sequel_of__author__rating__gte", "editor__rating">();
        }
    }
};

}  // namespace

void check_trees() {
    book_conditions conditions(1);
    for (int i = 0; i < 900; ++i) check_three("Book", conditions, 1 + i / 200, Book::objects.all());
}

}  // namespace oracle
