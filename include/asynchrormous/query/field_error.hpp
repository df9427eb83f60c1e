// What is wrong with a filter that came from outside; fit to be shown to whoever sent it.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/error.hpp>

#include <string>

namespace orm::inline v0 {

class ORM_EXPORT field_error : public error {
public:
    field_error(std::string field, std::string reason, std::string nearest = {});
    ~field_error() override;

    const std::string& field() const noexcept { return field_; }      // "pages__gte", as it was sent
    const std::string& reason() const noexcept { return reason_; }    // "has to be a whole number"
    const std::string& nearest() const noexcept { return nearest_; }  // of a wrong name, what may be meant

private:
    std::string field_;
    std::string reason_;
    std::string nearest_;
};

}  // namespace orm::inline v0
