// A call that needs several statements, one after the other or together, and gives one lazy: get_or_create(),
// bulk_create(), … A machine of answers, no coroutine, so that it works in all three ways.
//     advance()  what to do next; called first, and at the end of the tick in which an answer came
//     end()      all is sent and answered: a level of its own is committed, then deliver() fills the lazy
// An error ends it: a level of its own is rolled back, then the lazy fails. Threads: that of the loop.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/query/route.hpp>
#include <asynchrormous/runtime/callback.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/sql/render.hpp>

#include <cstddef>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0 {

class transaction;

namespace query_detail {

class ORM_EXPORT steps : private deferred, private waiter {
public:
    using reader = callback<const postgres::result_view&>;

protected:
    explicit steps(const std::optional<database>& chosen);
    ~steps();

    // Reads its answer when it is there; what the reader throws is an error of the step.
    void send(sql::statement statement, postgres::access access, reader read);
    // What is sent from here on happens as a whole or not at all: in the open transaction, else in one of its
    // own. With `savepoint` its error leaves the open transaction usable.
    void begin_level(bool savepoint = false);
    // Undoes what was sent since begin_level(), without an error. Then advance().
    void undo_level();
    // Commits it, then advance(). Returns: false, and nothing happens, without a level of its own.
    bool commit_level();
    // Then advance(), or its error.
    void pause_until(intrusive_ptr<operation_state> done) noexcept;
    std::size_t in_flight() const noexcept { return sent_.size(); }
    void end();
    event_loop& loop() const { return where_.loop(); }

    // Calls advance() for the first time.
    void begin() noexcept;
    // The lazy was cancelled.
    void stop() noexcept;

private:
    class step;

    virtual operation_state& state() noexcept = 0;
    virtual void advance() = 0;
    virtual void deliver() = 0;
    // The error that the caller sees instead.
    virtual std::exception_ptr explain(std::exception_ptr why) const noexcept { return why; }

    void answered(step& by, std::exception_ptr error) noexcept;
    void run_deferred() noexcept final;
    void wake() noexcept final;
    void give_up(std::exception_ptr why) noexcept;
    void wait_for(lazy<void> ending) noexcept;
    void keep() noexcept;

    std::optional<database> chosen_;
    route outside_;  // where it goes without a level of its own
    route where_;
    intrusive_ptr<transaction> level_{};
    intrusive_ptr<operation_state> ending_{};
    std::vector<intrusive_ptr<operation_state>> sent_{};
    intrusive_ptr<operation_state> self_{};  // while something of its own is to come that keeps nobody alive
    std::exception_ptr error_{};
    bool goes_on_ = false;  // when `ending_` is done: the level ends before the call
    bool waiting_ = false;  // `ending_` is of pause_until()
};

// Base is steps or derives from it; Derived gives value(), which is moved into the lazy.
template <class T, class Base = steps>
class steps_state : public lazy_state<T>, protected Base {
public:
    template <class Derived>
    static lazy<T> start(intrusive_ptr<Derived> made) {
        lazy<T> answer{intrusive_ptr<lazy_state<T>>(made)};
        static_cast<steps_state&>(*made).begin_steps();
        return answer;
    }

protected:
    template <class... Args>
    explicit steps_state(event_loop& on, Args&&... args)
        : lazy_state<T>(on), Base(std::forward<Args>(args)...) {}

private:
    operation_state& state() noexcept final { return *this; }
    void deliver() final { this->succeed(value()); }
    void on_cancel() noexcept final { this->stop(); }
    void begin_steps() noexcept { this->begin(); }
    virtual T value() = 0;
};

}  // namespace query_detail

}  // namespace orm::inline v0
