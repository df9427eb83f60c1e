// Each rule of on_delete: how many rows went, or which error it was, and what is left of all tables.
#include "oracle.hpp"

using orm::on_delete::cascade, orm::on_delete::protect, orm::on_delete::set_default;

namespace oracle {

struct Bin;
struct Lock;
struct Plug;

struct Shelf {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<Bin, "shelf"> bins{};
    orm::related_set<Plug, "shelf"> plugs{};

    static constexpr orm::manager<Shelf> objects{};
};

struct Bin {
    std::int64_t id = 0;
    orm::foreign_key<Shelf> shelf{};
    orm::related_set<Lock, "bin"> locks{};

    static constexpr orm::manager<Bin> objects{};
};

struct Label {
    std::int64_t id = 0;
    std::optional<orm::foreign_key<Shelf>> shelf{};
    std::optional<orm::foreign_key<Bin>> bin{};

    static constexpr auto meta = orm::meta(orm::column<&Label::shelf>(orm::on_delete::set_null),
                                           orm::column<&Label::bin>(orm::on_delete::set_null));
    static constexpr orm::manager<Label> objects{};
};

struct Item {
    std::int64_t id = 0;
    orm::foreign_key<Shelf> shelf{};

    static constexpr auto meta = orm::meta(orm::column<&Item::shelf>(set_default, orm::db_default("1")));
    static constexpr orm::manager<Item> objects{};
};

struct Guard {
    std::int64_t id = 0;
    orm::foreign_key<Bin> bin{};

    static constexpr auto meta = orm::meta(orm::column<&Guard::bin>(protect));
    static constexpr orm::manager<Guard> objects{};
};

// What is restricted by one key goes where another key takes it along.
struct Lock {
    std::int64_t id = 0;
    std::optional<orm::foreign_key<Shelf>> shelf{};
    orm::foreign_key<Bin> bin{};

    static constexpr auto meta =
        orm::meta(orm::column<&Lock::shelf>(cascade), orm::column<&Lock::bin>(orm::on_delete::restrict));
    static constexpr orm::manager<Lock> objects{};
};

struct Plug {
    std::int64_t id = 0;
    orm::foreign_key<Shelf> shelf{};

    static constexpr auto meta = orm::meta(orm::column<&Plug::shelf>(orm::on_delete::do_nothing));
    static constexpr orm::manager<Plug> objects{};
};

namespace {

// Shelf 1 is what Item falls back to; bins 10n and 10n+1 are of shelf n.
void fill() {
    for (std::int64_t n = 1; n <= 7; ++n) {
        Shelf::objects.create({.id = n, .name = "shelf " + std::to_string(n)});
        for (const std::int64_t bin : {10 * n, 10 * n + 1}) Bin::objects.create({.id = bin, .shelf = n});
        Label::objects.create({.id = n, .shelf = n, .bin = 10 * n});
        Item::objects.create({.id = n, .shelf = n});
    }
    Guard::objects.create({.id = 1, .bin = 40});
    Lock::objects.create({.id = 1, .shelf = 5, .bin = 51});
    Lock::objects.create({.id = 2, .shelf = std::nullopt, .bin = 60});
    Plug::objects.create({.id = 1, .shelf = 7});
}

void clear() {
    Plug::objects.delete_();
    Lock::objects.delete_();
    Guard::objects.delete_();
    Item::objects.delete_();
    Label::objects.delete_();
    Bin::objects.delete_();
    Shelf::objects.delete_();
}

template <class M>
std::vector<std::int64_t> keys() {
    std::vector<std::int64_t> out;
    for (const M& each : M::objects.template order_by<"pk">().rows()) out.push_back(each.id);
    return out;
}

// Outside of a transaction, where every rule is enforced when the call returns.
template <std::invocable F>
void check_delete(std::string_view name, F change) {
    fill();
    std::string answer = "[";
    try {
        write(answer, change());
    } catch (const orm::restricted_error&) {
        write(answer, "restricted");
    } catch (const orm::protected_error&) {
        write(answer, "protected");
    } catch (const orm::foreign_key_violation&) {
        write(answer, "violated");
    }
    answer += ',';
    write(answer, keys<Shelf>());
    answer += ',';
    write(answer, keys<Bin>());
    answer += ',';
    write(answer, Label::objects.order_by<"pk">().rows());
    answer += ',';
    write(answer, Item::objects.order_by<"pk">().rows());
    answer += ',';
    write(answer, keys<Guard>());
    answer += ',';
    write(answer, keys<Lock>());
    answer += ',';
    write(answer, keys<Plug>());
    report(name, answer + "]");
    clear();
}

Shelf shelf(std::int64_t key) { return Shelf::objects.get("pk"_k = key); }
Bin bin(std::int64_t key) { return Bin::objects.get("pk"_k = key); }

}  // namespace

void check_deletes_with_rules() {
    begin_topic("deletes");
    orm::create_tables<Shelf, Bin, Label, Item, Guard, Lock, Plug>().get();
    check_delete("cascade, set_null, set_default", [] { return Shelf::objects.delete_(shelf(2)); });
    check_delete("of several", [] { return Shelf::objects.filter("id__in"_k = {2, 3}).delete_(); });
    check_delete("counted", [] {
        const orm::deleted_rows gone = Shelf::objects.filter("id__in"_k = {2, 3}).delete_counted();
        return std::vector{gone.total, gone.of<Shelf>(), gone.of<Bin>(), gone.of<Label>()};
    });
    check_delete("a row counted", [] { return Shelf::objects.delete_counted(shelf(3)).total; });
    check_delete("set_null alone", [] { return Bin::objects.delete_(bin(30)); });
    check_delete("by a look-up",
                 [] { return Bin::objects.filter("shelf__name__endswith"_k = "2").delete_(); });
    check_delete("protect", [] { return Bin::objects.delete_(bin(40)); });
    check_delete("protect, by a cascade", [] { return Shelf::objects.delete_(shelf(4)); });
    check_delete("protect, one of several", [] { return Bin::objects.filter("pk__lt"_k = 50).delete_(); });
    check_delete("protect, counted", [] { return Bin::objects.delete_counted(bin(40)).total; });
    check_delete("restrict", [] { return Bin::objects.delete_(bin(51)); });
    check_delete("restrict, what goes along", [] { return Shelf::objects.delete_(shelf(5)); });
    check_delete("restrict, by a cascade", [] { return Shelf::objects.delete_(shelf(6)); });
    check_delete("do_nothing", [] { return Shelf::objects.delete_(shelf(7)); });
    check_delete("do_nothing, when it went before", [] {
        Plug::objects.delete_();
        return Shelf::objects.delete_(shelf(7));
    });
    check_delete("do_nothing, when it goes later", [] {
        return orm::atomic([] {
            const std::int64_t gone = Shelf::objects.delete_(shelf(7));
            Plug::objects.delete_();
            return gone;
        });
    });
    check_delete("nothing", [] { return Shelf::objects.filter("pk"_k = 99).delete_(); });
}

}  // namespace oracle
