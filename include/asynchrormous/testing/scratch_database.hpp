// A database for one test, copied from a template: for what rollback_scope cannot do, such as tests of
// several connections, of isolation levels, of the commit itself. Made once with tables and rows, the
// template is copied in some 20 to 50 ms, without one of its statements.
#pragma once

#include <asynchrormous/export.hpp>

#include <string>
#include <string_view>

namespace orm::inline v0::testing {

class ORM_EXPORT scratch_database {
public:
    // On the server of this URL, whose user may create databases. Nobody may be connected to the template.
    // Blocks. Throws: connect_error, database_error.
    explicit scratch_database(std::string_view server_url, std::string_view template_name = "template1");
    scratch_database(scratch_database&& other) noexcept;
    scratch_database& operator=(scratch_database&&) = delete;
    // Drops it, and whoever is still connected to it.
    ~scratch_database();

    const std::string& name() const noexcept { return name_; }
    // For orm::connect and any libpq program.
    const std::string& url() const noexcept { return url_; }

private:
    std::string server_;
    std::string name_;
    std::string url_;
};

}  // namespace orm::inline v0::testing
