// A test that leaves nothing behind: everything between construction and destruction happens in one
// transaction, which is rolled back.
//     orm::testing::rollback_scope nothing_stays;
//     sign_up("Ursula");                      // code as it is, blocking, lazy or in coroutines
//     CHECK(User::objects.count() == 1);
// For the code under test nothing changes: its atomic() is an outermost one (with savepoints instead of
// BEGIN, so isolation levels and read_only have no effect), its on_commit() callbacks run, a statement
// outside of atomic() that fails leaves the others alone. Two that would run on two connections run one after
// the other here; one that waits for the other inside of its atomic() waits for ever. Threads: that of the
// loop.
#pragma once

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <cstddef>
#include <memory>

namespace orm::inline v0::testing {

class ORM_EXPORT rollback_scope {
public:
    // All that goes to this database. Throws: error when a scope is open on it.
    explicit rollback_scope(const database& where = database::current());
    // Inside the loop the rollback goes on in the background; the connection is nobody's before.
    ~rollback_scope();
    rollback_scope(const rollback_scope&) = delete;
    rollback_scope& operator=(const rollback_scope&) = delete;

private:
    database where_;
    intrusive_ptr<transaction> all_;
};

// Keeps the callbacks of on_commit() instead of calling them once they are due (Django's
// captureOnCommitCallbacks): to look at how many there are, and to run them when the test wants.
class ORM_EXPORT captured_on_commit {
public:
    captured_on_commit();
    ~captured_on_commit();
    captured_on_commit(const captured_on_commit&) = delete;
    captured_on_commit& operator=(const captured_on_commit&) = delete;

    std::size_t size() const noexcept;
    // Calls those kept so far, in order. As after a commit, the first that throws ends them, unless it is
    // robust. What they register in turn is called at once by run(), and kept anew by run_async().
    void run();
    [[nodiscard]] lazy<void> run_async();

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace orm::inline v0::testing
