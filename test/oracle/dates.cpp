#include "oracle.hpp"

namespace oracle {

namespace {

void check_parts() {
    check("year", Book::objects.filter("published__year"_k = 1962));
    check("year gt", Book::objects.filter("published__year__gt"_k = 1962));
    check("year gte", Book::objects.filter("published__year__gte"_k = 1962));
    check("year lt", Book::objects.filter("published__year__lt"_k = 1962));
    check("year lte", Book::objects.filter("published__year__lte"_k = 1962));
    check("year in", Book::objects.filter("published__year__in"_k = {1960, 1964}));
    check("year range", Book::objects.filter("published__year__range"_k = std::pair(1961, 1962)));
    check("year isnull", Book::objects.filter("published__year__isnull"_k = true));
    check("not year", Book::objects.exclude("published__year"_k = 1962));
    check("not year gt", Book::objects.exclude("published__year__gt"_k = 1962));
    check("iso_year", Book::objects.filter("published__iso_year"_k = 1961));
    check("iso_year gt", Book::objects.filter("published__iso_year__gt"_k = 1961));
    check("quarter", Book::objects.filter("published__quarter"_k = 4));
    check("month", Book::objects.filter("published__month"_k = 12));
    check("month in", Book::objects.filter("published__month__in"_k = {1, 2}));
    check("not month", Book::objects.exclude("published__month"_k = 12));
    check("week", Book::objects.filter("published__week"_k = 53));
    check("week lt", Book::objects.filter("published__week__lt"_k = 2));
    check("week_day", Book::objects.filter("published__week_day"_k = 1));
    check("iso_week_day", Book::objects.filter("published__iso_week_day"_k = 7));
    check("day", Book::objects.filter("published__day"_k = 31));
    check("day gte", Book::objects.filter("published__day__gte"_k = 29));
    check("parts together", Book::objects.filter("published__month"_k = 1, "published__day"_k = 1));
    check("part of a related date", Book::objects.filter("author__born__year"_k = 1963));
    check("not part of a related date", Book::objects.exclude("editor__born__month__gt"_k = 6));
}

void check_moments() {
    check("moment year", Book::objects.filter("created__year"_k = 1962));
    check("moment year gt", Book::objects.filter("created__year__gt"_k = 1962));
    check("moment year lte", Book::objects.filter("created__year__lte"_k = 1962));
    check("moment iso_year", Book::objects.filter("created__iso_year"_k = 1960));
    check("moment month", Book::objects.filter("checked__month"_k = 12));
    check("moment day", Book::objects.filter("checked__day"_k = 31));
    check("moment week_day", Book::objects.filter("checked__week_day"_k = 7));
    check("hour", Book::objects.filter("created__hour"_k = 23));
    check("hour lt", Book::objects.filter("created__hour__lt"_k = 3));
    check("minute", Book::objects.filter("created__minute"_k = 59));
    check("second", Book::objects.filter("created__second"_k = 59));
    check("second gte", Book::objects.filter("created__second__gte"_k = 58));
    check("date", Book::objects.filter("created__date"_k = orm::date(1962, 12, 31)));
    check("date lt", Book::objects.filter("created__date__lt"_k = orm::date(1961, 1, 1)));
    check("not date", Book::objects.exclude("checked__date"_k = orm::date(1964, 2, 29)));
    check("time", Book::objects.filter("created__time"_k = "00:00"));
    check("time lt", Book::objects.filter("created__time__lt"_k = "06:30"));
    check("time gt", Book::objects.filter("checked__time__gte"_k = "23:59:59.999999"));
}

}  // namespace

void check_dates() {
    begin_topic("dates");
    check_parts();
    check_moments();
}

}  // namespace oracle
