// hstore: texts by keys, some NULL; without the extension there are no cases.
#include "oracle.hpp"

#include <asynchrormous/query/hstore.hpp>

using orm::hstore, orm::Q;

namespace oracle {

struct Parcel {
    std::int64_t id = 0;
    std::optional<hstore> notes{};

    static constexpr orm::manager<Parcel> objects{};
};

namespace {

void create_parcels() {
    orm::create_tables<Parcel>().get();
    Parcel::objects.create({});
    for (const hstore& each : {hstore{}, hstore{{"room", "12"}}, hstore{{"room", "12"}, {"floor", "1"}},
                               hstore{{"room", std::nullopt}}, hstore{{"floor", "12"}},
                               hstore{{"Room", "12"}}, hstore{{"room", ""}}, hstore{{"a b", "\"x\", 'y'"}}})
        Parcel::objects.create({.notes = each});
}

template <class Term>
void found(std::string_view name, const Term& term) {
    check(name, Parcel::objects.filter(term).template order_by<"pk">().template values_list<"pk">());
    check("exclude: " + std::string(name),
          Parcel::objects.exclude(term).template order_by<"pk">().template values_list<"pk">());
}

}  // namespace

void check_hstores() {
    begin_topic("hstores");
    try {
        orm::execute("CREATE EXTENSION IF NOT EXISTS hstore").get();
    } catch (const orm::error&) {
        return;
    }
    create_parcels();
    found("exact", "notes"_k = hstore{{"room", "12"}});
    found("empty", "notes"_k = hstore{});
    found("isnull", "notes__isnull"_k = true);
    found("contains", "notes__contains"_k = hstore{{"room", "12"}});
    found("contains two", "notes__contains"_k = hstore{{"room", "12"}, {"floor", "1"}});
    found("contains a NULL", "notes__contains"_k = hstore{{"room", std::nullopt}});
    found("contains nothing", "notes__contains"_k = hstore{});
    found("contains what needs quotes", "notes__contains"_k = hstore{{"a b", "\"x\", 'y'"}});
    found("contained_by", "notes__contained_by"_k = hstore{{"room", "12"}, {"floor", "12"}});
    found("has_key", "notes__has_key"_k = "room");
    found("has_keys", "notes__has_keys"_k = {"room", "floor"});
    found("has_any_keys", "notes__has_any_keys"_k = {"Room", "floor"});
    found("or", Q("notes__has_key"_k = "Room") || Q("notes__contains"_k = hstore{{"floor", "12"}}));
}

}  // namespace oracle
