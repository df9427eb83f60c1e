#include "testing/server_tools.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <fcntl.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace orm::inline v0::testing {

namespace {

// The keeper: a shell in a session of its own, so that a Ctrl-C at the terminal passes it by. Its standard
// input and output are the socket to this program. The end of its input means that the program is gone.
constexpr const char* keeper_script = R"sh(
tools=$1 folder=$2
trap '' HUP INT TERM
unset PGDATA PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGOPTIONS PGSSLMODE PGREQUIREAUTH
LC_ALL=C PATH=$PATH:/usr/bin:/bin; export LC_ALL PATH
create() {
    "$tools/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >>"$folder/log" 2>&1 &&
    cat "$folder/settings" >>"$folder/data/postgresql.conf" &&
    if [ -d "$folder/files" ]; then (umask 077 && cp "$folder/files/"* "$folder/data/"); fi
}
start() { "$tools/pg_ctl" -D "$folder/data" -l "$folder/log" -s -w -t 120 start >>"$folder/log" 2>&1; }
halt() { "$tools/pg_ctl" -D "$folder/data" -s -w -t 120 -m "$1" stop >>"$folder/log" 2>&1; }
running() { "$tools/pg_ctl" -D "$folder/data" status >>"$folder/log" 2>&1; }
answer() { if "$@"; then echo yes; else echo no; fi; }
while read -r verb mode; do
    case $verb in
    create) answer create ;;
    start) answer start ;;
    stop) if running; then answer halt "$mode"; else echo yes; fi ;;
    esac
done
running && halt immediate
rm -rf "$folder"
)sh";

// A socket's path may have 107 bytes, so a long TMPDIR is no place for one; nor is root's for another user.
std::string make_folder() {
    const char* place = ::geteuid() == 0 ? nullptr : std::getenv("TMPDIR");
    const bool usable =
        place && *place == '/' && std::strlen(place) < 60 && ::access(place, W_OK | X_OK) == 0;
    std::string name = std::string(usable ? place : "/tmp") + "/asynchrormous-XXXXXX";
    if (!::mkdtemp(name.data()))
        throw cluster_error("cannot make a temporary folder " + name + ": " + std::strerror(errno));
    return name;
}

// Durability is given up throughout: the folder does not outlive the program.
std::string settings_text(const std::string& folder, const cluster_options& options) {
    std::string text =
        "listen_addresses = ''\nunix_socket_directories = '" + folder +
        "'\nport = " + std::to_string(options.port) +
        "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        "max_connections = 100\nshared_buffers = 32MB\ntimezone = 'UTC'\nlog_timezone = 'UTC'\n";
    for (const std::string& line : options.settings) text += line + '\n';
    return text;
}

void write_files(const std::string& folder, const cluster_options& options) {
    std::ofstream(folder + "/settings") << settings_text(folder, options);
    const std::filesystem::path files = folder + "/files";
    if (!options.files.empty()) std::filesystem::create_directory(files);
    for (const auto& [name, content] : options.files) std::ofstream(files / name) << content;
}

bool give_away(const std::string& folder, const server_user& user) {
    bool given = ::chown(folder.c_str(), user.uid, user.gid) == 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        given = given && ::chown(entry.path().c_str(), user.uid, user.gid) == 0;
    return given;
}

std::string percent_encoded(std::string_view path) {
    std::string text;
    for (const char c : path) {
        if (c == '/')
            text += "%2F";
        else
            text += c;
    }
    return text;
}

// Runs between fork and exec: async-signal-safe calls only, since the program may have threads.
[[noreturn]] void become_keeper(int socket, const char* folder, const server_user* user,
                                char* const* arguments) {
    ::setsid();
    ::dup2(socket, 0);
    ::dup2(socket, 1);
    const int null = ::open("/dev/null", O_WRONLY);
    ::dup2(null, 2);
    ::close_range(3, ~0U, 0);
    if (user && (::setgroups(0, nullptr) != 0 || ::setgid(user->gid) != 0 || ::setuid(user->uid) != 0))
        ::_exit(1);
    if (::chdir(folder) != 0) ::_exit(1);
    ::execv("/bin/sh", arguments);
    ::_exit(1);
}

}  // namespace

