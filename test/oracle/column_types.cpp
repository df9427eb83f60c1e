// Decimals, times of day, intervals, ranges and addresses: lookups, transforms, arithmetic, aggregates.
#include "oracle.hpp"

#include <asynchrormous/query/decimal.hpp>
#include <asynchrormous/query/functions.hpp>
#include <asynchrormous/query/interval.hpp>
#include <asynchrormous/query/network.hpp>
#include <asynchrormous/query/range.hpp>

#include <chrono>

using orm::F, orm::Q, orm::range, orm::bounds, orm::decimal;
using namespace std::chrono_literals;
using std::chrono::days;

namespace oracle {

struct Stay {
    std::int64_t id = 0;
    std::optional<decimal> cost{};
    std::optional<orm::time_of_day> opens{};
    std::optional<orm::interval> lasts{};
    std::optional<range<int>> seats{};
    std::optional<range<decimal>> prices{};
    std::optional<range<orm::date>> nights{};
    std::optional<range<orm::timestamptz>> during{};
    std::optional<orm::inet> address{};
    int guests = 0;
    orm::date booked{};
    orm::timestamptz at{};

    static constexpr auto meta = orm::meta(orm::column<&Stay::cost>(orm::numeric_size(12, 2)));
    static constexpr orm::manager<Stay> objects{};
};

namespace {

constexpr orm::date day(int n) { return orm::date::from_postgres(8766 + n); }  // from 2024-01-01 on
constexpr orm::timestamptz moment(int hours) {
    return orm::timestamptz::from_postgres((8766 * 24LL + hours) * 3'600'000'000);
}

// Of both kinds of bounds, without one, and empty.
template <class T>
range<T> between(int kind, const T& low, const T& high) {
    switch (kind % 6) {
        case 0:
            return range<T>(low, high, bounds::closed);
        case 1:
            return range<T>(low, std::nullopt);
        case 2:
            return range<T>(std::nullopt, high, bounds::open_closed);
        case 3:
            return range<T>::empty();
        case 4:
            return range<T>(low, high, bounds::open);
        default:
            return range<T>(low, high);
    }
}

void create_stays() {
    orm::create_tables<Stay>().get();
    orm::atomic([&] {
        Stay::objects.create({.booked = day(0), .at = moment(0)});  // NULLs
        for (int n = 0; n < 48; ++n) {
            Stay made{.guests = n % 11, .booked = day(n * 5 % 40), .at = moment(n * 7)};
            if (n % 5)
                made.cost = decimal(std::to_string(n * n - 300) + "." + std::to_string(n * 25 % 100 + 10));
            if (n % 7) made.opens = orm::time_of_day(n % 24, n * 13 % 60, n * 7 % 60, n % 3 * 250000);
            if (n % 4) made.lasts = orm::interval(days(n % 6) + std::chrono::minutes(n * 37 - 200));
            if (n % 8) made.seats = between(n, n % 9, n % 9 + n % 4 + 1);
            if (n % 6) made.prices = between(n / 2, decimal(n % 5), decimal(n % 5 + 2));
            if (n % 9) made.nights = between(n / 3, day(n), day(n + n % 5 + 1));
            if (n % 5) made.during = between(n / 4, moment(n * 5), moment(n * 5 + n % 9 + 1));
            if (n % 3) made.address = orm::inet("10.0." + std::to_string(n % 4) + "." + std::to_string(n));
            Stay::objects.create(made);
        }
    });
}

template <class... Terms>
void found(std::string_view name, const Terms&... terms) {
    check(name, Stay::objects.filter(terms...).template order_by<"pk">().template values_list<"pk">());
    check("exclude: " + std::string(name),
          Stay::objects.exclude(terms...).template order_by<"pk">().template values_list<"pk">());
}

template <class T>
struct optional_of {
    using type = std::optional<T>;
};
template <class T>
struct optional_of<std::optional<T>> {
    using type = std::optional<T>;
};

// As numbers and texts, which both sides have.
std::optional<double> shown(const std::optional<decimal>& value) {
    if (!value) return std::nullopt;
    return value->to_double();
}
std::optional<std::int64_t> shown(const std::optional<orm::interval>& value) {
    if (!value) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::microseconds>(value->estimated()).count();
}
std::optional<std::string> shown(const std::optional<orm::time_of_day>& value) {
    if (!value) return std::nullopt;
    const std::string text = value->to_string();
    return text.size() == 5 ? text + ":00" : text;
}
template <class T>
auto shown(const std::vector<T>& values) {
    std::vector<decltype(shown(typename optional_of<T>::type()))> out;
    for (const T& each : values) out.push_back(shown(typename optional_of<T>::type(each)));
    return out;
}

template <class E>
void value(std::string_view name, E expression) {
    check(name, [&] {
        return shown(Stay::objects.order_by<"pk">().values_list("computed"_k = expression).rows());
    });
}
template <class A>
void whole(std::string_view name, A aggregate) {
    check(name, [&] { return shown(Stay::objects.aggregate(aggregate)); });
}

void check_decimals() {
    found("decimal", "cost"_k = decimal("-299.35"));
    found("decimal gt", "cost__gt"_k = decimal("100.5"));
    found("decimal in", "cost__in"_k = std::vector{decimal("-299.35"), decimal("676.60")});
    found("decimal range", "cost__range"_k = std::pair(decimal(0), decimal("999.99")));
    found("decimal with an integer", "cost__lt"_k = 0);
    found("decimal, more digits than the column", "cost__gte"_k = decimal("-299.3500001"));
    found("decimal of a column", "cost__gt"_k = F<"guests">);
    value("decimal plus", F<"cost"> + 1);
    value("decimal times", F<"cost"> * F<"guests">);
    value("decimal minus decimal", F<"cost"> - decimal("0.01"));
    value("decimal rounded", orm::Round(F<"cost">));
    value("decimal, absolute", orm::Abs(F<"cost">));
    value("decimal, ceiling", orm::Ceil(F<"cost">));
    value("cast to a decimal", orm::Cast<decimal>(F<"guests">));
    value("cast to an interval", orm::Cast<orm::interval>(orm::Cast<std::string>(F<"opens">)));
    value("cast to a time", orm::Cast<orm::time_of_day>(F<"lasts">));
    value("decimal or a default", orm::Coalesce(F<"cost">, decimal(0)));
    whole("decimal sum", orm::sum<"cost">);
    whole("decimal avg", orm::avg<"cost">);
    whole("decimal min", orm::min<"cost">);
    whole("decimal max", orm::max<"cost">.filter("guests__lt"_k = 5));
}

void check_times() {
    found("time of day", "opens"_k = orm::time_of_day(5, 5, 35, 500000));
    found("time of day gt", "opens__gt"_k = orm::time_of_day(12, 0));
    found("time of day range",
          "opens__range"_k = std::pair(orm::time_of_day(8, 0), orm::time_of_day(17, 30)));
    found("hour of a time", "opens__hour"_k = 9);
    found("minute of a time", "opens__minute__gte"_k = 30);
    found("time of an instant", "at__time__lt"_k = "12:00");
    value("times", F<"opens">);
    value("time of an instant, cut", orm::TruncTime(F<"at">));
    value("time of an instant in a zone", orm::TruncTime(F<"at">, "Asia/Tokyo"));
    whole("first time", orm::min<"opens">);

    found("interval", "lasts"_k = orm::interval(days(1) - 163min));
    found("interval gt", "lasts__gt"_k = orm::interval(days(2)));
    found("interval lte a chrono duration", "lasts__lte"_k = orm::interval(90min));
    found("moved moment", F<"at"> + F<"lasts"> > moment(100));
    found("moved by a constant", F<"at"> + orm::interval(days(3)) < moment(150));
    value("intervals", F<"lasts">);
    value("interval times", F<"lasts"> * 2);
    value("interval plus", F<"lasts"> + orm::interval(2h));
    value("difference of moments", F<"at"> - orm::Value(moment(10)));
    whole("sum of intervals", orm::sum<"lasts">);
    whole("longest", orm::max<"lasts">);
}

void check_integer_ranges() {
    const range<int> few(2, 6);
    found("seats", "seats"_k = range<int>(1, 3));
    found("seats contains one", "seats__contains"_k = 4);
    found("seats contains a range", "seats__contains"_k = range<int>(4, 5));
    found("seats contains an empty range", "seats__contains"_k = range<int>::empty());
    found("seats contained_by", "seats__contained_by"_k = few);
    found("seats contained_by an open range", "seats__contained_by"_k = range<int>(std::nullopt, 8));
    found("seats overlap", "seats__overlap"_k = few);
    found("seats fully_lt", "seats__fully_lt"_k = few);
    found("seats fully_gt", "seats__fully_gt"_k = few);
    found("seats not_lt", "seats__not_lt"_k = few);
    found("seats not_gt", "seats__not_gt"_k = few);
    found("seats adjacent_to", "seats__adjacent_to"_k = few);
    found("seats startswith", "seats__startswith"_k = 4);
    found("seats startswith gt", "seats__startswith__gt"_k = 4);
    found("seats endswith", "seats__endswith"_k = 8);
    found("seats endswith isnull", "seats__endswith__isnull"_k = true);
    found("seats isempty", "seats__isempty"_k = true);
    found("seats not isempty", "seats__isempty"_k = false);
    found("seats lower_inc", "seats__lower_inc"_k = true);
    found("seats lower_inf", "seats__lower_inf"_k = true);
    found("seats upper_inc", "seats__upper_inc"_k = true);
    found("seats upper_inf", "seats__upper_inf"_k = true);
    found("seats gt", "seats__gt"_k = few);
    found("seats isnull", "seats__isnull"_k = true);
    found("seats in", "seats__in"_k = std::vector{range<int>(1, 3), range<int>::empty()});
    found("seats or guests", Q("seats__contains"_k = 4) || Q("guests"_k = 4));
    check("ordered by seats", Stay::objects.order_by<"seats", "pk">().values_list<"pk">());
    check("ordered by the start", Stay::objects.order_by<"-seats__startswith", "pk">().values_list<"pk">());
    check("start and end",
          Stay::objects.order_by<"pk">().values_list<"seats__startswith", "seats__endswith">());
    check("counted by the end",
          Stay::objects.order_by().values<"seats__endswith">().annotate("n"_k = orm::count<>));
}

void check_other_ranges() {
    found("prices contains", "prices__contains"_k = decimal("3.5"));
    found("prices contains a bound", "prices__contains"_k = decimal(4));
    found("prices overlap", "prices__overlap"_k = range<decimal>(decimal(1), decimal("2.5"), bounds::open));
    found("prices upper_inc", "prices__upper_inc"_k = true);
    found("prices adjacent_to", "prices__adjacent_to"_k = range<decimal>(decimal(4), decimal(9)));
    found("nights contains", "nights__contains"_k = day(12));
    found("nights contained_by", "nights__contained_by"_k = range<orm::date>(day(0), day(30)));
    found("nights overlap", "nights__overlap"_k = range<orm::date>(day(20), std::nullopt));
    found("nights of a month", "nights__startswith__month"_k = 2);
    found("nights, day of the end", "nights__endswith__day__lt"_k = 10);
    found("during contains", "during__contains"_k = moment(100));
    found("during fully_lt", "during__fully_lt"_k = range<orm::timestamptz>(moment(100), moment(120)));
    found("during lower_inc", "during__lower_inc"_k = false);
}

void check_addresses() {
    found("address", "address"_k = orm::inet("10.0.1.5"));
    found("address in", "address__in"_k = std::vector{orm::inet("10.0.1.5"), orm::inet("10.0.3.7")});
    found("address gt", "address__gt"_k = orm::inet("10.0.2.0"));
    found("address isnull", "address__isnull"_k = true);
}

}  // namespace

void check_column_types() {
    begin_topic("column_types");
    create_stays();
    check_decimals();
    check_times();
    check_integer_ranges();
    check_other_ranges();
    check_addresses();
}

}  // namespace oracle
