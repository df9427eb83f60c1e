// How what() of an error reads, and which class an SQLSTATE belongs to.
// DETAIL and CONTEXT stay out of the text: they can hold the values of rows and parameters.
#pragma once

#include <asynchrormous/postgres/error.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace orm::inline v0::postgres {

// `text`, then the statement, shortened.
std::string with_sql(std::string_view text, std::string_view sql);
std::string describe(const server_report& report, std::string_view sql);

// The error of the class that the SQLSTATE belongs to.
std::exception_ptr server_error(const server_report& report, std::string_view sql);

// A statement that was skipped or refused because the transaction had failed before.
std::exception_ptr aborted_by(const std::exception_ptr& cause, std::string_view sql);

// `reason`: how the connection ended.
std::exception_ptr lost_error(outcome what, std::string_view reason, std::string_view sql);

// The text of any exception, for use as a cause.
std::string text_of(const std::exception_ptr& error);

}  // namespace orm::inline v0::postgres
