#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/query/decode.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/raw.hpp>
#include <asynchrormous/sql/quote.hpp>
#include <asynchrormous/testing/scratch_database.hpp>

#include <unistd.h>

#include <utility>

namespace orm::inline v0::testing {

namespace {

// Where a parameter is named twice, libpq takes the last one.
std::string with_database(std::string_view url, const std::string& name) {
    std::string made(url);
    if (made.find("://") == std::string::npos) return made + " dbname=" + name;
    made += made.find('?') == std::string::npos ? '?' : '&';
    return made + "dbname=" + name;
}

std::string fresh_name() {
    static int count = 0;
    return "scratch_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

void command(const std::string& server, std::string text) {
    const database admin = connect(server, {.max_connections = 1});
    try {
        query_detail::launch<std::int64_t>(query_detail::route::choose(std::optional<database>(admin)),
                                           {std::move(text), {}}, postgres::access::raw,
                                           query_detail::decode_affected())
            .get();
    } catch (...) {
        admin.close().wait();
        throw;
    }
    admin.close().get();
}

}  // namespace

scratch_database::scratch_database(std::string_view server_url, std::string_view template_name)
    : server_(server_url), name_(fresh_name()), url_(with_database(server_url, name_)) {
    command(server_, "CREATE DATABASE " + sql::quote_identifier(name_) + " TEMPLATE " +
                         sql::quote_identifier(template_name));
}

scratch_database::scratch_database(scratch_database&& other) noexcept
    : server_(std::move(other.server_)), name_(std::exchange(other.name_, {})), url_(std::move(other.url_)) {}

scratch_database::~scratch_database() {
    if (name_.empty()) return;
    try {
        command(server_, "DROP DATABASE IF EXISTS " + sql::quote_identifier(name_) + " WITH (FORCE)");
    } catch (const error&) {  // it goes with its server
    }
}

}  // namespace orm::inline v0::testing
