// Something to do once a transaction is committed, as on_commit() registers it.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

namespace orm::inline v0 {

class operation_state;

class ORM_EXPORT commit_hook : public ref_counted {
public:
    // Returns: what it started, to be waited for; null when it is done. Throws: what the callback throws.
    virtual intrusive_ptr<operation_state> run() = 0;
    bool robust() const noexcept { return robust_; }

protected:
    explicit commit_hook(bool robust) noexcept : robust_(robust) {}
    ~commit_hook() override;

private:
    bool robust_;  // what it throws stops nobody
};

}  // namespace orm::inline v0
