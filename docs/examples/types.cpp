// Columns of types that have headers of their own, and one that the program makes.
#include "server.hpp"

#include <asynchrormous/query/composite.hpp>
#include <asynchrormous/query/hstore.hpp>

// [headers]
#include <asynchrormous/query/decimal.hpp>
#include <asynchrormous/query/interval.hpp>
#include <asynchrormous/query/network.hpp>
#include <asynchrormous/query/range.hpp>
// [/headers]

using namespace orm::literals;
using namespace std::chrono_literals;
using orm::F;

// [own]
struct Isbn {
    std::string digits{};
    friend bool operator==(const Isbn&, const Isbn&) = default;
};

template <>
struct orm::postgres::codec<Isbn> {
    static constexpr sql::type type{sql::type_kind::text};

    static void encode(const Isbn& value, std::string& out) { codec<std::string>::encode(value.digits, out); }
    static Isbn decode(field_view field) { return {codec<std::string>::decode(field)}; }
};
// [/own]

// [database]
enum class mood { sad, fine, happy };
template <>
struct orm::database_type<mood> : orm::named<"mood"> {};

struct Place {
    std::string street{};
    std::int32_t number = 0;
};
template <>
struct orm::database_type<Place> : orm::named<"place"> {};
// [/database]

namespace {

struct Guest {
    std::int64_t id = 0;
    mood now = mood::fine;
    Place home{};
    orm::hstore notes{};

    static constexpr orm::manager<Guest> objects{};
};

// [model]
struct Loan {
    std::int64_t id = 0;
    Isbn isbn{};
    orm::decimal fee{};
    orm::interval allowed{};
    orm::time_of_day opens{};
    orm::timestamp lent{};
    std::optional<orm::timestamp> returned{};

    static constexpr auto meta = orm::meta(orm::column<&Loan::fee>(orm::numeric_size(10, 2)));
    static constexpr orm::manager<Loan> objects{};
};
// [/model]

void decimals() {
    // [decimal]
    check(0.1_dec + 0.2_dec == 0.3_dec);
    check((2.5_dec * 1.10_dec).to_string() == "2.750");
    check((10_dec).divided(3, 2) == 3.33_dec);  // two places, halves away from zero
    check((2.5_dec).rounded(0, orm::decimal::rounding::half_even) == 2);
    // [/decimal]
    // [sums]
    std::optional<orm::decimal> total = Loan::objects.aggregate(orm::sum<"fee">);
    check(total == 3.75_dec);
    check(Loan::objects.filter("fee__gt"_k = 1.25_dec).count() == 1);
    // [/sums]
}

void intervals() {
    // [interval]
    orm::interval fortnight = std::chrono::weeks(2);
    check(fortnight.to_string() == "14 days");
    check((fortnight + std::chrono::months(1) - 90min).to_string() == "1 mon 14 days -01:30:00");
    check(Loan::objects.filter(F<"lent"> + F<"allowed"> < F<"returned">).count() == 1);  // late
    check(Loan::objects.filter("opens__hour"_k = 9, "allowed__gte"_k = fortnight).count() == 1);
    // [/interval]
}

struct Room {
    std::int64_t id = 0;
    orm::range<orm::date> booked{};
    orm::inet door{};

    static constexpr orm::manager<Room> objects{};
};

void ranges() {
    // [range]
    orm::range<int> few(1, 3, orm::bounds::closed);
    check(few == orm::range<int>(1, 4));  // integers and dates: the end is out
    check(few.contains(3) && !few.contains(4));
    orm::range<orm::date> from_march(orm::date(2024, 3, 1), std::nullopt);
    // [/range]
    Room::objects.create({.booked = from_march, .door = orm::inet("192.168.7.5")});
    // [range lookups]
    check(Room::objects.filter("booked__contains"_k = orm::date(2024, 5, 1)).count() == 1);
    check(Room::objects.filter("booked__startswith__month"_k = 3).count() == 1);
    // [/range lookups]
}

void addresses() {
    // [address]
    check(Room::objects.filter("door__net_contained_by"_k = orm::inet("192.168.0.0/16")).count() == 1);
    check(Room::objects.get().door.to_string() == "192.168.7.5");
    // [/address]
}

void own() {
    // [use]
    check(Loan::objects.get("isbn"_k = Isbn{"9780547773742"}).fee == 1.25_dec);
    // [/use]
}

void types_of_the_database() {
    // [named]
    check(Guest::objects.filter("now__gt"_k = mood::fine).count() == 1);
    check(Guest::objects.get("home"_k = Place{"Main Street", 7}).now == mood::happy);
    check(Guest::objects.filter("notes__contains"_k = orm::hstore{{"room", "12"}}).count() == 1);
    // [/named]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Loan, Room>().get();
        const auto lent = orm::timestamp::parse("2024-02-01 10:00").value();
        Loan::objects.create({.isbn = {"9780547773742"},
                              .fee = 1.25_dec,
                              .allowed = std::chrono::weeks(2),
                              .opens = orm::time_of_day(9, 30),
                              .lent = lent});
        Loan::objects.create({.isbn = {"9780156027601"},
                              .fee = 2.50_dec,
                              .allowed = std::chrono::days(3),
                              .opens = orm::time_of_day(10, 0),
                              .lent = lent,
                              .returned = orm::timestamp::parse("2024-02-09 10:00").value()});
        decimals();
        intervals();
        ranges();
        addresses();
        own();

        orm::execute("CREATE TYPE place AS (street text, number integer)").get();
        orm::execute("CREATE EXTENSION hstore").get();
        orm::create_tables<Guest>().get();
        Guest::objects.create({.now = mood::happy, .home = {"Main Street", 7}, .notes = {{"room", "12"}}});
        types_of_the_database();
    });
}
