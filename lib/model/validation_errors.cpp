#include <asynchrormous/model/validation_errors.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

void validation_errors::add(std::string_view message) { add(non_field_errors, message); }

void validation_errors::add(std::string_view field, std::string_view message, std::string_view code) {
    all_.push_back({std::string(field), std::string(message), std::string(code)});
}

bool validation_errors::contains(std::string_view field) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& each) { return each.field == field; });
}

std::vector<std::string> validation_errors::operator[](std::string_view field) const {
    std::vector<std::string> messages;
    for (const validation_failure& each : all_)
        if (each.field == field) messages.push_back(each.message);
    return messages;
}

std::vector<std::string> validation_errors::codes(std::string_view field) const {
    std::vector<std::string> codes;
    for (const validation_failure& each : all_)
        if (each.field == field) codes.push_back(each.code);
    return codes;
}

std::string validation_errors::to_string() const {
    std::string out;
    for (const validation_failure& each : all_) {
        if (!out.empty()) out += "; ";
        if (each.field != non_field_errors) out.append(each.field).append(": ");
        out += each.message;
    }
    return out;
}

validation_error::validation_error(std::string_view model, validation_errors errors)
    : error(std::string(model) + " is not valid: " + errors.to_string()), errors_(std::move(errors)) {}

validation_error::~validation_error() = default;

}  // namespace orm::inline v0
