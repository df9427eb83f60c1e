#include "oracle.hpp"

using orm::F, orm::Q;

namespace oracle {

void check_transforms() {
    begin_topic("transforms");
    check("lower", Book::objects.filter("title__lower"_k = "eden"));
    check("upper", Book::objects.filter("title__upper"_k = "ÜBERMUT"));
    check("lower startswith", Book::objects.filter("title__lower__startswith"_k = "the"));
    check("lower in", Book::objects.filter("title__lower__in"_k = {"eden", "solaris"}));
    check("trim", Book::objects.filter("title__trim"_k = "space"));
    check("ltrim", Book::objects.filter("title__ltrim"_k = "space "));
    check("rtrim", Book::objects.filter("title__rtrim"_k = " space"));
    check("trim, then upper", Book::objects.filter("title__trim__upper"_k = "SPACE"));
    check("reverse", Book::objects.filter("title__reverse"_k = "siralos"));
    check("reverse startswith", Book::objects.filter("title__reverse__startswith"_k = "%"));
    check("md5", Book::objects.filter("title__md5"_k = "d41d8cd98f00b204e9800998ecf8427e"));
    check("length", Book::objects.filter("title__length"_k = 4));
    check("length gt", Book::objects.filter("title__length__gt"_k = 10));
    check("length of a nullable", Book::objects.filter("subtitle__length__lte"_k = 4));
    check("exclude lower", Book::objects.exclude("title__lower"_k = "eden"));
    check("over a relation", Book::objects.filter("author__name__lower"_k = "ada"));
    check("over a nullable relation", Book::objects.filter("editor__name__length"_k = 4));
    check("over many", Author::objects.filter("books__title__lower"_k = "eden"));
    check("abs", Book::objects.filter("pages__abs"_k = 25));
    check("ceil", Author::objects.filter("rating__ceil"_k = 1));
    check("floor", Author::objects.filter("rating__floor__gte"_k = 1));
    check("round", Author::objects.filter("rating__round"_k = 4));
    check("sign", Author::objects.filter("rating__sign"_k = 1));
    check("sqrt", Book::objects.filter("pages__sqrt__gt"_k = 14));
    check("date of a moment, then year", Book::objects.filter("created__date__year"_k = 1962));
    check("date of a moment, then month", Book::objects.filter("created__date__month__in"_k = {1, 12}));
    check("year contains", Book::objects.filter("published__year__contains"_k = "62"));
    check("column with a transform on the right", Book::objects.filter("pages__gt"_k = F<"title__length">));
    check("both with a transform", Book::objects.filter("title__lower"_k = F<"subtitle__lower">));
    check("year of another", Book::objects.filter("published__year"_k = F<"sequel_of__published__year">));
    check("ordered by lower", Book::objects.order_by<"title__lower", "pk">().values_list<"pk">());
    check("ordered by length", Book::objects.order_by<"-title__length", "pk">().values_list<"pk">());
    check("ordered by year", Book::objects.order_by<"published__year", "pk">().values_list<"pk">());
    check("ordered by a related transform",
          Book::objects.order_by<"editor__name__upper", "pk">().values_list<"pk">());
    check("values of transforms",
          Book::objects.order_by<"pk">().values_list<"title__lower", "published__year", "created__date">());
    check("values of related transforms",
          Book::objects.order_by<"pk">().values_list<"editor__name__length", "author__born__month">());
    check("values of a time",
          Book::objects.order_by<"pk">().values_list<"checked__hour", "created__minute">());
}

}  // namespace oracle
