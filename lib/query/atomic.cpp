#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/query/atomic.hpp>

namespace orm::inline v0::query_detail {

intrusive_ptr<transaction> open_transaction() {
    if (auto* outer = dynamic_cast<transaction*>(current_context().get()))
        return transaction::begin_nested(*outer);
    return transaction::begin(database::current());
}

void roll_back(transaction& open) noexcept {
    try {
        open.rollback().get();
    } catch (const error&) {  // the connection is gone, and the transaction with it
    }
}

}  // namespace orm::inline v0::query_detail
