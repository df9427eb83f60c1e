#include "computed.hpp"

#include <asynchrormous/query/window.hpp>

using orm::F, orm::Q, orm::Window;

namespace oracle {

namespace {

void check_functions_of_windows() {
    const auto by_author = [](auto function) {
        return Window(function).template partition_by<"author">().template order_by<"pages", "pk">();
    };
    ordered("RowNumber", by_author(orm::RowNumber()).asc());
    ordered("Rank", Window(orm::Rank()).partition_by<"author">().order_by<"-pages">().asc());
    ordered("DenseRank", Window(orm::DenseRank()).partition_by<"author">().order_by<"-pages">().desc());
    ordered("PercentRank", Window(orm::PercentRank()).partition_by<"binding">().order_by<"stars">().asc());
    ordered("CumeDist", Window(orm::CumeDist()).order_by<"stars">().desc());
    ordered("Ntile", Window(orm::Ntile(7)).order_by<"pages", "pk">().asc());
    ordered("Lag", by_author(orm::Lag(F<"title">)).asc());
    ordered("Lag by two", by_author(orm::Lag(F<"stars">, 2)).desc());
    ordered("Lead", by_author(orm::Lead(F<"title">)).asc());
    ordered("Lead with a default", by_author(orm::Lead(F<"pages">, 1, -1)).asc());
    ordered("FirstValue", by_author(orm::FirstValue(F<"title">)).asc());
    ordered("LastValue", by_author(orm::LastValue(F<"title">)).asc());
    ordered("NthValue", by_author(orm::NthValue(F<"pages">, 2)).asc());
}

void check_aggregates_of_windows() {
    ordered("sum of a partition", Window(orm::sum<"pages">).partition_by<"author">().asc());
    ordered("running sum", Window(orm::sum<"pages">).order_by<"pk">().asc());
    ordered("running sum of peers", Window(orm::sum<"pages">).order_by<"stars">().desc());
    ordered("count of everything", Window(orm::count<>).partition_by<"editor">().asc());
    ordered("average of a partition over a relation",
            Window(orm::avg<"pages">).partition_by<"author__country">().asc());
    ordered("filtered", Window(orm::sum<"pages">.filter("stars__gt"_k = 2)).partition_by<"binding">().asc());
    ordered("last three", Window(orm::sum<"pages">).order_by<"pk">().rows(-2, 0).asc());
    ordered("around", Window(orm::max<"pages">).partition_by<"binding">().order_by<"pk">().rows(-1, 1).asc());
    ordered("to the end", Window(orm::min<"price">).order_by<"pk">().rows(0, orm::unbounded).desc());
    ordered("by range", Window(orm::count<>).order_by<"pages">().range(orm::unbounded, 0).asc());
    ordered("two partitions", Window(orm::max<"pages">).partition_by<"binding", "in_print">().asc());
    ordered("partition by an expression", Window(orm::sum<"price">).partition_by(F<"pages"> % 3).asc());
    ordered("computed with a window",
            (F<"pages"> - Window(orm::avg<"pages">).partition_by<"author">()).asc());
}

// The keys of the rows for which it holds.
template <class... Terms>
void chosen(std::string_view name, const Terms&... terms) {
    check(name, Book::objects.filter(terms...).template order_by<"pk">().template values_list<"pk">());
}

void check_filters_of_windows() {
    const auto rank = Window(orm::RowNumber()).partition_by<"author">().order_by<"-pages", "pk">();
    const auto total = Window(orm::sum<"pages">).partition_by<"author">();
    chosen("filter: first two of each", rank <= 2);
    chosen("filter: and a condition before", rank == 1, "stars__gt"_k = 2);
    chosen("filter: or a condition", Q(rank == 1) || Q("stars"_k = 5));
    chosen("filter: two windows", rank == 1, total > 500);
    chosen("filter: not", !Q(rank <= 2));
    chosen("filter: with a column", F<"pages"> * 3 > total);
    check("filter: of filtered rows",
          Book::objects.filter("stars__gt"_k = 2).filter(rank == 1).order_by<"pk">().values_list<"pk">());
    check("filter: before others",
          Book::objects.filter(rank == 1).filter("stars__gt"_k = 2).order_by<"pk">().values_list<"pk">());
    check("filter: exclude", Book::objects.exclude(rank <= 2).order_by<"pk">().values_list<"pk">());
    check("filter: count", [&] { return Book::objects.filter(rank == 1).count(); });
    check("filter: sliced",
          Book::objects.filter(rank == 1).order_by<"-pages", "pk">()[orm::slice(2, 6)].values_list<"pk">());
    check("filter: ordered by the window",
          Book::objects.filter(rank <= 2).order_by(rank.desc(), F<"pk">.asc()).values_list<"pk">());
    check("filter: rows", Book::objects.filter(rank == 1));
    check("filter: related columns",
          Book::objects.filter(rank == 1).order_by<"pk">().values_list<"pk", "editor__name">());
    check("filter: aggregate", [&] { return Book::objects.filter(rank == 1).aggregate(orm::sum<"pages">); });
}

}  // namespace

void check_windows() {
    begin_topic("windows");
    check_functions_of_windows();
    check_aggregates_of_windows();
    check_filters_of_windows();
}

}  // namespace oracle
