// Ownership of one libpq result, without libpq's header: for the machines that pass results on unseen.
#pragma once

#include <memory>

struct pg_result;

namespace orm::inline v0::postgres {

struct pg_clear {
    void operator()(pg_result* result) const noexcept;
};

using result_handle = std::unique_ptr<pg_result, pg_clear>;

}  // namespace orm::inline v0::postgres
