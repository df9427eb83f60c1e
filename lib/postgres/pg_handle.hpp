// Ownership of one libpq connection. A forked child must not say goodbye on its parent's socket (PQfinish
// would end the parent's session): in another process than the one that connected, the handle only lets go.
#pragma once

#include <libpq-fe.h>

#include <unistd.h>

#include <memory>

namespace orm::inline v0::postgres {

struct pg_finish {
    pid_t owner = ::getpid();

    void operator()(PGconn* connection) const noexcept {
        if (owner == ::getpid()) PQfinish(connection);
    }
};

using pg_handle = std::unique_ptr<PGconn, pg_finish>;

}  // namespace orm::inline v0::postgres
