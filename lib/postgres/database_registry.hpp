// The databases that this thread can name: its default and those with an alias.
#pragma once

#include "diversion.hpp"

#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <string>
#include <utility>

namespace orm::inline v0::postgres {

class pool;

// What the copies of a database share. The last one that goes closes the pool once its operations are done.
class database_state final : public ref_counted {
public:
    database_state(intrusive_ptr<postgres::pool> where, std::string alias) noexcept;
    postgres::pool& pool() const noexcept { return *pool_; }
    const std::string& alias() const noexcept { return alias_; }
    intrusive_ptr<postgres::diversion> diverted{};  // where everything goes instead, in tests

private:
    ~database_state() override;

    intrusive_ptr<postgres::pool> pool_;
    std::string alias_;
};

void remember_database(intrusive_ptr<database_state> state);
void forget_database(const pool& which) noexcept;

}  // namespace orm::inline v0::postgres
