// A C++ value that PostgreSQL's type cannot hold, or the other way round; found before anything is sent.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/error.hpp>

namespace orm::inline v0 {

// The message says which value, which type, and which limit.
class ORM_EXPORT value_error : public error {
public:
    using error::error;
    ~value_error() override;
};

// For constexpr functions: a failure there is a compile error that points here.
[[noreturn]] ORM_EXPORT void throw_value_error(const char* message);

}  // namespace orm::inline v0
