// Random conditions: filter, exclude and Q with &&, || and !, nested, over nullable columns and keys. Each
// goes to run.py as JSON, which builds the same Q in Django and compares the keys of the rows.
#include "trees.hpp"

#include "oracle.hpp"

#include <array>
#include <random>

namespace oracle {

namespace {

// A condition here, and the same for Django.
struct condition {
    orm::Q<Book> asked{};
    std::string told{};
};

constexpr std::array words{"Ada", "a", "e", "Eden", "S", "Congo", "", "%", "ü"};

// "lookup" = value
template <orm::reflect::fixed_string Lookup, class V>
condition leaf(const V& value) {
    condition made{.asked = orm::Q<Book>(orm::key<Lookup>() = value)};
    write_array(made.told, Lookup.view(), value);
    return made;
}
// "lookup" = F<"column">
template <orm::reflect::fixed_string Lookup, orm::reflect::fixed_string Column>
condition columns() {
    condition made{.asked = orm::Q<Book>(orm::key<Lookup>() = orm::F<Column>)};
    write_array(made.told, Lookup.view(), "F", Column.view());
    return made;
}

class generator {
public:
    explicit generator(unsigned seed) : random_(seed) {}

    int below(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }

    condition tree(int depth) {
        const int kind = depth == 0 ? 0 : below(6);
        if (kind <= 1) return leaf_of(below(4));
        if (kind == 2) return negated(tree(depth - 1));
        const condition left = tree(depth - 1);
        const condition right = tree(depth - 1);
        return kind <= 4 ? both(left, right) : either(left, right);
    }

private:
    static std::string told(std::string_view kind, std::string_view parts) {
        return "{\"" + std::string(kind) + "\":[" + std::string(parts) + "]}";
    }
    static condition negated(const condition& of) { return {!of.asked, told("not", of.told)}; }
    static condition both(const condition& a, const condition& b) {
        return {a.asked && b.asked, told("and", a.told + "," + b.told)};
    }
    static condition either(const condition& a, const condition& b) {
        return {a.asked || b.asked, told("or", a.told + "," + b.told)};
    }

    condition leaf_of(int kind) {
        switch (kind) {
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

    std::string word() { return words[static_cast<std::size_t>(below(static_cast<int>(words.size())))]; }

    condition own_column() {
        const int n = below(6);
        switch (below(10)) {
            case 0:
                return leaf<"pages__gt">(n * 50);
            case 1:
                return leaf<"stars">(n);
            case 2:
                return leaf<"stars__lte">(n);
            case 3:
                return leaf<"stars__in">(std::vector{n, n + 1});
            case 4:
                return leaf<"stars__in">(std::vector<int>{});
            case 5:
                return leaf<"stars__range">(std::pair(n, n + 2));
            case 6:
                return leaf<"published__year">(1959 + n);
            case 7:
                return leaf<"subtitle__icontains">(word());
            case 8:
                return leaf<"in_print">(n > 2);
            default:
                return leaf<"published__month__gte">(n * 2);
        }
    }

    condition related_column() {
        switch (below(8)) {
            case 0:
                return leaf<"author__name">(word());
            case 1:
                return leaf<"author__country__name__contains">(word());
            case 2:
                return leaf<"editor__name__startswith">(word());
            case 3:
                return leaf<"editor__country__name__in">(std::vector{word(), word()});
            case 4:
                return leaf<"sequel_of__editor__name__icontains">(word());
            case 5:
                return leaf<"sequel_of__author__rating__gt">(below(4));
            case 6:
                return leaf<"editor__mentor__born__year__lt">(1960 + below(5));
            default:
                return leaf<"sequel_of__author__country__name">(word());
        }
    }

    condition null_or_key() {
        const bool yes = below(2) == 0;
        switch (below(9)) {
            case 0:
                return leaf<"editor__isnull">(yes);
            case 1:
                return leaf<"editor__name__isnull">(yes);
            case 2:
                return leaf<"editor__country__isnull">(yes);
            case 3:
                return leaf<"sequel_of__stars__isnull">(yes);
            case 4:
                return leaf<"author__country">("us");
            case 5:
                return leaf<"sequel_of__sequel_of__isnull">(yes);
            case 6:
                return leaf<"editor">(1 + below(40));
            case 7:
                return leaf<"stars">(std::optional<int>());
            default:
                return leaf<"sequel_of__subtitle">(std::optional<std::string>());
        }
    }

    condition two_columns() {
        switch (below(6)) {
            case 0:
                return columns<"pages__gt", "stars">();
            case 1:
                return columns<"author__name", "editor__name">();
            case 2:
                return columns<"editor__name__lt", "author__name">();
            case 3:
                return columns<"stars__lt", "sequel_of__stars">();
            case 4:
                return columns<"pages", "sequel_of__pages">();
            default:
                return columns<"sequel_of__author__rating__gte", "editor__rating">();
        }
    }

    std::mt19937 random_;
};

}  // namespace

void check_trees() {
    generator conditions(1);
    for (int i = 0; i < 900; ++i) {
        const condition one = conditions.tree(1 + i / 200);
        const auto books = Book::objects.order_by<"pk">();
        check_tree("Book", "filter", one.told, books.filter(one.asked));
        check_tree("Book", "exclude", one.told, books.exclude(one.asked));
        const condition next = conditions.tree(2);
        check_tree("Book", "chain", "[" + one.told + "," + next.told + "]",
                   books.exclude(one.asked).filter(next.asked));
    }
}

}  // namespace oracle
