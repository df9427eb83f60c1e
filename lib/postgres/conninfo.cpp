#include "conninfo.hpp"

#include "own_keys.hpp"

#include <asynchrormous/postgres/connect_error.hpp>

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <utility>

namespace orm::inline v0::postgres {
namespace {

// No option has this value, so libpq reads everything, then refuses it before it opens a socket.
constexpr const char* refused = "not-to-be-connected";

constexpr const char* default_port = "5432";

struct finish {
    void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
struct free_options {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using connection_ptr = std::unique_ptr<PGconn, finish>;
using options_ptr = std::unique_ptr<PQconninfoOption, free_options>;

[[noreturn]] void fail(const std::string& message) {
    connect_error error(message);
    error.mark_permanent();
    throw error;
}

// A parse error quotes what libpq took for a keyword; after a mistake in quoting that is a piece of the
// password.
std::string hide_quoted(std::string_view message) {
    std::string result;
    bool inside = false;
    for (const char c : message) {
        if (c == '"') {
            result += inside ? "...\"" : "\"";
            inside = !inside;
        } else if (!inside && c != '\n') {
            result += c;
        }
    }
    return result;
}

[[noreturn]] void fail_parsing(std::string_view message) {
    const bool names_option = message.starts_with("invalid connection option") ||
                              message.starts_with("definition of service") ||
                              message.starts_with("service file");
    fail("the connection string cannot be used: " +
         (names_option ? quote_untrusted(message) : hide_quoted(message)) +
         ". Write a URL (postgresql://user@host:5432/database) or keywords (host=... dbname=...)");
}

// GSSAPI encryption needs a round trip of its own at each connect: only for who asks for it.
const char* default_gssencmode() { return std::getenv("PGGSSENCMODE") ? "" : "disable"; }

options_ptr resolve_options(const std::string& text, const char* refused_keyword) {
    const std::array<const char*, 6> keywords{"gssencmode",    "fallback_application_name", "dbname",
                                              refused_keyword, "client_encoding",           nullptr};
    const std::array<const char*, 6> values{
        default_gssencmode(), "asynchrormous", text.c_str(), refused, "UTF8", nullptr};
    const connection_ptr probe(PQconnectStartParams(keywords.data(), values.data(), 1));
    if (!probe) fail("no memory for a connection");
    const std::string_view message = PQerrorMessage(probe.get());
    if (message.find(refused) == std::string_view::npos) fail_parsing(message);
    return options_ptr(PQconninfo(probe.get()));
}

std::vector<setting> settings_of(const options_ptr& options) {
    std::vector<setting> result;
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
        if (option->val && *option->val) result.push_back({option->keyword, option->val});
    }
    return result;
}

std::string take(std::vector<setting>& settings, std::string_view keyword) {
    for (auto it = settings.begin(); it != settings.end(); ++it) {
        if (it->keyword != keyword) continue;
        std::string value = std::move(it->value);
        settings.erase(it);
        return value;
    }
    return {};
}

std::optional<bool> read_switch(const std::string& key, const std::optional<std::string>& written) {
    if (!written) return std::nullopt;
    for (const char* yes : {"on", "true", "yes", "1"})
        if (*written == yes) return true;
    for (const char* no : {"off", "false", "no", "0"})
        if (*written == no) return false;
    fail("the connection string says " + key + "=" + quote_untrusted(*written) + ": write on or off");
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts(1);
    for (const char c : list) {
        if (c == ',') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

std::vector<host_entry> read_hosts(const std::string& names, const std::string& addresses,
                                   const std::string& port_list) {
    const auto name = split(names);
    const auto address = split(addresses);
    const auto ports = split(port_list);
    const std::size_t count = addresses.empty() ? name.size() : address.size();
    std::vector<host_entry> hosts(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (!names.empty()) hosts[i].name = name[i];
        if (!addresses.empty()) hosts[i].address = address[i];
        hosts[i].port = ports.size() == 1 ? ports[0] : ports[i];
        if (hosts[i].port.empty()) hosts[i].port = default_port;
    }
    return hosts;
}

}  // namespace

bool host_entry::local() const noexcept {
    return address.empty() && (name.empty() || name.front() == '/' || name.front() == '@');
}

bool host_entry::needs_dns() const noexcept { return address.empty() && !local(); }

std::string_view conninfo::find(std::string_view keyword) const noexcept {
    for (const auto& [name, value] : settings) {
        if (name == keyword) return value;
    }
    return {};
}

conninfo read_conninfo(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) {
        fail("the connection string holds a NUL byte, at which it would be cut: remove it");
    }
    std::string copy(text);
    conninfo info;
    info.share_sync = read_switch("share_sync", take_own_key(copy, "share_sync"));
    info.settings = settings_of(resolve_options(copy, "sslmode"));
    auto others = settings_of(resolve_options(copy, "channel_binding"));
    take(info.settings, "sslmode");
    info.settings.push_back({"sslmode", take(others, "sslmode")});
    const std::string names = take(info.settings, "host");
    const std::string addresses = take(info.settings, "hostaddr");
    info.hosts = read_hosts(names, addresses, take(info.settings, "port"));
    info.target_session_attrs = take(info.settings, "target_session_attrs");
    info.shuffle_hosts = take(info.settings, "load_balance_hosts") == "random";
    const std::string timeout = take(info.settings, "connect_timeout");
    int seconds = 0;
    std::from_chars(timeout.data(), timeout.data() + timeout.size(), seconds);
    if (seconds > 0) info.connect_timeout = std::chrono::seconds(seconds < 2 ? 2 : seconds);
    take(info.settings, "service");
    return info;
}

std::string describe(const host_entry& host, std::string_view address) {
    if (host.local()) {
        const std::string where = host.name.empty() ? "the default directory" : "\"" + host.name + "\"";
        return "Unix socket in " + where + ", port " + host.port;
    }
    std::string text = "host \"" + (host.name.empty() ? host.address : host.name) + "\"";
    if (!address.empty() && address != host.name) (text += " (").append(address) += ')';
    return text + ", port " + host.port;
}

std::string quote_untrusted(std::string_view text, std::string_view password) {
    constexpr std::size_t cap = 400;
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!password.empty() && text.substr(i).starts_with(password)) {
            result += "***";
            i += password.size() - 1;
        } else if (static_cast<unsigned char>(text[i]) >= 0x20 && text[i] != 0x7f) {
            result += text[i];
        } else if (i + 1 < text.size()) {
            result += ' ';
        }
        if (result.size() >= cap) return result + "...";
    }
    return result;
}

}  // namespace orm::inline v0::postgres
