// dates() and datetimes(): the distinct years, months, … that a column has.
#include "oracle.hpp"

using orm::date_order, orm::date_part, orm::F, orm::Q, orm::time_part;

namespace oracle {

namespace {

void check_dates_of_dates() {
    const auto books = Book::objects.all();
    check("dates by year", books.dates<"published">(date_part::year));
    check("dates by month", books.dates<"published">(date_part::month));
    check("dates by week", books.dates<"published">(date_part::week));
    check("dates by day", books.dates<"published">(date_part::day));
    check("dates, descending", books.dates<"published">(date_part::month, date_order::descending));
    check("dates, reversed", books.dates<"published">(date_part::year).reverse());
    check("dates of filtered rows", books.filter("stars__gt"_k = 3).dates<"published">(date_part::month));
    check("dates of excluded rows",
          books.exclude("editor__name"_k = "Ada").dates<"published">(date_part::month));
    check("dates of ordered rows",
          Book::objects.order_by<"title">().dates<"published">(date_part::year, date_order::descending));
    check("dates of distinct rows", books.distinct().dates<"published">(date_part::year));
    check("dates of rows that repeat",
          books.filter("tags__name__icontains"_k = "s").dates<"published">(date_part::month));
    check("dates over a relation", books.dates<"author__born">(date_part::year));
    check("dates over a nullable relation", books.dates<"editor__born">(date_part::month));
    check("dates over many", Author::objects.dates<"books__published">(date_part::year));
    check("dates of a moment", books.dates<"created">(date_part::month));
    check("dates of a nullable moment", books.dates<"checked">(date_part::day));
    check("dates of none", Book::objects.none().dates<"published">(date_part::day));
    check("dates of no rows", books.filter("pages"_k = 1).dates<"published">(date_part::day));
    check("dates of NULLs", books.filter("published__isnull"_k = true).dates<"published">(date_part::day));
    check("dates counted", [&] { return books.dates<"published">(date_part::month).count(); });
    check("dates exist", [&] { return books.dates<"published">(date_part::month).exists(); });
    check("dates sliced", books.dates<"published">(date_part::month)[orm::slice(3, 8)]);
    check("dates, the first", [&] { return books.dates<"published">(date_part::month).first(); });
    check("dates, the last", [&] { return books.dates<"published">(date_part::month).last(); });
    check("dates at a position", [&] { return books.dates<"published">(date_part::day)[4]; });
    check("dates filtered afterwards",
          books.dates<"published">(date_part::month).filter("pages__gt"_k = 200));
    check_refused("dates of a slice", [] {
        return Book::objects.order_by<"pk">()[orm::slice(0, 9)].dates<"published">(date_part::day).rows();
    });
}

void check_datetimes() {
    const auto books = Book::objects.all();
    check("by year", books.datetimes<"created">(date_part::year));
    check("by month", books.datetimes<"created">(date_part::month));
    check("by week", books.datetimes<"created">(date_part::week));
    check("by day", books.datetimes<"created">(date_part::day));
    check("by hour", books.datetimes<"created">(time_part::hour));
    check("by minute", books.datetimes<"created">(time_part::minute));
    check("by second", books.datetimes<"created">(time_part::second));
    check("of a nullable", books.datetimes<"checked">(time_part::hour));
    check("descending", books.datetimes<"created">(date_part::month, {}, date_order::descending));
    check("in a zone, by year", books.datetimes<"created">(date_part::year, "America/New_York"));
    check("in a zone, by day", books.datetimes<"created">(date_part::day, "Europe/Warsaw"));
    check("in a zone, by hour", books.datetimes<"created">(time_part::hour, "Asia/Kolkata"));
    check("in a zone, by week, descending",
          books.datetimes<"checked">(date_part::week, "Asia/Tokyo", date_order::descending));
    check("of filtered rows",
          books.filter(Q("stars"_k = 1) || Q("stars"_k = 2)).datetimes<"created">(date_part::day));
    check("over a relation", books.datetimes<"sequel_of__created">(date_part::month));
    check("over many", Author::objects.datetimes<"books__checked">(date_part::year));
    check("counted", [&] { return books.datetimes<"created">(time_part::hour).count(); });
    check("sliced", books.datetimes<"created">(date_part::day)[orm::slice(10, 15)]);
    check("of none", Book::objects.none().datetimes<"created">(date_part::year));
}

}  // namespace

void check_periods() {
    begin_topic("periods");
    check_dates_of_dates();
    check_datetimes();
}

}  // namespace oracle
