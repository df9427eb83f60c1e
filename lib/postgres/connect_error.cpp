#include <asynchrormous/postgres/connect_error.hpp>

#include <utility>

namespace orm::inline v0 {

// 28: invalid authorization, 3D000: no such database, 0P000: no such role.
connect_error::connect_error(const std::string& message, std::string sqlstate)
    : error(message),
      sqlstate_(std::move(sqlstate)),
      permanent_(sqlstate_.starts_with("28") || sqlstate_ == "3D000" || sqlstate_ == "0P000") {}

connect_error::~connect_error() = default;

}  // namespace orm::inline v0
