// Three rows with a column of every type that functions take, the last one with NULL where it can have it.
#pragma once

#include "../support.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/functions.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

using namespace orm::literals;

struct Entry {
    std::int64_t id = 0;
    std::string text{};
    std::optional<std::string> note{};
    int number = 0;
    std::int64_t big = 0;
    std::optional<std::int16_t> small{};
    double real = 0;
    std::optional<double> ratio{};
    orm::timestamptz at{};
    std::optional<orm::timestamp> local{};
    std::optional<orm::date> day{};

    static constexpr orm::manager<Entry> objects{};
};

// Wall clock readings: at(2024, 3, 31, 1, 30) is an instant, in UTC.
inline auto wall(int year, int month, int day, int hour = 0, int minute = 0, int second = 0,
                 int microsecond = 0) {
    using namespace std::chrono;
    return local_days(std::chrono::year(year) / month / day) + hours(hour) + minutes(minute) +
           seconds(second) + microseconds(microsecond);
}
template <class... Parts>
orm::timestamp local(Parts... parts) {
    return orm::timestamp(wall(parts...));
}
template <class... Parts>
orm::timestamptz utc(Parts... parts) {
    return orm::timestamptz(
        std::chrono::sys_time<std::chrono::microseconds>(wall(parts...).time_since_epoch()));
}

class entries_fixture {
public:
    // The session is in a zone that no test names: what is in UTC must be so whatever the session is in.
    entries_fixture() : db_(orm::connect(url())) {
        db_.make_current();
        orm::create_tables<Entry>().get();
        entries.push_back(Entry::objects.create({.text = "Crème brûlée",
                                                 .note = "sweet",
                                                 .number = 3,
                                                 .big = 5'000'000'000,
                                                 .small = 2,
                                                 .real = -2.5,
                                                 .ratio = 0.5,
                                                 .at = utc(2024, 12, 31, 23, 30, 59, 750'000),
                                                 .local = local(2024, 2, 29, 13, 45, 10, 900'000),
                                                 .day = orm::date(2024, 8, 15)}));
        entries.push_back(Entry::objects.create({.text = "  padded  ",
                                                 .note = "",
                                                 .number = -7,
                                                 .big = 4,
                                                 .small = 0,
                                                 .real = 1.2345,
                                                 .ratio = -1,
                                                 .at = utc(2024, 3, 31, 0, 30),
                                                 .local = local(2021, 1, 3),
                                                 .day = orm::date(2021, 1, 3)}));
        entries.push_back(Entry::objects.create({.text = "abc", .at = utc(2024, 10, 27, 0, 30)}));
    }
    ~entries_fixture() { db_.close().get(); }

    // The value of an expression for each row, as annotate() reads it.
    template <class E>
    static auto of_rows(const E& expression) {
        std::vector<typename E::template type_in<Entry>> values;
        for (const auto& row : Entry::objects.order_by<"id">().annotate("computed"_k = expression))
            values.push_back(row["computed"_k]);
        return values;
    }

    // It has for each row the value that C++ computes: in annotate(), filter() and order_by().
    template <class E, class Naive>
    void check(const E& expression, Naive naive) const {
        using type = typename E::template type_in<Entry>;
        std::vector<type> expected;
        for (const Entry& entry : entries) expected.push_back(naive(entry));
        CHECK(of_rows(expression) == expected);
        const auto ordered = Entry::objects.order_by(expression, orm::F<"id">).rows();
        CHECK(ordered.size() == entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto same = Entry::objects.filter("id"_k = entries[i].id);
            if constexpr (orm::model_detail::is_optional<type>) {
                CHECK(same.filter(expression.isnull()).count() == (expected[i] ? 0 : 1));
                if (expected[i]) CHECK(same.filter(expression == *expected[i]).count() == 1);
            } else {
                CHECK(same.filter(expression == expected[i]).count() == 1);
            }
        }
    }

    // Of the first row.
    template <class E>
    static auto first(const E& expression) {
        return of_rows(expression).front();
    }

    // False, and says so, where the server has not got the extension's files.
    static bool extension(const std::string& name) {
        try {
            orm::execute("CREATE EXTENSION IF NOT EXISTS " + name).get();
            return true;
        } catch (const orm::database_error& missing) {
            MESSAGE("SKIPPED: the server has no extension " << name << ": " << missing.what());
            return false;
        }
    }

    std::vector<Entry> entries{};

private:
    // Extensions are in the schema, or in public where the database had them before.
    std::string url() const { return schema_.url() + ",public%20-cTimeZone%3DAsia/Kathmandu"; }

    fresh_schema schema_{};
    orm::database db_;
};

}  // namespace test
