// What is wrong with a row: errors by the names of their fields, several for one field where several things
// are wrong; those of the row as a whole stand under non_field_errors. Messages and codes are Django's.
// Messages name limits and never the value.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

inline constexpr std::string_view non_field_errors = "__all__";

struct validation_failure {
    std::string field{};    // "title", or non_field_errors
    std::string message{};  // for people
    std::string code{};     // for programs: "blank", "min_value", "unique", …
};

class ORM_EXPORT validation_errors {
public:
    // Of the row as a whole.
    void add(std::string_view message);
    // Of a field, by its member's name.
    void add(std::string_view field, std::string_view message, std::string_view code = "invalid");

    bool empty() const noexcept { return all_.empty(); }
    std::size_t size() const noexcept { return all_.size(); }
    auto begin() const noexcept { return all_.begin(); }
    auto end() const noexcept { return all_.end(); }

    bool contains(std::string_view field) const;
    // Messages, and codes, of one field, in the order in which they were found; none: empty.
    std::vector<std::string> operator[](std::string_view field) const;
    std::vector<std::string> codes(std::string_view field) const;

    // "title: This field cannot be blank.; pages: …"
    std::string to_string() const;

private:
    std::vector<validation_failure> all_{};
};

// The row is not valid, and nothing was written.
class ORM_EXPORT validation_error : public error {
public:
    validation_error(std::string_view model, validation_errors errors);
    ~validation_error() override;

    const validation_errors& errors() const noexcept { return errors_; }

private:
    validation_errors errors_;
};

}  // namespace orm::inline v0
