// What the library sent to the server while an object of this class stood: for tests that count queries.
//     orm::testing::captured_queries sent;
//     for (const Book& book : books) use(book.author->name);
//     CHECK(sent.size() == 2);                                          // or, saying it all at once:
//     orm::testing::assert_num_queries(2, [&] { … });                   // co_await where … is a task
// Captures may be nested: each sees what was sent since it was made. All statements of this thread's
// connections are seen, whichever coroutine sent them. Threads: that of the connections' loop.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/coroutine_support.hpp>
#include <asynchrormous/runtime/error.hpp>

#if ORM_HAS_COROUTINES
#include <asynchrormous/runtime/task.hpp>
#endif

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace orm::inline v0::testing {

struct captured_query {
    std::string text{};
    std::vector<std::string> binds{};     // $1, $2, … as PostgreSQL spells them
    bool control = false;                 // BEGIN, COMMIT, savepoints: what transactions send by themselves
    bool finished = false;                // the answer is there
    bool failed = false;                  // and it was an error
    std::chrono::nanoseconds duration{};  // from sending until the answer was handed out
};

// assert_num_queries() counted another number; the message lists what was sent.
class ORM_EXPORT wrong_number_of_queries : public error {
public:
    using error::error;
    ~wrong_number_of_queries() override;
};

class ORM_EXPORT captured_queries {
public:
    captured_queries();
    ~captured_queries();
    captured_queries(const captured_queries&) = delete;
    captured_queries& operator=(const captured_queries&) = delete;

    // Without what transactions send by themselves, which travels along and costs no round trip of its own.
    std::size_t size() const noexcept;
    bool empty() const noexcept { return size() == 0; }
    // In the order of sending.
    std::vector<captured_query> queries() const;
    // With BEGIN, COMMIT and savepoints.
    const std::vector<captured_query>& all() const noexcept;

    // Numbered, one a line, with durations.
    std::string text() const;
    void clear() noexcept;

    // Throws: wrong_number_of_queries.
    void require(std::size_t expected) const;

private:
    class log;
    std::unique_ptr<log> log_;
};

namespace testing_detail {

template <class F>
concept gives_task = requires { typename std::invoke_result_t<F&>::promise_type; };

}  // namespace testing_detail

// Runs the callable, which must send exactly that many queries, and gives what it returns.
// Throws: wrong_number_of_queries; what the callable throws.
template <class F>
    requires(!testing_detail::gives_task<F>)
std::invoke_result_t<F&> assert_num_queries(std::size_t expected, F&& body) {
    const captured_queries sent;
    if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
        body();
        sent.require(expected);
    } else {
        auto result = body();
        sent.require(expected);
        return result;
    }
}

#if ORM_HAS_COROUTINES

// The same, awaited. The callable lives until it is done.
template <class F>
    requires testing_detail::gives_task<F>
std::invoke_result_t<F&> assert_num_queries(std::size_t expected, F body) {
    const captured_queries sent;
    if constexpr (std::is_void_v<typename std::invoke_result_t<F&>::value_type>) {
        co_await body();
        sent.require(expected);
    } else {
        auto result = co_await body();
        sent.require(expected);
        co_return result;
    }
}

#endif

}  // namespace orm::inline v0::testing
