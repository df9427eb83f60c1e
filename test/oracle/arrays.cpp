#include "oracle.hpp"

using orm::F, orm::Q;

namespace oracle {

namespace {

using texts = std::vector<std::string>;

}  // namespace

void check_arrays() {
    begin_topic("arrays");
    check("contains", Book::objects.filter("keywords__contains"_k = texts{"sea"}));
    check("contains two", Book::objects.filter("keywords__contains"_k = texts{"sea", "war"}));
    check("contains nothing", Book::objects.filter("keywords__contains"_k = texts{}));
    check("contains what needs quotes", Book::objects.filter("keywords__contains"_k = texts{"a b", "NULL"}));
    check("contained_by", Book::objects.filter("keywords__contained_by"_k = texts{"sea", "war", "x,y"}));
    check("contained_by nothing", Book::objects.filter("keywords__contained_by"_k = texts{}));
    check("overlap", Book::objects.filter("keywords__overlap"_k = texts{"Été", "moon"}));
    check("overlap with nothing", Book::objects.filter("keywords__overlap"_k = texts{}));
    check("len", Book::objects.filter("keywords__len"_k = 2));
    check("len of empty ones", Book::objects.filter("keywords__len"_k = 0));
    check("len gte", Book::objects.filter("keywords__len__gte"_k = 2));
    check("element", Book::objects.filter("keywords__0"_k = "sea"));
    check("element beyond the end", Book::objects.filter("keywords__5"_k = "sea"));
    check("element isnull", Book::objects.filter("keywords__1__isnull"_k = true));
    check("element icontains", Book::objects.filter("keywords__0__icontains"_k = "A"));
    check("slice", Book::objects.filter("keywords__0_2"_k = texts{"sea", "war"}));
    check("slice overlap", Book::objects.filter("keywords__1_3__overlap"_k = texts{"sea", "war"}));
    check("slice contained_by", Book::objects.filter("keywords__0_1__contained_by"_k = texts{"sea"}));
    check("in", Book::objects.filter("keywords__in"_k = {texts{"sea"}, texts{}, texts{"war", "sea"}}));
    check("gt", Book::objects.filter("keywords__gt"_k = texts{"sea"}));
    check("isnull", Book::objects.filter("keywords__isnull"_k = true));
    check("over a relation", Book::objects.filter("sequel_of__keywords__contains"_k = texts{"sea"}));
    check("exclude contains", Book::objects.exclude("keywords__contains"_k = texts{"sea"}));
    check("exclude overlap", Book::objects.exclude("keywords__overlap"_k = texts{"sea", "war"}));
    check("exclude exact", Book::objects.exclude("keywords"_k = texts{}));
    check("exclude over a relation", Book::objects.exclude("sequel_of__keywords__contains"_k = texts{"sea"}));
    check("exclude an element", Book::objects.exclude("keywords__0"_k = "sea"));
    check("exclude len", Book::objects.exclude("keywords__len"_k = 0));
    check("columns", Book::objects.filter("keywords__contains"_k = F<"sequel_of__keywords">));
    check("ordered by len", Book::objects.order_by<"keywords__len", "pk">().values_list<"pk">());
    check("ordered by an element", Book::objects.order_by<"-keywords__0", "pk">().values_list<"pk">());
    check("values of an element",
          Book::objects.order_by<"pk">().values_list<"keywords__0", "keywords__len">());
    check("values of a slice", Book::objects.order_by<"pk">().values_list<"keywords__0_2">());
}

}  // namespace oracle
