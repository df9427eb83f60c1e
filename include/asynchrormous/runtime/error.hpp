// The root of the exception family, and the errors that need no database to happen.
// Errors that the server or the driver reports stand in postgres/error.hpp.
#pragma once

#include <asynchrormous/export.hpp>

#include <stdexcept>

namespace orm::inline v0 {

// Everything that asynchrormous throws on purpose derives from this.
class ORM_EXPORT error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
    ~error() override;
};

// Something would have blocked the event loop from inside itself.
class ORM_EXPORT synchronous_only_operation : public error {
public:
    using error::error;
    ~synchronous_only_operation() override;
};

// The operation was cancelled by `lazy::cancel()` or a stop token before its result was there.
class ORM_EXPORT operation_cancelled : public error {
public:
    using error::error;
    ~operation_cancelled() override;
};

// A deadline passed: of `with_timeout`, of connecting, of waiting for a connection of the pool.
class ORM_EXPORT timeout_error : public error {
public:
    using error::error;
    ~timeout_error() override;
};

// The event loop was shut down before the operation had finished.
class ORM_EXPORT loop_closed : public error {
public:
    using error::error;
    ~loop_closed() override;
};

}  // namespace orm::inline v0
