#include <asynchrormous/query/lock.hpp>
#include <asynchrormous/sql/error.hpp>

#include <utility>

namespace orm::inline v0::query_detail {

sql::locking locking_of(const lock_options& options, std::vector<sql::path> of) {
    if (options.nowait && options.skip_locked)
        throw query_error(
            "select_for_update() got nowait and skip_locked: fail at a row that is locked, or leave it out");
    if (options.no_key && options.strength != row_lock::update)
        throw query_error("select_for_update() got no_key and a strength, which say the same in two ways");
    const auto wait = options.nowait        ? sql::lock_wait::nowait
                      : options.skip_locked ? sql::lock_wait::skip_locked
                                            : sql::lock_wait::wait;
    return {options.no_key ? row_lock::no_key_update : options.strength, wait, std::move(of)};
}

}  // namespace orm::inline v0::query_detail
