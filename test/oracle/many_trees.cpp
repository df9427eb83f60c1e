// Random conditions on authors, each of which has many books, students and reviews.
#include "trees.hpp"

namespace oracle {

namespace {

class author_conditions : public generator<Author> {
public:
    using generator::generator;

private:
    condition<Author> leaf_of_tree() override {
        switch (below(3)) {
            case 0:
                return of_one();
            case 1:
                return of_books();
            default:
                return of_others();
        }
    }

    condition<Author> of_one() {
        switch (below(6)) {
            case 0:
                return leaf<Author, "rating__gt">(below(4));
            case 1:
                return leaf<Author, "name__icontains">(word());
            case 2:
                return leaf<Author, "country__name">(word());
            case 3:
                return leaf<Author, "mentor__isnull">(below(2) == 0);
            case 4:
                return leaf<Author, "mentor__name__startswith">(word());
            default:
                return leaf<Author, "born__year">(1960 + below(5));
        }
    }

    condition<Author> of_books() {
        switch (below(9)) {
            case 0:
                return leaf<Author, "books__pages__gt">(below(6) * 50);
            case 1:
                return leaf<Author, "books__stars">(below(6));
            case 2:
                return leaf<Author, "books__stars__isnull">(below(2) == 0);
            case 3:
                return leaf<Author, "books__isnull">(below(2) == 0);
            case 4:
                return leaf<Author, "books__tags__name">(word());
            case 5:
                return leaf<Author, "books__editor__name__icontains">(word());
            case 6:
                return leaf<Author, "books__in">(std::vector{1 + below(240), 1 + below(240)});
            case 7:
                return leaf<Author, "books__published__year">(1960 + below(5));
            default:
                return leaf<Author, "edited__title__icontains">(word());
        }
    }

    condition<Author> of_others() {
        switch (below(6)) {
            case 0:
                return leaf<Author, "students__rating__gt">(below(4));
            case 1:
                return leaf<Author, "reviews__score">(below(6));
            case 2:
                return leaf<Author, "reviews__book__stars__gte">(below(6));
            case 3:
                return leaf<Author, "mentor__books__stars">(below(6));
            case 4:
                return leaf<Author, "students__isnull">(below(2) == 0);
            default:
                return leaf<Author, "country__authors__rating__lt">(below(4));
        }
    }
};

}  // namespace

void check_many_trees() {
    author_conditions conditions(2);
    for (int i = 0; i < 400; ++i) check_three("Author", conditions, 1 + i / 150, Author::objects.all());
}

}  // namespace oracle
