#include "documents.hpp"

using nlohmann::json;
using orm::F, orm::Q;

namespace oracle {

namespace {

// The keys of the rows for which the conditions hold, and of those for which they do not.
template <class... Terms>
void both(const std::string& name, const Terms&... terms) {
    const auto keys = Document::objects.order_by<"pk">().values_list<"pk">();
    check(name, keys.filter(terms...));
    check("exclude: " + name, keys.exclude(terms...));
}

}  // namespace

void check_json_paths() {
    begin_topic("json_paths");
    check("rows", Document::objects.order_by<"pk">());
    both("SQL NULL", "data__isnull"_k = true);
    both("not SQL NULL", "data__isnull"_k = false);
    both("JSON null", "data"_k = json(nullptr));
    both("whole", "data"_k = json::parse(R"({"k": "v"})"));
    both("whole number", "data"_k = json(5));
    both("whole text", "data"_k = json("text"));
    both("key", "data__k"_k = "v");
    both("key is a number", "data__k"_k = 1);
    both("key is a fraction", "data__n"_k = -1.5);
    both("key is true", "data__k"_k = true);
    both("key is null", "data__k"_k = std::nullopt);
    both("key is missing", "data__k__isnull"_k = true);
    both("key is there", "data__k__isnull"_k = false);
    both("key is a list", "data__k"_k = json::parse("[1, 2, \"v\"]"));
    both("key is an object", "data__k"_k = json::parse(R"({"a": 1, "b": null})"));
    both("key of a key", "data__k__a"_k = 1);
    both("key of a key is null", "data__k__b"_k = std::nullopt);
    both("key of a key is missing", "data__k__b__isnull"_k = true);
    both("element", "data__0"_k = 1);
    both("element of a key", "data__k__2"_k = "v");
    both("deep", "data__k__c__0__d"_k = "deep");
    both("gt", "data__k__gt"_k = 1);
    both("gte", "data__k__gte"_k = 1);
    both("lt", "data__k__lt"_k = 2);
    both("lt of texts", "data__k__lt"_k = "v");
    both("large number", "data__n__gt"_k = std::int64_t{12345678900});
    both("in", "data__k__in"_k = {1, 10});
    both("in with null", "data__k__in"_k = std::vector<std::optional<int>>{1, std::nullopt});
    both("in nothing", "data__k__in"_k = std::vector<int>{});
    both("range", "data__n__range"_k = std::pair(1, 5));
    both("range of texts", "data__k__range"_k = std::pair("a", "w"));
    both("isnull of the element of a key", "data__tags__1__isnull"_k = true);
    both("last element", "data__tags__-1"_k = "y");
    both("iregex", "data__k__iregex"_k = "^über");
    both("whole in", "data__in"_k = std::vector{json(5), json(true), json::array()});
    both("has_key of a key that is none", "data__owner__has_key"_k = "age");
    both("in texts", "data__k__in"_k = {"v", "V"});
    both("contains", "data__contains"_k = json::parse(R"({"k": "v"})"));
    both("contains an object", "data__contains"_k = json::parse(R"({"k": {"a": 1}})"));
    both("contains an element", "data__contains"_k = json::parse("[2]"));
    both("contained_by", "data__contained_by"_k = json::parse(R"({"k": "v", "x": 1})"));
    both("key contains", "data__k__contains"_k = json::parse(R"({"a": 1})"));
    both("has_key", "data__has_key"_k = "k");
    both("has_key of a number", "data__has_key"_k = "0");
    both("has_keys", "data__has_keys"_k = {"k", "n"});
    both("has_any_keys", "data__has_any_keys"_k = {"n", "owner"});
    both("key has_key", "data__k__has_key"_k = "a");
    both("icontains", "data__k__icontains"_k = "v");
    both("startswith", "data__k__startswith"_k = "V");
    both("endswith", "data__k__endswith"_k = "%");
    both("iexact", "data__k__iexact"_k = "ÜBERMUT");
    both("regex", "data__k__regex"_k = "^[vV]$");
    both("icontains of a number", "data__n__icontains"_k = "1");
    both("icontains of a backslash", "data__k__icontains"_k = "\\");
    both("whole icontains", "data__icontains"_k = "deep");
    both("over a relation", "parent__data__k"_k = "v");
    both("over a relation, missing", "parent__data__k__isnull"_k = true);
    both("or", Q("data__k"_k = "v") || Q("data__n__gt"_k = 3));
    both("and", "data__k__isnull"_k = false, "data__n"_k = 3);
    both("a key equals a key", F<"data__k"> == F<"data__other">);
    check("ordered by a key", Document::objects.order_by<"data__n", "pk">().values_list<"pk">());
    check("values", Document::objects.order_by<"pk">().values_list<"pk", "data">());
    check("values of a key", Document::objects.order_by<"pk">().values_list<"pk", "data__n">());
    check("values of a path", Document::objects.order_by<"pk">().values_list<"pk", "data__owner__name">());
}

}  // namespace oracle
