#include <asynchrormous/query/field_error.hpp>

#include <utility>

namespace orm::inline v0 {

namespace {

std::string message_of(const std::string& field, const std::string& reason, const std::string& nearest) {
    const std::string message = field + ": " + reason;
    return nearest.empty() ? message : message + "; did you mean " + nearest + "?";
}

}  // namespace

field_error::field_error(std::string field, std::string reason, std::string nearest)
    : error(message_of(field, reason, nearest)),
      field_(std::move(field)),
      reason_(std::move(reason)),
      nearest_(std::move(nearest)) {}

field_error::~field_error() = default;

}  // namespace orm::inline v0
