// Where a blocking QuerySet is refused, before anything is sent.
#include <asynchrormous/query/evaluation.hpp>

#include <doctest/doctest.h>
#include <uv.h>

#include <string>

namespace orm::testing {

namespace {

std::string refusal(const event_loop& loop) {
    try {
        require_blocking_allowed(loop);
    } catch (const synchronous_only_operation& why) {
        return why.what();
    }
    return "";
}

}  // namespace

TEST_SUITE("blocking QuerySets") {
    TEST_CASE("are allowed in plain code, and refused inside the loop with what to write instead") {
        event_loop loop;
        CHECK(refusal(loop) == "");
        std::string inside;
        loop.post([&] { inside = refusal(loop); });
        loop.shutdown();
        CHECK(inside.find(".async()") != std::string::npos);
    }

    TEST_CASE("are refused on a loop that the application runs") {
        uv_loop_t theirs{};
        uv_loop_init(&theirs);
        {
            event_loop loop(&theirs);
            CHECK(refusal(loop).find("application runs") != std::string::npos);
        }
        uv_run(&theirs, UV_RUN_DEFAULT);
        CHECK(uv_loop_close(&theirs) == 0);
    }
}

}  // namespace orm::testing
