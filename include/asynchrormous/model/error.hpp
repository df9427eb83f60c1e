// Errors of models at run time; nearly all mistakes in models are compile errors instead.
#pragma once

#include <asynchrormous/runtime/error.hpp>

namespace orm::inline v0 {

// A relation was followed to rows that no query has loaded, where no query may be sent for them: inside the
// event loop, or where fetching is set to raise.
class ORM_EXPORT relation_not_loaded : public error {
public:
    using error::error;
    ~relation_not_loaded() override;
};

}  // namespace orm::inline v0
