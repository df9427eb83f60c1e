// The trace file, read back as chrome://tracing would.
#include "../query/fixture.hpp"

#include <asynchrormous/observe/trace_file.hpp>

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <system_error>

using namespace library;
using namespace orm::literals;
using nlohmann::json;
using test::library_fixture;

namespace {

class temporary_file {
public:
    temporary_file() : path_("/tmp/orm_trace_" + std::to_string(::getpid()) + ".json") {}
    ~temporary_file() { std::remove(path_.c_str()); }

    const std::string& path() const { return path_; }
    json read() const {
        std::ifstream in(path_);
        return json::parse(in);
    }

private:
    std::string path_;
};

std::vector<json> events(const json& trace, const std::string& phase, const std::string& category) {
    std::vector<json> found;
    for (const json& each : trace.at("traceEvents"))
        if (each.at("ph") == phase && each.value("cat", "") == category) found.push_back(each);
    return found;
}

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "the file is JSON with a slice for each statement and each Sync") {
    const temporary_file file;
    {
        orm::trace_file trace(file.path());
        const orm::observing now(trace);
        Author::objects.filter("name"_k = "Ursula").count();
        CHECK_THROWS_AS(orm::execute("SELECT 'a \"quoted\" \xff secret' FROM nowhere").get(),
                        orm::data_error);
        orm::atomic([] { Author::objects.count(); });
    }
    const json trace = file.read();
    const auto served = events(trace, "X", "server");
    REQUIRE(served.size() == 4);  // two counts, what failed, COMMIT
    for (const json& each : served) {
        CHECK(each.at("dur").get<double>() >= 0);
        CHECK(each.at("tid").get<int>() > 0);
        CHECK(each.at("pid") == ::getpid());
        CHECK(each.at("args").contains("sync"));
        CHECK(each.at("args").contains("round_trip"));
    }
    CHECK(served[0].at("args").at("rows") == 1);
    CHECK(served[1].at("args").at("sqlstate") == "22021");
    CHECK(trace.dump(-1, ' ', false, json::error_handler_t::replace).find("Ursula") == std::string::npos);
    CHECK(trace.dump().find("secret") == std::string::npos);
    CHECK(events(trace, "b", "sync").size() >= 3);
}

TEST_CASE_FIXTURE(library_fixture,
                  "slices that begin also end, in order, and those of a track do not overlap") {
    const temporary_file file;
    {
        orm::trace_file trace(file.path());
        const orm::observing now(trace);
        std::vector<orm::lazy<std::int64_t>> started;
        for (int i = 0; i < 20; ++i) started.push_back(Author::objects.async().count());
        for (auto& each : started) static_cast<void>(each.get());
    }
    const json trace = file.read();
    std::map<std::string, int> depth;
    std::map<int, double> end_of_track;
    for (const json& each : trace.at("traceEvents")) {
        const std::string phase = each.at("ph");
        if (phase == "b") ++depth[each.at("id")];
        if (phase == "e") CHECK(--depth[each.at("id")] >= 0);
        if (phase != "X") continue;
        double& end = end_of_track[each.at("tid")];
        CHECK(each.at("ts").get<double>() >= end - 0.5);
        end = each.at("ts").get<double>() + each.at("dur").get<double>();
    }
    for (const auto& [id, open] : depth) CHECK_MESSAGE(open == 0, id);
    CHECK(events(trace, "X", "server").size() == 20);
}

TEST_CASE_FIXTURE(library_fixture, "values are in the trace when asked for, and nothing after its end") {
    const temporary_file file;
    orm::trace_file trace(file.path(), {.parameters = true});
    const orm::observing now(trace);
    Author::objects.filter("name"_k = "Ursula").count();
    trace.close();
    Author::objects.count();
    trace.close();
    const auto served = events(file.read(), "X", "server");
    REQUIRE(served.size() == 1);
    CHECK(served[0].at("args").at("$1") == "'Ursula'");
}

TEST_CASE("a trace file that cannot be made says so") {
    CHECK_THROWS_AS(orm::trace_file("/nowhere/at/all.json"), std::system_error);
}
