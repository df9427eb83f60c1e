#include "error_text.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <utility>

namespace orm::inline v0 {

database_error::database_error(const std::string& text, std::string_view sql)
    : error(postgres::with_sql(text, sql)) {
    auto made = make_intrusive<facts>();
    made->sql = sql;
    facts_ = std::move(made);
}

database_error::database_error(server_report report, std::string_view sql)
    : error(postgres::describe(report, sql)) {
    auto made = make_intrusive<facts>();
    made->report = std::move(report);
    made->sql = sql;
    made->from_server = true;
    facts_ = std::move(made);
}

database_error::~database_error() = default;
integrity_error::~integrity_error() = default;
unique_violation::~unique_violation() = default;
foreign_key_violation::~foreign_key_violation() = default;
not_null_violation::~not_null_violation() = default;
check_violation::~check_violation() = default;
exclusion_violation::~exclusion_violation() = default;
data_error::~data_error() = default;
programming_error::~programming_error() = default;
transaction_management_error::~transaction_management_error() = default;
not_supported_error::~not_supported_error() = default;
internal_error::~internal_error() = default;
operational_error::~operational_error() = default;
query_cancelled::~query_cancelled() = default;
lock_not_available::~lock_not_available() = default;
transaction_rollback_error::~transaction_rollback_error() = default;
serialization_failure::~serialization_failure() = default;
deadlock_detected::~deadlock_detected() = default;

transaction_aborted::transaction_aborted(const std::string& text, std::string_view sql,
                                         std::exception_ptr cause)
    : operational_error(text, sql), cause_(std::move(cause)) {}
transaction_aborted::~transaction_aborted() = default;

connection_lost::connection_lost(const std::string& text, std::string_view sql, orm::outcome what_happened)
    : operational_error(text, sql), outcome_(what_happened) {}
connection_lost::~connection_lost() = default;

}  // namespace orm::inline v0
