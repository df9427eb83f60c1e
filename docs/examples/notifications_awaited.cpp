// Notifications in coroutines.
#include "library.hpp"
#include "server.hpp"

#include <asynchrormous/query/notify.hpp>

namespace {

int refreshed = 0;
std::vector<std::string> worked{};

orm::task<> refresh_everything() {
    ++refreshed;
    co_return;
}
orm::task<> work(std::string key) {
    worked.push_back(std::move(key));
    co_return;
}

// [loop]
orm::task<> worker(orm::notifications& jobs) {
    while (auto job = co_await jobs.next()) {
        if (job->gap)
            co_await refresh_everything();  // the connection was lost: some may be missing
        else
            co_await work(job->payload);
    }
}
// [/loop]

orm::task<> everything() {
    orm::notifications jobs = co_await orm::listen("jobs");
    const auto others = [&]() -> orm::task<> {
        co_await orm::notify("jobs", "1");
        co_await orm::execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN \"jobs\"'");
        while (refreshed == 0) co_await orm::sleep_for(std::chrono::milliseconds(1));
        co_await orm::notify("jobs", "2");
        while (worked.size() < 2) co_await orm::sleep_for(std::chrono::milliseconds(1));
        jobs.close();
    };
    co_await orm::when_all(worker(jobs), others());
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::event_loop::current().run(everything());
        check(refreshed == 1 && worked == std::vector<std::string>{"1", "2"});
    });
}