cluster_error::~cluster_error() = default;

cluster::cluster(const cluster_options& options) {
    const std::string tools = find_server_tools();
    folder_ = make_folder();
    url_ = "postgresql://postgres@/postgres?host=" + percent_encoded(folder_) +
           "&port=" + std::to_string(options.port);
    write_files(folder_, options);
    launch(tools);
    try {
        command("create");
        command("start");
    } catch (...) {
        stop();
        throw;
    }
}

cluster::cluster(environment, std::string_view url) : url_(url) {}

cluster cluster::from_environment_or_private(const cluster_options& options) {
    const char* url = std::getenv("DATABASE_URL");
    return url && *url ? cluster(environment{}, url) : cluster(options);
}

cluster::cluster(cluster&& other) noexcept
    : url_(std::exchange(other.url_, {})),
      folder_(std::exchange(other.folder_, {})),
      keeper_socket_(std::exchange(other.keeper_socket_, -1)),
      keeper_process_(std::exchange(other.keeper_process_, -1)) {}

cluster& cluster::operator=(cluster&& other) noexcept {
    if (this == &other) return *this;
    stop();
    url_ = std::exchange(other.url_, {});
    folder_ = std::exchange(other.folder_, {});
    keeper_socket_ = std::exchange(other.keeper_socket_, -1);
    keeper_process_ = std::exchange(other.keeper_process_, -1);
    return *this;
}

cluster::~cluster() { stop(); }

void cluster::launch(const std::string& tools) {
    const std::optional<server_user> user = unprivileged_user();
    if (user && !give_away(folder_, *user)) fail("cannot give its folder away");
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) fail("cannot make a socket pair");

    std::vector<std::string> words{"sh", "-c", keeper_script, "asynchrormous-keeper", tools, folder_};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    keeper_process_ = ::fork();
    if (keeper_process_ == 0)
        become_keeper(ends[1], folder_.c_str(), user ? &*user : nullptr, arguments.data());
    ::close(ends[1]);
    keeper_socket_ = ends[0];
    if (keeper_process_ < 0) fail("cannot fork");
}

void cluster::command(std::string_view line) {
    if (keeper_socket_ < 0)
        throw cluster_error(folder_.empty() && !url_.empty()
                                ? "this server comes from DATABASE_URL: it is not ours to stop or restart"
                                : "this private server was stopped and removed already");
    const std::string text = std::string(line) + '\n';
    if (::send(keeper_socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) fail(line);
    if (reply() != "yes") fail(line);
}

std::string cluster::reply() const {
    std::string line;
    for (;;) {
        char c = 0;
        const ssize_t got = ::read(keeper_socket_, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || c == '\n') return line;
        line += c;
    }
}

void cluster::fail(std::string_view what) {
    const std::string said = log();
    const std::string tail = said.size() > 2000 ? said.substr(said.size() - 2000) : said;
    throw cluster_error("the private PostgreSQL server in " + folder_ + " failed at '" + std::string(what) +
                        "'; it said: " + (tail.empty() ? "nothing" : tail));
}

void cluster::crash() { command("stop immediate"); }

void cluster::restart() {
    command("stop fast");
    command("start");
}

void cluster::stop() noexcept {
    if (keeper_socket_ >= 0) ::close(std::exchange(keeper_socket_, -1));
    if (keeper_process_ > 0)
        while (::waitpid(keeper_process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    keeper_process_ = -1;
}

std::string cluster::log() const {
    std::ostringstream text;
    text << std::ifstream(folder_ + "/log").rdbuf();
    return text.str();
}

}  // namespace orm::inline v0::testing
