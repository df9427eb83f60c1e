// Errors of building and rendering a query: they happen before anything is sent.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/error.hpp>

namespace orm::inline v0 {

// A query was asked for something that it cannot express; the message names the model and the way out.
class ORM_EXPORT query_error : public error {
public:
    using error::error;
    ~query_error() override;
};

}  // namespace orm::inline v0
