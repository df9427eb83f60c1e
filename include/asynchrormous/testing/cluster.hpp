// A private, throwaway PostgreSQL server for tests, demos and benchmarks.
// It lives in a temporary folder, listens on a Unix socket in there only, and writes nothing durably. A
// keeper process holds the other end of a socket: when this program ends, however it ends, the keeper stops
// the server and removes the folder. Started as root, the server runs as user postgres or nobody, since
// PostgreSQL refuses root.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/error.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0::testing {

// No server is installed, or it did not start: the message holds what it said.
class ORM_EXPORT cluster_error : public error {
public:
    using error::error;
    ~cluster_error() override;
};

struct cluster_file {
    std::string name;
    std::string content;
};

struct cluster_options {
    std::vector<std::string> settings{};  // lines of postgresql.conf: "max_connections = 20"
    std::vector<cluster_file> files{};    // put into the data folder: "pg_hba.conf", "server.key"
    int port = 5432;  // in the socket's name; of TCP when a setting lists listen_addresses
};

class ORM_EXPORT cluster {
public:
    // Starts a server and returns when it accepts connections: one to three seconds.
    // Throws: cluster_error.
    explicit cluster(const cluster_options& options = {});
    cluster(cluster&& other) noexcept;
    cluster& operator=(cluster&& other) noexcept;
    ~cluster();

    // The server that DATABASE_URL names, when that is set; otherwise a private one.
    static cluster from_environment_or_private(const cluster_options& options = {});

    // Connects as the superuser to the database "postgres"; for orm::connect or any libpq program.
    const std::string& url() const noexcept { return url_; }

    // False for a server of the environment, which is neither stopped nor restarted here.
    bool is_private() const noexcept { return !folder_.empty(); }

    // Stops the server at once, as if the machine had lost power: every connection is lost. restart() starts
    // it again with what was committed. Throws: cluster_error, also for a server of the environment.
    void crash();

    // Stops the server in good order, if it runs, and starts it again under the same URL.
    void restart();

    // Stops the server and removes its folder. Does nothing the second time.
    void stop() noexcept;

    // What the server has written to its log so far.
    std::string log() const;

private:
    struct environment {};
    cluster(environment, std::string_view url);

    void launch(const std::string& tools);
    void command(std::string_view line);
    std::string reply() const;
    [[noreturn]] void fail(std::string_view what);

    std::string url_;
    std::string folder_;
    int keeper_socket_ = -1;
    int keeper_process_ = -1;
};

}  // namespace orm::inline v0::testing
