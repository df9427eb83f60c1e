// The text of a statement: made once for its shape, shared by all statements that have it.
#pragma once

#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace orm::inline v0::sql {

// Immutable. Threads: any.
class shared_text {
public:
    shared_text() = default;
    shared_text(std::string text) : text_(make_intrusive<const holder>(std::move(text))) {}
    shared_text(const char* text) : shared_text(std::string(text)) {}

    operator std::string_view() const noexcept { return text_ ? std::string_view(text_->text) : ""; }
    std::string str() const { return std::string(std::string_view(*this)); }
    bool empty() const noexcept { return std::string_view(*this).empty(); }

    friend bool operator==(const shared_text& a, std::string_view b) { return std::string_view(a) == b; }

private:
    struct holder final : ref_counted {
        explicit holder(std::string of) : text(std::move(of)) {}
        const std::string text;
    };

    intrusive_ptr<const holder> text_{};
};

}  // namespace orm::inline v0::sql
