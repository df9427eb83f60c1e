// Aggregates beyond those of aggregates.cpp, and their clauses.
#include "oracle.hpp"

#include <asynchrormous/query/aggregate_more.hpp>
#include <asynchrormous/query/case.hpp>

using orm::F, orm::Q;

namespace oracle {

namespace {

template <class Aggregate>
void of_books(std::string_view name, Aggregate what) {
    check(name, [&] { return Book::objects.aggregate(what); });
}

void check_clauses() {
    using orm::avg, orm::count, orm::max, orm::sum;
    of_books("sum of an expression", sum<>(F<"pages"> * 2 + 1));
    of_books("sum of a case", sum<>(orm::Case(orm::When("stars__gt"_k = 3, F<"pages">)).otherwise(0)));
    of_books("count of a case", count<>(orm::Case(orm::When("stars__gt"_k = 3, 1))));
    of_books("filtered", sum<"pages">.filter("stars__gt"_k = 3));
    of_books("filtered count", count<>.filter(Q("stars"_k = 1) || Q("stars"_k = 2)));
    of_books("filtered by a negation", count<"pk">.filter(!Q("stars"_k = 3)));
    of_books("filtered over a relation", sum<"pages">.filter("editor__name"_k = "Ada"));
    of_books("filtered by nothing", count<>.filter("pk__in"_k = std::vector<int>{}));
    of_books("filtered distinct", count<"pages">.distinct().filter("in_print"_k = true));
    of_books("default", sum<"pages">.filter("pages__gt"_k = 10000).default_(0));
    of_books("default that is not needed", max<"pages">.default_(7));
    of_books("difference", max<"pages"> - orm::min<"pages">);
    of_books("ratio", sum<"pages"> / count<>);
    of_books("average of an expression over a relation", avg<>(F<"pages"> + F<"sequel_of__pages">));
}

void check_more() {
    of_books("stddev", orm::stddev<"pages">);
    of_books("stddev of a sample", orm::stddev_sample<"price">);
    of_books("variance", orm::variance<"pages">);
    of_books("variance of a sample", orm::variance_sample<"stars">);
    of_books("string_agg", orm::string_agg<"title">(", ").order_by<"pk">());
    of_books("string_agg with NULLs", orm::string_agg<"subtitle">("|").order_by<"-pages", "pk">());
    of_books("string_agg distinct", orm::string_agg<"title">(", ").distinct().order_by<"title">());
    of_books("string_agg of nothing", orm::string_agg<"title">(", ").filter("pages"_k = 1));
    of_books("array_agg", orm::array_agg<"pages">.order_by<"pk">());
    of_books("array_agg with NULLs", orm::array_agg<"stars">.order_by<"-pk">());
    of_books("array_agg distinct", orm::array_agg<"stars">.distinct().order_by<"stars">());
    of_books("array_agg over a relation", orm::array_agg<"editor__name">.order_by<"pk">());
    of_books("array_agg filtered", orm::array_agg<"pages">.filter("stars"_k = 3).order_by<"pk">());
    of_books("bool_and", orm::bool_and<"in_print">);
    of_books("bool_or", orm::bool_or<"in_print">);
    of_books("bit_and", orm::bit_and<"stars">);
    of_books("bit_or", orm::bit_or<"stars">);
    of_books("corr", orm::corr(F<"pages">, F<"price">));
    of_books("covar_pop", orm::covar_pop(F<"pages">, F<"stars">));
    of_books("covar_sample", orm::covar_sample(F<"pages">, F<"stars">));
    of_books("regr_slope", orm::regr_slope(F<"pages">, F<"price">));
    of_books("regr_count", orm::regr_count(F<"pages">, F<"stars">));
    of_books("regr_r2", orm::regr_r2(F<"pages">, F<"price">));
    of_books("regr_intercept", orm::regr_intercept(F<"pages">, F<"price">));
    of_books("regr_avgx", orm::regr_avgx(F<"pages">, F<"stars">));
    of_books("regr_sxy", orm::regr_sxy(F<"pages">, F<"price">));
}

}  // namespace

void check_statistics() {
    begin_topic("statistics");
    check_clauses();
    check_more();
}

}  // namespace oracle
