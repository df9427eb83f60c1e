// Errors that the server reported, or that befell a statement on its way to it, typed by SQLSTATE class
// (PostgreSQL documentation, appendix A; fields: chapter 55.8).
// The server's own text stays apart in report(); what() adds constraint, hint and SQL, and never holds the
// values of parameters. DETAIL and CONTEXT can hold values, so they are only shown to who asks for them.
#pragma once

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace orm::inline v0 {

// The fields of an error or notice as the server sent them; what it left out is empty.
struct server_report {
    std::string severity{};  // in English, whatever the server's language: ERROR, FATAL, PANIC
    std::string sqlstate{};  // may be empty: poolers and broken connections give none
    std::string message{};
    std::string detail{};
    std::string hint{};
    std::string context{};
    std::string schema{};
    std::string table{};
    std::string column{};
    std::string data_type{};
    std::string constraint{};
    std::string routine{};  // the function of the server's source that raised it
    int position = 0;       // character of the SQL text, from 1; 0: unknown
};

class ORM_EXPORT database_error : public error {
public:
    // An error of our own: nothing came from the server.
    explicit database_error(const std::string& text, std::string_view sql = {});
    // An error of the server.
    database_error(server_report report, std::string_view sql);
    database_error(const database_error&) noexcept = default;
    database_error& operator=(const database_error&) noexcept = default;
    ~database_error() override;

    const server_report& report() const noexcept { return facts_->report; }
    bool from_server() const noexcept { return facts_->from_server; }
    const std::string& sql() const noexcept { return facts_->sql; }

    const std::string& sqlstate() const noexcept { return report().sqlstate; }
    const std::string& severity() const noexcept { return report().severity; }
    const std::string& message() const noexcept { return report().message; }
    const std::string& detail() const noexcept { return report().detail; }
    const std::string& hint() const noexcept { return report().hint; }
    const std::string& schema() const noexcept { return report().schema; }
    const std::string& table() const noexcept { return report().table; }
    const std::string& column() const noexcept { return report().column; }
    const std::string& constraint() const noexcept { return report().constraint; }
    int position() const noexcept { return report().position; }

private:
    struct facts : ref_counted {
        server_report report{};
        std::string sql{};
        bool from_server = false;
    };
    intrusive_ptr<const facts> facts_;
};

// Declares one class of the family: no members of its own, a destructor in the library.
#define ORM_DATABASE_ERROR(name, base)    \
    class ORM_EXPORT name : public base { \
    public:                               \
        using base::base;                 \
        ~name() override;                 \
    }

// Class 23: a constraint refused the change.
ORM_DATABASE_ERROR(integrity_error, database_error);
ORM_DATABASE_ERROR(unique_violation, integrity_error);
ORM_DATABASE_ERROR(foreign_key_violation, integrity_error);
ORM_DATABASE_ERROR(not_null_violation, integrity_error);
ORM_DATABASE_ERROR(check_violation, integrity_error);
ORM_DATABASE_ERROR(exclusion_violation, integrity_error);

// Class 22: a value out of range, a division by zero, text that is no number.
ORM_DATABASE_ERROR(data_error, database_error);
// Classes 42, 20, 21, 3D, 3F, 44: the SQL is wrong for this schema, or this role may not do it.
ORM_DATABASE_ERROR(programming_error, database_error);
// A transaction was used in a way that cannot work: nothing was sent. Its options where it is nested, a lock
// outside of one, retry() inside of one.
ORM_DATABASE_ERROR(transaction_management_error, programming_error);
// Class 0A.
ORM_DATABASE_ERROR(not_supported_error, database_error);
// Classes 25, XX and what else nobody should see.
ORM_DATABASE_ERROR(internal_error, database_error);

// Classes 08, 26, 28, 53-58: not the program's fault; resources, locks, shutdown.
ORM_DATABASE_ERROR(operational_error, database_error);
// 57014: statement_timeout, or somebody cancelled it on the server.
ORM_DATABASE_ERROR(query_cancelled, operational_error);
// 55P03: NOWAIT found the row locked, or lock_timeout passed.
ORM_DATABASE_ERROR(lock_not_available, operational_error);
// Class 40: the transaction was rolled back and may be run again as a whole.
ORM_DATABASE_ERROR(transaction_rollback_error, operational_error);
ORM_DATABASE_ERROR(serialization_failure, transaction_rollback_error);
ORM_DATABASE_ERROR(deadlock_detected, transaction_rollback_error);

#undef ORM_DATABASE_ERROR

// Not run, or undone, because an earlier statement of the same transaction had failed.
class ORM_EXPORT transaction_aborted : public operational_error {
public:
    transaction_aborted(const std::string& text, std::string_view sql, std::exception_ptr cause);
    ~transaction_aborted() override;

    // The first error of the transaction; null when none is known.
    const std::exception_ptr& cause() const noexcept { return cause_; }

private:
    std::exception_ptr cause_;
};

// What is known about a statement whose connection died.
enum class outcome : std::uint8_t {
    not_sent,      // no byte of it left: safe to repeat
    not_run,       // the server skipped it or rolled it back: safe to repeat
    may_have_run,  // the answer is lost: only the application can tell, by looking
};

class ORM_EXPORT connection_lost : public operational_error {
public:
    connection_lost(const std::string& text, std::string_view sql, orm::outcome what_happened);
    ~connection_lost() override;

    orm::outcome outcome() const noexcept { return outcome_; }

private:
    orm::outcome outcome_;
};

}  // namespace orm::inline v0
