// No connection could be made. The message names host and port and never holds a password.
// Text that a server sent before encryption stood is quoted and capped: anybody on the way may have written
// it.
#pragma once

#include <asynchrormous/runtime/error.hpp>

#include <string>

namespace orm::inline v0 {

class ORM_EXPORT connect_error : public error {
public:
    explicit connect_error(const std::string& message, std::string sqlstate = {});
    ~connect_error() override;

    // The server's SQLSTATE; empty when no server answered.
    const std::string& sqlstate() const noexcept { return sqlstate_; }

    // Trying again cannot help: wrong password, unknown database, malformed connection string.
    bool permanent() const noexcept { return permanent_; }
    void mark_permanent() noexcept { permanent_ = true; }

private:
    std::string sqlstate_;
    bool permanent_;
};

}  // namespace orm::inline v0
