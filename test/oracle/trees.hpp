// Random conditions: filter, exclude and Q with &&, || and !, nested. Each goes to run.py as JSON, which
// builds the same Q in Django and compares the keys of the rows.
#pragma once

#include "oracle.hpp"

#include <array>
#include <random>

namespace oracle {

// A condition here, and the same for Django.
template <class M>
struct condition {
    orm::Q<M> asked{};
    std::string told{};
};

// "lookup" = value
template <class M, orm::reflect::fixed_string Lookup, class V>
condition<M> leaf(const V& value) {
    condition<M> made{.asked = orm::Q<M>(orm::key<Lookup>() = value)};
    write_array(made.told, Lookup.view(), value);
    return made;
}
// "lookup" = F<"column">
template <class M, orm::reflect::fixed_string Lookup, orm::reflect::fixed_string Column>
condition<M> columns() {
    condition<M> made{.asked = orm::Q<M>(orm::key<Lookup>() = orm::F<Column>)};
    write_array(made.told, Lookup.view(), "F", Column.view());
    return made;
}

class dice {
public:
    explicit dice(unsigned seed) : random_(seed) {}
    int below(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }
    std::string word() {
        constexpr std::array words{"Ada", "a", "e", "Eden", "S", "Congo", "", "%", "ü", "sea"};
        return words[static_cast<std::size_t>(below(static_cast<int>(words.size())))];
    }

private:
    std::mt19937 random_;
};

template <class M>
class generator : public dice {
public:
    using dice::dice;
    virtual ~generator() = default;

    condition<M> tree(int depth) {
        const int kind = depth == 0 ? 0 : below(6);
        if (kind <= 1) return leaf_of_tree();
        if (kind == 2) return negated(tree(depth - 1));
        const condition<M> left = tree(depth - 1);
        const condition<M> right = tree(depth - 1);
        return kind <= 4 ? both(left, right) : either(left, right);
    }

private:
    virtual condition<M> leaf_of_tree() = 0;

    static std::string told(std::string_view kind, std::string_view parts) {
        return "{\"" + std::string(kind) + "\":[" + std::string(parts) + "]}";
    }
    static condition<M> negated(const condition<M>& of) { return {!of.asked, told("not", of.told)}; }
    static condition<M> both(const condition<M>& a, const condition<M>& b) {
        return {a.asked && b.asked, told("and", a.told + "," + b.told)};
    }
    static condition<M> either(const condition<M>& a, const condition<M>& b) {
        return {a.asked || b.asked, told("or", a.told + "," + b.told)};
    }
};

// One line for run.py: the tree as JSON, and the keys of the rows that it finds.
void report_tree(std::string_view model, std::string_view method, std::string_view tree,
                 std::string_view keys, std::string_view sql);

template <class M, class Row>
void check_tree(std::string_view model, std::string_view method, std::string_view tree,
                const orm::queryset<M, Row>& rows) {
    const auto asked = rows.template values_list<"pk">();
    std::string keys;
    write(keys, asked.rows());
    report_tree(model, method, tree, keys, shown(asked.sql()));
}

// A random tree in filter(), in exclude(), and in a chain with another.
template <class M, class Row>
void check_three(std::string_view model, generator<M>& conditions, int depth,
                 const orm::queryset<M, Row>& rows) {
    const condition<M> one = conditions.tree(depth);
    const condition<M> next = conditions.tree(2);
    const auto all = rows.template order_by<"pk">();
    check_tree(model, "filter", one.told, all.filter(one.asked));
    check_tree(model, "exclude", one.told, all.exclude(one.asked));
    check_tree(model, "chain", "[" + one.told + "," + next.told + "]",
               all.exclude(one.asked).filter(next.asked));
}

}  // namespace oracle
