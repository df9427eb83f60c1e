// One statement of raw SQL: it has a connection to itself, for nobody knows what it does to the session (rule
// 22).
#pragma once

#include "pool.hpp"

namespace orm::inline v0::postgres {

class raw_tenant final : public tenant {
public:
    raw_tenant(pool& owner, operation& statement) noexcept : owner_(owner), statement_(statement) {
        statement_.state().add_ref();
        statement_watch::submitted(statement_, owner_.audience());
    }
    ~raw_tenant() { statement_.state().release(); }

    void on_granted(pooled& where) noexcept override {
        where_ = &where;
        where.link().submit(statement_);
    }
    void on_refused(std::exception_ptr why) noexcept override {
        statement_watch::failed(statement_, why);
        statement_.on_error(std::move(why));
        delete this;
    }
    void on_progress() noexcept override {
        if (where_->link().load() > 0) return;
        owner_.give_back(*where_);
        delete this;
    }
    void on_closed(std::exception_ptr) noexcept override { delete this; }

    bool holds(const operation& statement) const noexcept override { return &statement == &statement_; }
    void withdraw(operation& statement) noexcept override {
        if (!where_) {
            owner_.leave_queue(*this);
            statement_watch::abandoned(statement_);
            delete this;
            return;
        }
        if (where_->link().withdraw(statement).unsent) return on_progress();
        owner_.look_after(*where_);
    }

private:
    pool& owner_;
    operation& statement_;
    pooled* where_ = nullptr;
};

}  // namespace orm::inline v0::postgres
