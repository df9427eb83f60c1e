// Where asynchrormous differs from Django on purpose: the claims of that page of the guide.
#include "server.hpp"

#include <vector>

using namespace orm::literals;
using orm::Q;

namespace {

struct Worker {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> grade{};
    orm::timestamptz hired{};
    std::optional<orm::foreign_key<Worker>> boss{};

    static constexpr orm::manager<Worker> objects{};
};

struct Badge {
    std::int64_t id = 0;
    orm::foreign_key<Worker> worker{};
};

template <class Error, class F>
std::string sql_of_failing(F wrong) {
    try {
        static_cast<void>(wrong());
    } catch (const Error& e) {
        return e.sql();
    }
    return {};
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

void saving() {
    const std::string sql = sql_of_failing<orm::foreign_key_violation>(
        [] { return Worker::objects.save({.id = 9, .name = "x", .boss = 4711}); });
    check(contains(sql, "INSERT INTO \"worker\"") && contains(sql, "ON CONFLICT (\"id\") DO UPDATE SET"));
}

void workers() {
    const Worker ada = Worker::objects.create({.name = "Ada"});
    const Worker bob = Worker::objects.create({.name = "Bob", .grade = 3, .boss = ada});
    Worker::objects.create({.name = "Eve", .grade = 4, .boss = bob});
}

void late_outer_join() {
    // Ada has no boss: "not (boss is Bob)" is true of her.
    // [late join]
    auto workers = Worker::objects.order_by<"name">().filter((Q("boss__grade"_k = 1) && Q("grade"_k = 1)) ||
                                                             !Q("boss__name"_k = "Bob"));
    check(workers.count() == 2);  // Ada, who has no boss, and Bob
    // [/late join]
    check(workers.rows().front().name == "Ada");
    check(contains(workers.sql().text, R"("T2"."name" IS NOT NULL)") ||
          contains(workers.sql().text, R"(."name" IS NOT NULL)"));
}

void out_of_range() {
    const std::int64_t huge = std::int64_t{1} << 40;
    check(Worker::objects.filter("grade__lt"_k = huge).count() == 2);  // not Ada, whose grade is NULL
    check(Worker::objects.filter("grade__gt"_k = huge).sql().text.empty());
    check_throws<orm::query_error>([&] { return Worker::objects.update("grade"_k = huge); });
}

void slices() {
    check_throws<orm::query_error>([] { return Worker::objects.limit(2).filter("grade"_k = 1); });
    check_throws<orm::query_error>([] { return Worker::objects.limit(2).exclude("grade"_k = 1); });
    check_throws<orm::query_error>([] { return Worker::objects.limit(2).order_by<"name">(); });
    check_throws<orm::query_error>([] { return Worker::objects.limit(2).get("grade"_k = 1); });
    check(Worker::objects.limit(2).filter().size() == 2);
    check_throws<orm::does_not_exist<Worker>>([] { return Worker::objects.order_by<"id">()[100]; });
}

void deleting() {
    orm::create_tables<Badge>().get();
    const Worker dan = Worker::objects.create({.name = "Dan"});
    orm::execute("INSERT INTO badge (worker_id) VALUES ($1)", dan.id).get();
    check(Worker::objects.filter("name"_k = "Dan").delete_() == 1);
    check(orm::execute("SELECT * FROM badge").get() == 0);
}

void lists() {
    check(Worker::objects.filter("id__in"_k = {1, 2, 3}).sql().binds ==
          std::vector<std::string>{"ARRAY[1, 2, 3]"});
}

void instants() {
    check(contains(Worker::objects.filter("hired__hour"_k = 1).sql().text, "AT TIME ZONE 'UTC'"));
}

void raw_rows() {
    check_throws<orm::column_mismatch>([] { return Worker::objects.raw("SELECT id, name FROM worker"); });
}

void relations() { check(Worker::objects.filter("name"_k = "Eve").first()->boss->loaded() == false); }

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Worker>().get();
        saving();
        workers();
        late_outer_join();
        out_of_range();
        slices();
        deleting();
        lists();
        instants();
        raw_rows();
        relations();
    });
}
