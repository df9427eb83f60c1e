// Rows and columns as a user of the library reads them.
#include "checksum.hpp"
#include "growth_sides.hpp"

#include <asynchrormous/orm.hpp>

#include <stdexcept>

namespace bench {

namespace {

struct Row {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;

    static constexpr auto meta = orm::meta(orm::table("growing_rows"));
    static constexpr orm::manager<Row> objects{};
};

struct Wide1 {
    std::int64_t id = 0;
    int c1 = 0;

    static constexpr auto meta = orm::meta(orm::table("growing_columns"));
    static constexpr orm::manager<Wide1> objects{};
};
std::int64_t sum_of(const Wide1& r) { return r.id + r.c1; }

struct Wide5 {
    std::int64_t id = 0;
    int c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0;

    static constexpr auto meta = orm::meta(orm::table("growing_columns"));
    static constexpr orm::manager<Wide5> objects{};
};
std::int64_t sum_of(const Wide5& r) { return r.id + r.c1 + r.c2 + r.c3 + r.c4 + r.c5; }

struct Wide10 {
    std::int64_t id = 0;
    int c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0, c10 = 0;

    static constexpr auto meta = orm::meta(orm::table("growing_columns"));
    static constexpr orm::manager<Wide10> objects{};
};
std::int64_t sum_of(const Wide10& r) {
    return r.id + r.c1 + r.c2 + r.c3 + r.c4 + r.c5 + r.c6 + r.c7 + r.c8 + r.c9 + r.c10;
}

struct Wide20 {
    std::int64_t id = 0;
    int c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0, c10 = 0;
    int c11 = 0, c12 = 0, c13 = 0, c14 = 0, c15 = 0, c16 = 0, c17 = 0, c18 = 0, c19 = 0, c20 = 0;

    static constexpr auto meta = orm::meta(orm::table("growing_columns"));
    static constexpr orm::manager<Wide20> objects{};
};
std::int64_t sum_of(const Wide20& r) {
    return r.id + r.c1 + r.c2 + r.c3 + r.c4 + r.c5 + r.c6 + r.c7 + r.c8 + r.c9 + r.c10 + r.c11 + r.c12 +
           r.c13 + r.c14 + r.c15 + r.c16 + r.c17 + r.c18 + r.c19 + r.c20;
}

struct Wide40 {
    std::int64_t id = 0;
    int c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0, c10 = 0;
    int c11 = 0, c12 = 0, c13 = 0, c14 = 0, c15 = 0, c16 = 0, c17 = 0, c18 = 0, c19 = 0, c20 = 0;
    int c21 = 0, c22 = 0, c23 = 0, c24 = 0, c25 = 0, c26 = 0, c27 = 0, c28 = 0, c29 = 0, c30 = 0;
    int c31 = 0, c32 = 0, c33 = 0, c34 = 0, c35 = 0, c36 = 0, c37 = 0, c38 = 0, c39 = 0, c40 = 0;

    static constexpr auto meta = orm::meta(orm::table("growing_columns"));
    static constexpr orm::manager<Wide40> objects{};
};
std::int64_t sum_of(const Wide40& r) {
    return r.id + r.c1 + r.c2 + r.c3 + r.c4 + r.c5 + r.c6 + r.c7 + r.c8 + r.c9 + r.c10 + r.c11 + r.c12 +
           r.c13 + r.c14 + r.c15 + r.c16 + r.c17 + r.c18 + r.c19 + r.c20 + r.c21 + r.c22 + r.c23 + r.c24 +
           r.c25 + r.c26 + r.c27 + r.c28 + r.c29 + r.c30 + r.c31 + r.c32 + r.c33 + r.c34 + r.c35 + r.c36 +
           r.c37 + r.c38 + r.c39 + r.c40;
}

struct Wide60 {
    std::int64_t id = 0;
    int c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0, c10 = 0;
    int c11 = 0, c12 = 0, c13 = 0, c14 = 0, c15 = 0, c16 = 0, c17 = 0, c18 = 0, c19 = 0, c20 = 0;
    int c21 = 0, c22 = 0, c23 = 0, c24 = 0, c25 = 0, c26 = 0, c27 = 0, c28 = 0, c29 = 0, c30 = 0;
    int c31 = 0, c32 = 0, c33 = 0, c34 = 0, c35 = 0, c36 = 0, c37 = 0, c38 = 0, c39 = 0, c40 = 0;
    int c41 = 0, c42 = 0, c43 = 0, c44 = 0, c45 = 0, c46 = 0, c47 = 0, c48 = 0, c49 = 0, c50 = 0;
    int c51 = 0, c52 = 0, c53 = 0, c54 = 0, c55 = 0, c56 = 0, c57 = 0, c58 = 0, c59 = 0, c60 = 0;

    static constexpr auto meta = orm::meta(orm::table("growing_columns"));
    static constexpr orm::manager<Wide60> objects{};
};
std::int64_t sum_of(const Wide60& r) {
    return r.id + r.c1 + r.c2 + r.c3 + r.c4 + r.c5 + r.c6 + r.c7 + r.c8 + r.c9 + r.c10 + r.c11 + r.c12 +
           r.c13 + r.c14 + r.c15 + r.c16 + r.c17 + r.c18 + r.c19 + r.c20 + r.c21 + r.c22 + r.c23 + r.c24 +
           r.c25 + r.c26 + r.c27 + r.c28 + r.c29 + r.c30 + r.c31 + r.c32 + r.c33 + r.c34 + r.c35 + r.c36 +
           r.c37 + r.c38 + r.c39 + r.c40 + r.c41 + r.c42 + r.c43 + r.c44 + r.c45 + r.c46 + r.c47 + r.c48 +
           r.c49 + r.c50 + r.c51 + r.c52 + r.c53 + r.c54 + r.c55 + r.c56 + r.c57 + r.c58 + r.c59 + r.c60;
}

template <class Wide>
std::uint64_t sum_all() {
    std::uint64_t sum = 0;
    for (const Wide& row : Wide::objects.all()) sum += static_cast<std::uint64_t>(sum_of(row));
    return sum;
}

class library_growth final : public growth_side {
public:
    explicit library_growth(const std::string& url) : database_(orm::connect(url, {.max_connections = 1})) {}

    std::uint64_t rows(int count) override {
        std::uint64_t sum = 0;
        for (const Row& row : Row::objects.limit(count))
            sum += static_cast<std::uint64_t>(row.id) * 3 + digest(row.title) * 5 +
                   static_cast<std::uint64_t>(row.pages) * 7;
        return sum;
    }

    std::uint64_t columns(int count) override {
        if (count == 1) return sum_all<Wide1>();
        if (count == 5) return sum_all<Wide5>();
        if (count == 10) return sum_all<Wide10>();
        if (count == 20) return sum_all<Wide20>();
        if (count == 40) return sum_all<Wide40>();
        if (count == 60) return sum_all<Wide60>();
        throw std::runtime_error("no model has so many columns");
    }

private:
    orm::database database_;
};

}  // namespace

std::unique_ptr<growth_side> connect_library_growth(const std::string& url) {
    return std::make_unique<library_growth>(url);
}

}  // namespace bench
