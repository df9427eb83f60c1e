// Functions that libpq has at run time or not: one soname stands for libpq 14 to 18, and TLS may be missing.
#pragma once

#include <libpq-fe.h>

struct pg_cancel_conn;  // PGcancelConn, which the headers of libpq have from 17 on

namespace orm::inline v0::postgres {

struct libpq_extras {
    int (*send_pipeline_sync)(PGconn*) = nullptr;                // 17: a Sync without a flush
    int (*send_close_prepared)(PGconn*, const char*) = nullptr;  // 17: Close instead of DEALLOCATE
    pg_cancel_conn* (*cancel_create)(PGconn*) = nullptr;  // 17, these five: cancelling without blocking
    int (*cancel_start)(pg_cancel_conn*) = nullptr;
    PostgresPollingStatusType (*cancel_poll)(pg_cancel_conn*) = nullptr;
    int (*cancel_socket)(const pg_cancel_conn*) = nullptr;
    void (*cancel_finish)(pg_cancel_conn*) = nullptr;
    int (*ssl_pending)(const void*) = nullptr;  // of OpenSSL, when libpq has loaded it

    bool cancels_without_blocking() const noexcept {
        return cancel_create && cancel_start && cancel_poll && cancel_socket && cancel_finish;
    }
};

const libpq_extras& extras() noexcept;

}  // namespace orm::inline v0::postgres
