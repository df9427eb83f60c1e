// Where SQL is written to: text and bound values go in by one call each, so that numbering and order of the
// parameters cannot disagree.
#pragma once

#include "bound_values.hpp"

#include <asynchrormous/sql/render.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0::sql {

inline constexpr std::size_t most_parameters = 65535;  // the protocol counts them in 16 bits

class sql_sink {
public:
    // `taken`: how many parameters of the statement are the caller's, before those that are bound here.
    explicit sql_sink(std::size_t taken = 0) : taken_(taken) { text_.reserve(256); }

    sql_sink& operator<<(std::string_view text) {
        text_ += text;
        return *this;
    }
    sql_sink& identifier(std::string_view name) {
        append_identifier(text_, name);
        return *this;
    }
    // Where one of the caller's values is sent.
    sql_sink& placeholder(std::size_t number, type of) {
        append_placeholder(text_, number, of);
        return *this;
    }
    // A value that stands in several places is sent once, so that PostgreSQL sees that the places are equal.
    // Lifetime: until take(). Throw: query_error beyond the 65535 parameters that one statement can carry.
    sql_sink& bind(bound_value value);

    // The statement locks rows until the end of a transaction.
    void lock() noexcept { made_.locks = true; }
    bool locks() const noexcept { return made_.locks; }

    // The statement calls a function that may look at the clock, have effects or take long.
    void call() noexcept { calls_ = true; }
    // Of a statement that reads.
    void note_reading() noexcept { made_.plain = !calls_ && !made_.locks; }

    statement take() {
        made_.text = shared_text(std::move(text_));
        return std::move(made_);
    }

    std::string take_text() { return std::move(text_); }

    const std::string& text() const noexcept { return text_; }

    // Where each parameter came from, in their order.
    std::span<const bound_value> sources() const noexcept { return bound_; }

private:
    std::string text_;
    statement made_;
    std::vector<bound_value> bound_{};
    std::size_t taken_;
    bool calls_ = false;
};

// Writes `separator` before every call but the first.
class list_separator {
public:
    list_separator(sql_sink& out, std::string_view separator) : out_(out), separator_(separator) {}
    sql_sink& next() {
        if (!std::exchange(first_, false)) out_ << separator_;
        return out_;
    }

private:
    sql_sink& out_;
    std::string_view separator_;
    bool first_ = true;
};

}  // namespace orm::inline v0::sql
