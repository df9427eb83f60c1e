// Frames of windows: rows, groups, ranges, and what they leave out; functions and aggregates over each.
#include "oracle.hpp"

#include <asynchrormous/query/aggregate_more.hpp>
#include <asynchrormous/query/window.hpp>

using orm::F, orm::frame_exclusion, orm::unbounded, orm::Window;

namespace oracle {

namespace {

template <class E>
void of_books(std::string_view name, const E& value) {
    check(name, Book::objects.order_by<"pk">().values_list<"pk">("w"_k = value));
}

void check_rows() {
    const auto total = Window(orm::sum<"pages">).partition_by<"binding">().order_by<"pk">();
    of_books("rows: all before", total.rows(unbounded, 0));
    of_books("rows: all before this one", total.rows(unbounded, -1));
    of_books("rows: three before", total.rows(-3, -1));
    of_books("rows: two after", total.rows(1, 2));
    of_books("rows: to the end", total.rows(0, unbounded));
    of_books("rows: all", total.rows(unbounded, unbounded));
    of_books("rows: this one", total.rows(0, 0));
    of_books("rows: without this one", total.rows(-2, 2, frame_exclusion::current_row));
    of_books("rows: all without this one", total.rows(unbounded, unbounded, frame_exclusion::current_row));
    const auto by_stars = Window(orm::count<>).order_by<"stars">();
    of_books("rows: without the group", by_stars.rows(unbounded, unbounded, frame_exclusion::group));
    of_books("rows: without ties", by_stars.rows(unbounded, unbounded, frame_exclusion::ties));
    of_books("rows: nothing left out", by_stars.rows(unbounded, unbounded, frame_exclusion::none));
}

void check_group_frames() {
    const auto total = Window(orm::sum<"pages">).partition_by<"binding">().order_by<"stars">();
    of_books("groups: this one", total.groups(0, 0));
    of_books("groups: the one before", total.groups(-1, -1));
    of_books("groups: around", total.groups(-1, 1));
    of_books("groups: two after", total.groups(1, 2));
    of_books("groups: all before", total.groups(unbounded, 0));
    of_books("groups: to the end", total.groups(0, unbounded));
    of_books("groups: without this row", total.groups(-1, 1, frame_exclusion::current_row));
    of_books("groups: without the group", total.groups(-1, 1, frame_exclusion::group));
    of_books("groups: without ties", total.groups(-1, 1, frame_exclusion::ties));
    of_books("groups: descending", Window(orm::count<>).order_by<"-stars">().groups(-1, 0));
    of_books("groups: of two columns", Window(orm::count<>).order_by<"stars", "in_print">().groups(-2, 0));
}

void check_ranges() {
    const auto near = Window(orm::count<>).order_by<"pages">();
    of_books("range: this value", near.range(0, 0));
    of_books("range: around", near.range(-25, 25));
    of_books("range: below", near.range(-50, -1));
    of_books("range: above", near.range(1, unbounded));
    of_books("range: all before", near.range(unbounded, 0));
    of_books("range: without this row", near.range(-25, 25, frame_exclusion::current_row));
    of_books("range: without the group", near.range(-25, 25, frame_exclusion::group));
    of_books("range: without ties", near.range(-25, 25, frame_exclusion::ties));
    of_books("range: of a nullable", Window(orm::count<>).order_by<"stars">().range(-1, 1));
    of_books("range: descending", Window(orm::count<>).order_by<"-pages">().range(-25, 0));
    of_books("range: in partitions",
             Window(orm::max<"price">).partition_by<"binding">().order_by<"pages">().range(-25, 0));
}

void check_framed_functions() {
    const auto framed = [](auto function) {
        return Window(function).template partition_by<"author">().template order_by<"pages", "pk">().rows(-1,
                                                                                                          1);
    };
    of_books("first of a frame", framed(orm::FirstValue(F<"title">)));
    of_books("last of a frame", framed(orm::LastValue(F<"title">)));
    of_books("third of a frame", framed(orm::NthValue(F<"title">, 3)));
    of_books("last without this row", Window(orm::LastValue(F<"stars">))
                                          .partition_by<"author">()
                                          .order_by<"pages", "pk">()
                                          .rows(-1, 1, frame_exclusion::current_row));
    of_books("min of a frame", framed(orm::min<"price">));
    of_books("avg of a frame", framed(orm::avg<"stars">));
    of_books("count of a nullable of a frame", framed(orm::count<"stars">));
    of_books("filtered of a frame", framed(orm::count<>.filter("stars__gt"_k = 2)));
    of_books("array_agg of a frame", framed(orm::array_agg<"pages">));
    of_books("string_agg of a frame", framed(orm::string_agg<"title">("|")));
    of_books("bool_or of a frame", framed(orm::bool_or<"in_print">));
    of_books("stddev of a frame", framed(orm::stddev<"pages">));
    of_books("Lag in a partition over a relation",
             Window(orm::Lag(F<"title">)).partition_by<"author__country">().order_by<"author__name", "pk">());
    of_books("Lead of a nullable with a default", Window(orm::Lead(F<"stars">, 3, -1)).order_by<"pk">());
    of_books("Rank of an expression", Window(orm::Rank()).order_by((F<"pages"> % 100).desc()));
    of_books("Rank, NULLs first", Window(orm::Rank()).order_by(F<"stars">.asc().nulls_first()));
    of_books("Ntile of a partition",
             Window(orm::Ntile(3)).partition_by<"binding">().order_by<"pages", "pk">());
    of_books("a sum of windows", Window(orm::sum<"pages">).partition_by<"author">() +
                                     Window(orm::count<>).partition_by<"binding">());
}

// Windows in what follows: Django 3.2 has none of these filters.
void check_around() {
    const auto place = Window(orm::Rank()).partition_by<"author">().order_by<"-pages">();
    const auto ranked = Book::objects.annotate("place"_k = place);
    check("annotated rows", ranked.order_by<"pk">());
    check("ordered by it", ranked.order_by<"-place", "pk">().values_list<"pk">());
    check("filtered by it", ranked.filter("place__lte"_k = 2).order_by<"pk">().values_list<"pk", "place">());
    check("excluded by it", ranked.exclude("place__lte"_k = 2).order_by<"pk">().values_list<"pk">());
    check("filtered by it and a column",
          ranked.filter("place"_k = 1, "stars__gt"_k = 2).order_by<"pk">().values_list<"pk">());
    check("filtered by it or a column",
          ranked.filter(orm::Q("place"_k = 1) || orm::Q("stars"_k = 5)).order_by<"pk">().values_list<"pk">());
    check("filtered by it, sliced",
          ranked.filter("place"_k = 1).order_by<"-pages", "pk">()[orm::slice(1, 5)].values_list<"pk">());
    check("filtered by it, counted", [&] { return ranked.filter("place"_k = 1).count(); });
    check("filtered by it, exists", [&] { return ranked.filter("place"_k = 40).exists(); });
    check("filtered by it, aggregated",
          [&] { return ranked.filter("place"_k = 1).aggregate(orm::sum<"pages">); });
    check("aggregated", [&] { return ranked.aggregate(orm::max<"place">); });
    check("distinct values of it", ranked.order_by().values_list<"place">().distinct());
    check("values of it", ranked.order_by<"pk">().values<"title", "place">());
    check("two of them", ranked.annotate("n"_k = Window(orm::count<>).partition_by<"author">())
                             .filter("place"_k = F<"n">)
                             .order_by<"pk">()
                             .values_list<"pk">());
    check("over groups", Book::objects.order_by<"stars">()
                             .values<"stars">()
                             .annotate("n"_k = orm::count<>)
                             .annotate("place"_k = Window(orm::Rank()).order_by<"-n">()));
    check("a share of all", Book::objects.order_by<"binding">()
                                .values<"binding">()
                                .annotate("n"_k = orm::count<>)
                                .annotate("all"_k = Window(orm::max<"n">)));
}

}  // namespace

void check_frames() {
    begin_topic("frames");
    check_rows();
    check_group_frames();
    check_ranges();
    check_framed_functions();
    check_around();
}

}  // namespace oracle
