#include "computed.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>

using orm::Case, orm::Cast, orm::Coalesce, orm::F, orm::Greatest, orm::Least, orm::NullIf, orm::Q, orm::Value,
    orm::When;

namespace oracle {

namespace {

void check_arithmetic() {
    computed("plus", F<"pages"> + 1);
    computed("plus a nullable", F<"pages"> + F<"stars">);
    computed("minus", 100 - F<"pages">);
    computed("times", F<"pages"> * 2);
    computed("integer division", F<"pages"> / 7);
    computed("division of a double", F<"price"> / 4);
    computed("remainder", F<"pages"> % 7);
    computed("negative", -F<"pages">);
    computed("precedence", (F<"pages"> + 1) * 2 - F<"pages"> / 5 % 3);
    computed("minus of a sum", F<"pages"> - (F<"stars"> + 1));
    computed("integer and double", F<"pages"> * F<"price">);
    computed("power", F<"price">.pow(2));
    computed("bit and", F<"pages">.bitand_(12));
    computed("bit or", F<"pages">.bitor_(3));
    computed("bit xor", F<"pages">.bitxor(5));
    computed("shift left", F<"pages">.bitleftshift(2));
    computed("shift right", F<"pages">.bitrightshift(1));
    computed("over a relation", F<"pages"> + F<"sequel_of__pages">);
    computed("over two relations", F<"author__rating"> - F<"editor__rating">);
    computed("days", F<"published"> + 30);
    computed("days between", F<"published"> - F<"author__born">);
    computed("a constant", Value(5));
    computed("a text", Value("it's"));
    computed("a column", F<"subtitle">);
}

void check_conditions() {
    check("gt a sum", Book::objects.filter("pages__gt"_k = F<"stars"> * 50 + 10));
    check("a sum gt", Book::objects.filter(F<"pages"> + F<"stars"> > 100));
    check("a sum gt a product", Book::objects.filter(F<"pages"> + 10 > F<"price"> * 20));
    check("equal to an expression", Book::objects.filter("pages"_k = F<"sequel_of__pages"> + 25));
    check("exclude gt a sum of NULLs", Book::objects.exclude("pages__gt"_k = F<"stars"> * 50));
    check("exclude a sum gt", Book::objects.exclude(F<"pages"> + F<"stars"> > 100));
    check("exclude a strict function", Book::objects.exclude(F<"stars"> + 1 == 4));
    check("in", Book::objects.filter((F<"pages"> % 100).in_list({25, 75})));
    check("range", Book::objects.filter((F<"pages"> * 2).range(100, 200)));
    check("isnull", Book::objects.filter((F<"pages"> + F<"stars">).isnull()));
    check("Q and an expression", Book::objects.filter(Q("stars"_k = 3) || F<"pages"> * 2 > 500));
    check("not an expression", Book::objects.filter(!Q(F<"pages"> * 2 > 100)));
    check("case in a condition",
          Book::objects.filter(Case(When("stars__gt"_k = 3, 1), When("pages__gt"_k = 200, 2)).otherwise(0) ==
                               2));
    check("exclusive or", Book::objects.filter(Q("stars__gt"_k = 2) ^ Q("pages__gt"_k = 100)));
    check("exclusive or of three",
          Book::objects.filter(Q("stars__gt"_k = 2) ^ Q("pages__gt"_k = 100) ^ Q("in_print"_k = true)));
    check("exclude exclusive or", Book::objects.exclude(Q("stars__gt"_k = 2) ^ Q("pages__gt"_k = 100)));
}

void check_choices() {
    computed(
        "case",
        Case(When("stars__gt"_k = 3, "good"), When("stars__isnull"_k = true, "unknown")).otherwise("bad"));
    computed("case without a default", Case(When("stars__gt"_k = 3, 1)));
    computed(
        "case of columns",
        Case(When(Q("pages__gt"_k = 100) && Q("in_print"_k = true), F<"title">)).otherwise(F<"subtitle">));
    computed("case over relations",
             Case(When("editor__name"_k = "Ada", F<"editor__rating">)).otherwise(F<"author__rating">));
    computed("case of the first", Case(When("pages__gte"_k = 0, 1), When("pages__gte"_k = 100, 2)));
    computed("case of a negation", Case(When(!Q("stars"_k = 3), 1)).otherwise(0));
    computed("case of nothing", Case(When("pk__in"_k = std::vector<int>{}, 1)).otherwise(0));
    computed("case in a case",
             Case(When("stars__gt"_k = 2, Case(When("pages__gt"_k = 100, 1)).otherwise(2))).otherwise(3));
    computed("case in a sum", Case(When("in_print"_k = true, 10)).otherwise(0) + F<"pages">);
    computed("coalesce", Coalesce(F<"subtitle">, F<"title">));
    computed("coalesce with a value", Coalesce(F<"stars">, 0));
    computed("coalesce over a relation", Coalesce(F<"editor__name">, "nobody"));
    computed("coalesce of three", Coalesce(F<"subtitle">, F<"editor__name">, "none"));
    computed("greatest", Greatest(F<"pages">, F<"sequel_of__pages">));
    computed("least", Least(F<"stars">, F<"sequel_of__stars">));
    computed("nullif", NullIf(F<"pages">, 25));
    computed("nullif of texts", NullIf(F<"title">, ""));
    computed("cast to text", Cast<std::string>(F<"pages">));
    computed("cast to integer", Cast<int>(F<"price">));
    computed("cast to double", Cast<double>(F<"pages">) / 3);
    computed("cast to date", Cast<orm::date>(F<"created">));
}

void check_orders() {
    ordered("by a sum", (F<"pages"> + F<"stars">).asc());
    ordered("by a sum, descending", (F<"pages"> + F<"stars">).desc());
    ordered("nulls first", F<"stars">.asc().nulls_first());
    ordered("nulls last", F<"stars">.desc().nulls_last());
    ordered("by a case", Case(When("in_print"_k = true, 1)).otherwise(2).asc());
    ordered("by a coalesce", Coalesce(F<"subtitle">, F<"title">).desc());
    check(
        "nulls first, reversed",
        Book::objects.order_by(F<"stars">.asc().nulls_first(), F<"pk">.asc()).reverse().values_list<"pk">());
    check("first by an expression",
          [] { return Book::objects.order_by((F<"pages"> % 60).desc(), F<"pk">.asc()).first(); });
}

void check_writes_of_expressions() {
    check_write("update to a sum", [] { return Book::objects.update("pages"_k = F<"pages"> * 2 + 1); });
    check_write("update two from each other", [] {
        return Book::objects.update("pages"_k = F<"pages"> + 1, "price"_k = F<"pages"> / 2.0);
    });
    check_write("update to a case", [] {
        return Book::objects.update(
            "binding"_k = Case(When("pages__gt"_k = 100, binding::digital)).otherwise(binding::paperback));
    });
    check_write("update to a coalesce",
                [] { return Book::objects.update("subtitle"_k = Coalesce(F<"subtitle">, F<"title">)); });
    check_write("update filtered by an expression",
                [] { return Book::objects.filter(F<"pages"> + F<"stars"> > 100).update("stars"_k = 1); });
    check_write("delete filtered by an expression",
                [] { return Book::objects.filter(F<"pages"> % 50 == 0).delete_(); });
}

}  // namespace

void check_expressions() {
    begin_topic("expressions");
    check_arithmetic();
    check_conditions();
    check_choices();
    check_orders();
    check_writes_of_expressions();
}

}  // namespace oracle
