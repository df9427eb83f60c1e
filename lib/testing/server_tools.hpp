// Where PostgreSQL's server programs are installed, and whom they may run as.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace orm::inline v0::testing {

// The folder with initdb, pg_ctl and postgres: that of the PATH, of pg_config, or the newest of Debian's.
// Throws: cluster_error that names the package to install.
std::string find_server_tools();

struct server_user {
    uid_t uid;
    gid_t gid;
};

// The user to become before running a server: none unless this process is root.
std::optional<server_user> unprivileged_user();

}  // namespace orm::inline v0::testing
