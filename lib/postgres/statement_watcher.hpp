// Whoever wants to see the statements of this thread's connections: tests that count queries.
// Threads: registered where it was made; that thread's connections tell it.
#pragma once

#include <asynchrormous/postgres/operation.hpp>

namespace orm::inline v0::postgres {

class statement_watcher {
public:
    statement_watcher(const statement_watcher&) = delete;
    statement_watcher& operator=(const statement_watcher&) = delete;

    // Null: nobody watches.
    static statement_watcher* first() noexcept;
    statement_watcher* next() const noexcept { return next_; }

    // It is on the wire. Null for the BEGIN of a transaction, whose answer nobody is told.
    virtual void on_sent(const operation* what, const request& sent) noexcept = 0;
    virtual void on_done(const operation& what, bool failed) noexcept = 0;

protected:
    statement_watcher() noexcept;
    ~statement_watcher();

private:
    statement_watcher* next_;
};

inline void tell_sent(const operation* what, const request& sent) noexcept {
    for (auto* each = statement_watcher::first(); each; each = each->next()) each->on_sent(what, sent);
}
inline void tell_done(const operation& what, bool failed) noexcept {
    for (auto* each = statement_watcher::first(); each; each = each->next()) each->on_done(what, failed);
}

}  // namespace orm::inline v0::postgres
