// Errors of models at run time; nearly all mistakes in models are compile errors instead.
#pragma once

#include <asynchrormous/runtime/error.hpp>

namespace orm::inline v0 {

// A foreign key was followed to an object that no query has loaded.
class ORM_EXPORT relation_not_loaded : public error {
public:
    using error::error;
    ~relation_not_loaded() override;
};

}  // namespace orm::inline v0
