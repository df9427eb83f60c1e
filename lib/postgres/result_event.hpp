// From libpq's result to what the machine understands.
#pragma once

#include "pipeline_machine.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <libpq-fe.h>

#include <optional>

namespace orm::inline v0::postgres {

// Owns what its machine_event points to. Lifetime: until on_event() returned.
struct result_event {
    // `with_value`: its first field is asked for.
    result_event(PGconn* connection, PGresult* result, bool with_value);

    std::optional<server_report> report{};
    machine_event event{};
};

server_report report_of(const PGresult* result);
session_status session_of(const PGconn* connection) noexcept;

}  // namespace orm::inline v0::postgres
