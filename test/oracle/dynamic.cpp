// Filters and orders whose names come from outside: Django's filter(**{name: value}) with the same names,
// which it has from the names of the cases.
#include "documents.hpp"

#include <asynchrormous/query/dynamic.hpp>

using nlohmann::json;

namespace oracle {

namespace {

constexpr orm::dynamic_filter<Book, "pages__*", "stars__*", "title__*", "subtitle__*", "published__*",
                              "created__*", "checked__*", "keywords__*", "isbn__*", "in_print__*", "price__*",
                              "binding__*", "author__*", "editor__*", "author__name__*", "editor__rating__*",
                              "author__country__*", "sequel_of__published__year", "tags__name__*",
                              "reviews__score__*", "pk__*">
    filters;
constexpr orm::dynamic_order<Book, "pk", "pages", "title", "stars", "published", "author__name",
                             "editor__rating", "title__length", "author__country__name">
    orders;

struct asked {
    const char* name;
    const char* value;  // JSON
};

// clang-format off
constexpr asked all_asked[] = {
    {"pages", "100"}, {"pages__exact", "100"}, {"pages__gt", "200"}, {"pages__gte", "200"}, {"pages__lt", "50"},
    {"pages__lte", "50"}, {"pages__in", "[25, 75, 26]"}, {"pages__in", "[]"}, {"pages__range", "[50, 100]"},
    {"pages__isnull", "true"}, {"pages__startswith", "\"1\""}, {"pages__contains", "\"7\""},
    {"stars", "null"}, {"stars", "3"}, {"stars__isnull", "true"}, {"stars__isnull", "false"}, {"stars__gt", "2"},
    {"stars__in", "[1, 2]"}, {"stars__range", "[2, 4]"},
    {"title", "\"Eden\""}, {"title__iexact", "\"EDEN\""}, {"title__contains", "\"%\""}, {"title__icontains", "\"ÉE\""},
    {"title__startswith", "\"The\""}, {"title__istartswith", "\"the\""}, {"title__endswith", "\"den\""},
    {"title__iendswith", "\"DEN\""}, {"title__in", "[\"Eden\", \"C:\\\\dos\"]"}, {"title__lower", "\"eden\""},
    {"title__lower__startswith", "\"s\""}, {"title__length", "4"}, {"title__length__gt", "10"}, {"title__trim", "\"space\""},
    {"title__gt", "\"S\""},
    {"subtitle", "null"}, {"subtitle__isnull", "true"}, {"subtitle__icontains", "\"E\""}, {"subtitle__in", "[\"Eden\"]"},
    {"published", "\"1964-02-29\""}, {"published__gt", "\"1963-06-30\""}, {"published__year", "1962"},
    {"published__year__gte", "1963"}, {"published__year__in", "[1960, 1964]"}, {"published__month", "12"},
    {"published__day__gte", "29"}, {"published__week_day", "1"}, {"published__iso_week_day", "7"}, {"published__quarter", "4"},
    {"published__week", "53"}, {"published__range", "[\"1961-12-31\", \"1963-01-01\"]"}, {"published__isnull", "true"},
    {"published__in", "[\"1964-02-29\", \"1960-01-01\"]"},
    {"created__year", "1962"}, {"created__date", "\"1962-12-31\""}, {"created__hour", "23"}, {"created__minute__lt", "10"},
    {"created__gte", "\"1962-12-31T23:59:59.999999Z\""}, {"created__date__year", "1961"}, {"checked__isnull", "false"},
    {"checked__lt", "\"1962-01-01T00:00:00Z\""}, {"checked__time__gte", "\"23:59:59\""},
    {"keywords", "[\"sea\"]"}, {"keywords__contains", "[\"sea\"]"}, {"keywords__contained_by", "[\"sea\", \"war\"]"},
    {"keywords__overlap", "[\"sea\", \"moon\"]"}, {"keywords__len", "2"}, {"keywords__len__gte", "2"},
    {"keywords__0", "\"sea\""}, {"keywords__0_2", "[\"sea\", \"war\"]"}, {"keywords__1__icontains", "\"A\""},
    {"isbn", "\"01000000-0000-0000-0000-000000000002\""}, {"isbn__isnull", "true"},
    {"isbn__in", "[\"01000000-0000-0000-0000-000000000002\"]"}, {"in_print", "true"}, {"in_print", "false"},
    {"price", "2.5"}, {"price__gt", "5"}, {"price__range", "[1.25, 2.5]"}, {"price__in", "[2.5, 3]"},
    {"binding", "\"digital\""}, {"binding__in", "[\"digital\", \"hardcover\"]"},
    {"author", "3"}, {"author__in", "[3, 4]"}, {"author__gt", "30"}, {"author__isnull", "true"}, {"editor", "null"},
    {"editor__isnull", "true"}, {"editor__isnull", "false"}, {"editor__lte", "5"},
    {"author__name", "\"Ada\""}, {"author__name__iexact", "\"ada\""}, {"author__name__in", "[\"Ada\", \"Anna\"]"},
    {"editor__rating__gt", "1"}, {"editor__rating__isnull", "true"}, {"author__country", "\"us\""},
    {"author__country__in", "[\"us\", \"at\"]"}, {"author__country__isnull", "true"}, {"sequel_of__published__year", "1962"},
    {"tags__name", "\"sea\""}, {"tags__name__icontains", "\"s\""}, {"tags__name__isnull", "true"},
    {"reviews__score", "5"}, {"reviews__score__gt", "3"}, {"pk", "7"}, {"pk__in", "[7, 8, 100000]"}, {"pk__lt", "10"},
};
// clang-format on

constexpr const char* all_orders[] = {"pk",
                                      "-pk",
                                      "pages,pk",
                                      "-pages, title, pk",
                                      "stars,-pk",
                                      "-stars,pk",
                                      "published,pk",
                                      "author__name,-pages,pk",
                                      "editor__rating,pk",
                                      "-title__length,pk",
                                      "author__country__name,pk",
                                      "-author__country__name,title,pk"};

template <class Rows>
auto keys(const Rows& rows) {
    return rows.template order_by<"pk">().template values_list<"pk">();
}

// As a query string would have it.
std::string text_of(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string parts;
    for (const json& each : value) parts += (parts.empty() ? "" : ",") + text_of(each);
    return parts;
}

// The name of a case says what it asks.
void check_one(const asked& each) {
    const std::string name = std::string(each.name) + " " + each.value;
    const json value = json::parse(each.value);
    const orm::Q<Book> condition = filters.json(each.name, value);
    check("filter " + name, keys(Book::objects.filter(condition)));
    check("exclude " + name, keys(Book::objects.exclude(condition)));
    if (!value.is_null())
        check("text " + name, keys(Book::objects.filter(filters.text(each.name, text_of(value)))));
}

}  // namespace

void check_dynamic() {
    begin_topic("dynamic");
    for (const asked& each : all_asked) check_one(each);
    for (const char* names : all_orders)
        check("order " + std::string(names), orders(Book::objects.all(), names).values_list<"pk">());
}

}  // namespace oracle
