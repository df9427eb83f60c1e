// How often a transaction waits for the network: counted where the bytes pass.
#include "fault/chaos_proxy.hpp"
#include "server/support.hpp"
#include "support/library.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace library;
using namespace orm::literals;

namespace {

class counted_library {
public:
    counted_library() {
        db_.make_current();
        orm::create_tables<Country, Author, Book>().get();
    }
    ~counted_library() { db_.close().get(); }

    template <class F>
    int trips(F work) {
        proxy_.round_trips = 0;
        work();
        return proxy_.round_trips;
    }

private:
    std::string url() const {
        return "host=127.0.0.1 sslmode=disable dbname=postgres user=" +
               test::sql_value("SELECT current_user") + " port=" + std::to_string(proxy_.port()) +
               " options='-c search_path=" + schema_.name() + "'";
    }

    test::fresh_schema schema_{};
    test::chaos_proxy proxy_{test::sql_value("SHOW unix_socket_directories") + "/.s.PGSQL." +
                             test::sql_value("SHOW port")};
    orm::database db_ = orm::connect(url(), {.max_connections = 1});
};

void create(const char* name) { Author::objects.create({.name = name}); }

}  // namespace

TEST_CASE_FIXTURE(counted_library, "a transaction of n statements makes at most n + 1 round trips") {
    for (int once_more = 0; once_more < 2; ++once_more) {  // unprepared at first, prepared then
        CHECK(trips([] { orm::atomic([] {}); }) == 0);
        CHECK(trips([] { orm::atomic([] { create("a"); }); }) <= 2);
        CHECK(trips([] {
                  orm::atomic([] {
                      create("a");
                      create("b");
                      static_cast<void>(Author::objects.count());
                  });
              }) <= 4);
    }
}

TEST_CASE_FIXTURE(counted_library, "statements that do not depend on each other share a round trip") {
    create("warm");
    const auto three = [] {
        orm::atomic([] {
            const auto a = Author::objects.async().create({.name = "a"});
            const auto b = Author::objects.async().create({.name = "b"});
            const auto c = Author::objects.async().create({.name = "c"});
            static_cast<void>(c.get());
        });
    };
    three();
    CHECK(trips(three) <= 3);
}

TEST_CASE_FIXTURE(counted_library, "after an error nothing more is asked but the rollback") {
    create("warm");
    CHECK(trips([] {
              CHECK_THROWS_AS(orm::atomic([] {
                                  CHECK_THROWS_AS(orm::execute("SELECT 1 / 0").get(), orm::data_error);
                                  for (int i = 0; i < 5; ++i)
                                      CHECK_THROWS_AS(static_cast<void>(Author::objects.count()),
                                                      orm::transaction_aborted);
                              }),
                              orm::transaction_aborted);
          }) <= 2);
}
