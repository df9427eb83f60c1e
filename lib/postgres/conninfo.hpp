// Where and how to connect, read exactly as libpq reads it: URL or keyword string, PG* variables, service
// file; and share_sync, a key of our own. libpq itself does the reading, in a connection that is refused
// before it touches the network.
#pragma once

#include <asynchrormous/export.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0::postgres {

struct setting {
    std::string keyword;
    std::string value;
};

struct host_entry {
    std::string name;     // as written: TLS verification and the passfile go by it
    std::string address;  // hostaddr, when the user gave one
    std::string port;

    bool local() const noexcept;      // a Unix socket
    bool needs_dns() const noexcept;  // neither an address nor a socket
};

struct conninfo {
    std::vector<setting> settings;  // everything but what names a host
    std::vector<host_entry> hosts;  // at least one
    std::string target_session_attrs;
    bool shuffle_hosts = false;
    std::chrono::seconds connect_timeout{0};  // of one address; 0: not set
    std::optional<bool> share_sync{};         // share_sync=on, off: goes over connect_options

    std::string_view find(std::string_view keyword) const noexcept;
};

// Throws: connect_error (permanent) when the text is malformed.
conninfo read_conninfo(std::string_view text);

// `host "db.example", port 5432`, for messages.
std::string describe(const host_entry& host, std::string_view address = {});

// Server or libpq text made fit for a message: passwords removed, control characters escaped, length capped.
std::string quote_untrusted(std::string_view text, std::string_view password = {});

}  // namespace orm::inline v0::postgres
