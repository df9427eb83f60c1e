// Functions that libpq has at run time or not: one soname stands for libpq 14 to 18, and TLS may be missing.
#pragma once

#include <libpq-fe.h>

namespace orm::inline v0::postgres {

struct libpq_extras {
    int (*send_pipeline_sync)(PGconn*) = nullptr;                // 17: a Sync without a flush
    int (*send_close_prepared)(PGconn*, const char*) = nullptr;  // 17: Close instead of DEALLOCATE
    int (*ssl_pending)(const void*) = nullptr;                   // of OpenSSL, when libpq has loaded it
};

const libpq_extras& extras() noexcept;

}  // namespace orm::inline v0::postgres
