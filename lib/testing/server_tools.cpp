#include "testing/server_tools.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <vector>

namespace orm::inline v0::testing {

namespace {

namespace fs = std::filesystem;

bool has_all_tools(const fs::path& folder) {
    for (const char* tool : {"initdb", "pg_ctl", "postgres"})
        if (::access((folder / tool).c_str(), X_OK) != 0) return false;
    return true;
}

// initdb looks for postgres beside itself, so a symbolic link in the PATH is followed to the real folder.
std::vector<fs::path> folders_of_path() {
    std::vector<fs::path> found;
    const char* path = std::getenv("PATH");
    std::istringstream entries(path ? path : "");
    for (std::string entry; std::getline(entries, entry, ':');) {
        std::error_code none;
        const fs::path initdb = fs::canonical(fs::path(entry) / "initdb", none);
        if (!initdb.empty()) found.push_back(initdb.parent_path());
    }
    return found;
}

fs::path folder_of_pg_config() {
    std::string text;
    if (FILE* output = ::popen("pg_config --bindir 2>/dev/null", "re")) {
        char line[4096];
        if (std::fgets(line, sizeof line, output)) text = line;
        ::pclose(output);
    }
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

// Debian installs each major version into a folder of its own: /usr/lib/postgresql/15/bin.
fs::path newest_debian_folder() {
    fs::path newest;
    long version = -1;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator("/usr/lib/postgresql", none)) {
        const long number = std::strtol(entry.path().filename().c_str(), nullptr, 10);
        if (number <= version || !has_all_tools(entry.path() / "bin")) continue;
        version = number;
        newest = entry.path() / "bin";
    }
    return newest;
}

}  // namespace

std::string find_server_tools() {
    std::vector<fs::path> folders = folders_of_path();
    folders.push_back(folder_of_pg_config());
    folders.push_back(newest_debian_folder());
    for (const fs::path& folder : folders)
        if (!folder.empty() && has_all_tools(folder)) return folder.string();
    throw cluster_error(
        "no PostgreSQL server is installed: initdb, pg_ctl and postgres are neither in the PATH, nor where "
        "pg_config says, nor under /usr/lib/postgresql; install Debian's package 'postgresql', or set "
        "DATABASE_URL to a server that may be used for tests");
}

std::optional<server_user> unprivileged_user() {
    if (::geteuid() != 0) return std::nullopt;
    for (const char* name : {"postgres", "nobody"})
        if (const passwd* found = ::getpwnam(name)) return server_user{found->pw_uid, found->pw_gid};
    throw cluster_error("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody");
}

}  // namespace orm::inline v0::testing
