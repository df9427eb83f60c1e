// union_, intersection, difference, and what may follow them.
#include "oracle.hpp"

using orm::count, orm::F, orm::Q, orm::slice;

namespace oracle {

namespace {

const auto books = [] { return Book::objects.order_by(); };
const auto keys = [](const auto& rows) { return rows.template values_list<"pk">(); };
const auto low = [] { return books().filter("pages__lt"_k = 100); };
const auto good = [] { return books().filter("stars__gt"_k = 3); };
const auto young = [] { return books().filter("published__year__gt"_k = 1962); };

void check_members() {
    check("rows of the model", low().union_(good()));
    check("of three", low().union_(good(), young()).values_list<"pk">());
    check("all of three", keys(low()).union_all(keys(good()), keys(young())));
    check("intersection of three", keys(low()).intersection(keys(good()), keys(young())));
    check("difference of three", keys(low()).difference(keys(good()), keys(young())));
    check("with itself", keys(low()).union_(keys(low())));
    check("all with itself", keys(low()).union_all(keys(low())));
    check("intersection with itself", keys(low()).intersection(keys(low())));
    check("difference from itself", keys(low()).difference(keys(low())));
    check("with none", keys(low()).union_(keys(books().none())));
    check("none with", keys(books().none()).union_(keys(low())));
    check("none with none", keys(books().none()).union_(keys(books().none())));
    check("intersection with none", keys(low()).intersection(keys(books().none())));
    check("difference from none", keys(books().none()).difference(keys(low())));
    check("difference of none", keys(low()).difference(keys(books().none())));
    check("of in nothing", keys(low()).union_(keys(books().filter("pk__in"_k = std::vector<int>{}))));
    check("of two models", Author::objects.values_list<"name">().union_(books().values_list<"title">()));
    check("all of two models",
          Author::objects.values_list<"pk", "name">().union_all(Tag::objects.values_list<"pk", "name">()));
    check("intersection of two models",
          Author::objects.values_list<"name">().intersection(books().values_list<"title">()));
    check("difference of two models",
          books().values_list<"title">().difference(Author::objects.values_list<"name">()));
    check("of values", books()
                           .filter("stars"_k = 1)
                           .values<"stars", "binding">()
                           .union_(books().filter("stars"_k = 2).values<"stars", "binding">()));
    check("of related columns", books().values_list<"author__name">().union_(books().values_list<"title">()));
    check("of nullable related columns",
          books().values_list<"editor__name">().intersection(books().values_list<"subtitle">()));
    check("of annotations", low()
                                .values_list<"pk">("n"_k = F<"pages"> * 2)
                                .union_(good().values_list<"pk">("n"_k = F<"pages"> + 1)));
    check("of groups",
          books()
              .values_list<"stars">()
              .annotate("n"_k = count<>)
              .union_(books().filter("in_print"_k = true).values_list<"stars">().annotate("n"_k = count<>)));
    check("of sliced members", keys(Book::objects.order_by<"-pages", "pk">()[slice(0, 5)])
                                   .union_(keys(Book::objects.order_by<"pages", "pk">()[slice(0, 5)])));
    check("of distinct members",
          books().values_list<"pages">().distinct().union_all(books().values_list<"pages">().distinct()));
    check(
        "of members filtered over many",
        keys(books().filter("tags__name"_k = "sea")).union_all(keys(books().filter("reviews__score"_k = 5))));
}

void check_in_one_another() {
    check("union of a union", keys(low()).union_(keys(good())).union_(keys(young())));
    check("difference of a union", keys(low()).union_(keys(good())).difference(keys(young())));
    check("difference from a union", keys(young()).difference(keys(low()).union_(keys(good()))));
    check("intersection of unions",
          keys(low()).union_(keys(good())).intersection(keys(young()).union_(keys(good()))));
    check("union with an intersection", keys(low()).union_(keys(good()).intersection(keys(young()))));
    check("union all with a union", keys(low()).union_all(keys(good()).union_(keys(young()))));
    check("union of differences",
          keys(low()).difference(keys(good())).union_(keys(good()).difference(keys(low()))));
    check("a sliced union in a union",
          keys(low()).union_(keys(good())).order_by<"pk">()[slice(0, 4)].union_(keys(young())));
    check("three deep",
          keys(low()).union_(keys(good()).difference(keys(young()).intersection(keys(good())))));
}

void check_afterwards() {
    const auto both = keys(low()).union_(keys(good()));
    check("ordered", both.order_by<"pk">());
    check("ordered, descending", both.order_by<"-pk">());
    check("ordered rows", low().union_(good()).order_by<"-pages", "pk">());
    check("ordered by F", both.order_by(F<"pk">.desc()));
    check("ordered, reversed", both.order_by<"pk">().reverse());
    check("ordered by an annotation", low()
                                          .values_list<"pk">("n"_k = F<"pages"> % 60)
                                          .union_(good().values_list<"pk">("n"_k = F<"pages"> % 60))
                                          .order_by<"-n", "pk">());
    check("order cleared", both.order_by<"pk">().order_by());
    check("sliced", both.order_by<"pk">()[slice(5, 12)]);
    check("sliced twice", both.order_by<"pk">()[slice(5, 12)][slice(2, 4)]);
    check("sliced beyond the end", both.order_by<"pk">()[slice(1000, 1010)]);
    check("counted", [&] { return both.count(); });
    check("all, counted", [] { return keys(low()).union_all(keys(good())).count(); });
    check("intersection, counted", [] { return keys(low()).intersection(keys(good())).count(); });
    check("difference, counted", [] { return low().difference(good()).count(); });
    check("rows, counted", [] { return low().union_(good()).count(); });
    check("slice, counted", [&] { return both.order_by<"pk">()[slice(5, 12)].count(); });
    check("exists", [&] { return both.exists(); });
    check("exists not", [] { return low().intersection(books().filter("pages"_k = 200)).exists(); });
    check("slice exists", [&] { return both[slice(1000, 1001)].exists(); });
    check("first", [&] { return both.order_by<"-pk">().first(); });
    check("last", [&] { return both.order_by<"pk">().last(); });
    check("position", [&] { return both.order_by<"pk">()[7]; });
    check("get", [] { return books().filter("pk"_k = 4).union_(books().filter("pk"_k = 4)).get(); });
    check("get several", [] { return low().union_(good()).get(); });
    check("get nothing", [] { return low().intersection(books().filter("pages"_k = 200)).get(); });
    check("values of it", low().union_(good()).values<"title", "pages">());
    check("values list of it", low().union_(good()).values_list<"pk", "stars">());
    check("values of it, ordered",
          low().union_(good()).values_list<"pages", "pk">().order_by<"pages", "pk">());
    check("flat values of all of it", low().union_all(good()).values_list<"pages">());
    check("values of an intersection", low().intersection(good()).values_list<"title">());
    check("ordered by a column of the model", Country::objects.filter("founded__gt"_k = 1000)
                                                  .union_(Country::objects.filter("founded__lt"_k = 970)));
}

// Traps 12 and 13, and what no combination takes.
void check_limits() {
    check("the model's order, not selected",
          Book::objects.filter("stars"_k = 1)
              .values_list<"pk">()
              .union_(Book::objects.filter("stars"_k = 2).values_list<"pk">()));
    check("the model's order, cleared",
          Country::objects.values_list<"code">().union_(Country::objects.values_list<"code">()).order_by());
    check("the model's order, selected", Country::objects.values_list<"code", "name">()
                                             .union_(Country::objects.values_list<"code", "name">())
                                             .order_by<"name", "code">());
    check_refused("ordered by a column that is not selected",
                  [] { return keys(low()).union_(keys(good())).order_by<"title">().rows(); });
    check("aggregate", [] { return low().union_(good()).aggregate(orm::sum<"pages">); });
    check("aggregate of several",
          [] { return low().union_all(good()).aggregate("n"_k = count<>, "m"_k = orm::max<"pages">); });
    check("aggregate of values", [] {
        return low()
            .values_list<"pages">()
            .union_(good().values_list<"pages">())
            .aggregate(orm::sum<"pages">);
    });
    check("aggregate of an intersection",
          [] { return low().intersection(good()).aggregate(orm::avg<"pages">); });
    const auto both = low().union_(good());
    check_refused("filter", [&] { return both.filter("pk"_k = 1).rows(); });
    check_refused("exclude", [&] { return both.exclude("pk"_k = 1).rows(); });
    check_refused("annotate", [&] { return both.annotate("n"_k = F<"pages">).rows(); });
    check_refused("alias", [&] { return both.alias("n"_k = F<"pages">).rows(); });
    check_refused("distinct", [&] { return both.distinct().rows(); });
    check_refused("update", [&] { return both.update("pages"_k = 1); });
    check_refused("delete", [&] { return both.delete_(); });
    check_refused("get with a condition", [&] { return both.get("pk"_k = 1); });
}

}  // namespace

void check_sets() {
    begin_topic("sets");
    check_members();
    check_in_one_another();
    check_afterwards();
    check_limits();
}

}  // namespace oracle
