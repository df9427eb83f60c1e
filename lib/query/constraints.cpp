#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/query/atomic_block.hpp>
#include <asynchrormous/query/constraints.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/sql/quote.hpp>

#include <string>
#include <utility>

namespace orm::inline v0 {

namespace {

struct nothing_to_read {
    void operator()(const postgres::result_view&, const sql::statement&) const {}
};

}  // namespace

lazy<void> set_constraints(constraint_check when, std::initializer_list<std::string_view> names) {
    auto* const open = query_detail::open_transaction();
    if (!open)
        throw transaction_management_error(
            "set_constraints() was called outside of a transaction, with which it ends: put it into "
            "atomic()");
    std::string text = "SET CONSTRAINTS ";
    if (names.size() == 0) text += "ALL";
    bool first = true;
    for (const std::string_view name : names) {
        if (!std::exchange(first, false)) text += ", ";
        sql::append_identifier(text, name);
    }
    text += when == constraint_check::deferred ? " DEFERRED" : " IMMEDIATE";
    return query_detail::launch<void>(query_detail::route::to(*open), {std::move(text), {}},
                                      postgres::access::write, nothing_to_read());
}

}  // namespace orm::inline v0
