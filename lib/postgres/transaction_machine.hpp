// The order of a transaction's statements: a stack of levels of which only the top one sends. No I/O.
//
//   BEGIN  s1 s2 … SAVEPOINT  n1 n2 … RELEASE  s3 … COMMIT
//                  └ the nested level has the floor ┘
//
// (pipeline_machine begins and cuts the segments, and holds everything behind BEGIN until its tag is seen.)
// - A level sends nothing before its first statement; an empty one costs nothing.
// - What is submitted to a level while a nested one has the floor waits in its queue, further nested levels
// too.
// - The first error marks its level. Statements behind it fail here, without a round trip, until it is rolled
// back.
// - Rolling back a level ends those inside it.
#pragma once

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <cstdint>
#include <deque>
#include <exception>

namespace orm::inline v0::postgres {

class transaction_machine {
public:
    class level : public ref_counted {
    public:
        bool open() const noexcept { return end_ == ending::none && !ended_ && !doomed_; }
        bool over() const noexcept { return ended_; }
        bool failed() const noexcept;  // this level or one around it
        const std::exception_ptr& cause() const noexcept;
        bool rollback_set() const noexcept { return unwanted_; }
        level* parent() const noexcept { return parent_.get(); }
        int depth() const noexcept { return parent_ ? parent_->depth() + 1 : 0; }

    private:
        friend class transaction_machine;
        enum class ending : std::uint8_t { none, commit, rollback };
        enum class entry : std::uint8_t { none, sent, confirmed, refused };
        struct turn {
            operation* statement;  // or
            intrusive_ptr<level> nested;
        };

        intrusive_ptr<level> parent_{};
        std::deque<turn> queue_{};
        std::exception_ptr error_{};
        std::exception_ptr verdict_{};  // what its end reports
        ending end_ = ending::none;
        entry entry_ = entry::none;
        bool doomed_ = false;    // a level around it was rolled back
        bool answered_ = false;  // its end is confirmed
        bool ended_ = false;
        bool unwanted_ = false;  // its end is a rollback even when it is a commit
    };

    enum class step : std::uint8_t {
        none,     // wait for the next event
        acquire,  // get a connection and begin on it, then call acquired(), or lost() with why there is none
        send,     // the statement; answer with settled()
        control,  // SAVEPOINT, COMMIT, ...; answer with answered()
        fail,     // the statement, without sending it, because of `cause`
        finish,   // the level's end is done: report `cause`, null for success; `kept`: what it did stays
        give_back,  // the outermost level is over: the connection, if there is one, is free
    };
    struct action {
        transaction_machine::step step = transaction_machine::step::none;
        operation* statement = nullptr;
        control_kind control = control_kind::none;
        intrusive_ptr<transaction_machine::level> level{};
        std::exception_ptr cause{};
        bool kept = false;
    };

    explicit transaction_machine(intrusive_ptr<level> root) : root_(root), top_(root) {}

    // Returns false when the level has ended (it is not queued then).
    bool submit(level& where, operation& statement);
    bool begin_nested(level& parent, const intrusive_ptr<level>& child);
    bool remove(level& where, const operation& statement) noexcept;  // true: it had not been sent
    void set_rollback(level& where, bool wanted) noexcept { where.unwanted_ = wanted; }
    void commit(level& where);
    void rollback(level& where);

    action next();

    void acquired() noexcept;
    void settled(level& of, const std::exception_ptr& error) noexcept;
    void answered(control_kind what, level& of, const std::exception_ptr& error) noexcept;
    void lost(const std::exception_ptr& why) noexcept;

    bool over() const noexcept { return over_; }
    bool broken() const noexcept { return connection_ == connection_state::lost; }

private:
    enum class connection_state : std::uint8_t { none, wanted, held, lost };

    action next_turn();
    action next_end();
    action roll_back();
    std::exception_ptr reason() const;
    action enter();
    action finish(const std::exception_ptr& verdict);
    action send_control(control_kind what);
    void doom(level& inside) noexcept;
    bool has_open_child(const level& where) const noexcept;
    bool on_stack(const level& where) const noexcept;

    intrusive_ptr<level> root_;
    intrusive_ptr<level> top_;
    connection_state connection_ = connection_state::none;
    bool awaiting_end_ = false;
    bool over_ = false;
};

// The error of a statement or commit on a level that has failed, and of one that has ended.
std::exception_ptr level_failed(const std::exception_ptr& cause);
std::exception_ptr level_over();
std::exception_ptr level_rolled_back();
std::exception_ptr nested_still_open();

}  // namespace orm::inline v0::postgres
