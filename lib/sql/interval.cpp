#include "sql/iso_text.hpp"

#include <asynchrormous/sql/interval.hpp>

namespace orm::inline v0 {

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::int64_t day = 24 * hour;

[[noreturn]] void refuse() { throw value_error("an interval beyond what PostgreSQL can hold"); }

template <class T>
T sum(T a, T b) {
    T result;
    if (__builtin_add_overflow(a, b, &result)) refuse();
    return result;
}
template <class T>
T difference(T a, T b) {
    T result;
    if (__builtin_sub_overflow(a, b, &result)) refuse();
    return result;
}
template <class T>
T product(T a, std::int64_t b) {
    T result;
    if (__builtin_mul_overflow(a, b, &result)) refuse();
    return result;
}

// As PostgreSQL prints: a plus stands in front of what follows something negative.
class printer {
public:
    void field(std::int64_t value, std::string_view unit) {
        if (value == 0) return;
        if (!out_.empty()) out_ += ' ';
        if (after_negative_ && value > 0) out_ += '+';
        out_ += std::to_string(value);
        out_.append(" ").append(unit);
        if (value != 1) out_ += 's';
        after_negative_ = value < 0;
    }
    std::string time(std::int64_t microseconds) && {
        if (microseconds == 0 && !out_.empty()) return std::move(out_);
        if (!out_.empty()) out_ += ' ';
        if (microseconds < 0)
            out_ += '-';
        else if (after_negative_)
            out_ += '+';
        append_clock(microseconds);
        return std::move(out_);
    }

private:
    // The smallest one has no positive counterpart: whole seconds and the rest have.
    void append_clock(std::int64_t microseconds) {
        const std::int64_t whole = microseconds / hour;
        const std::int64_t rest = microseconds % hour;
        const std::string hours = std::to_string(whole < 0 ? -whole : whole);
        std::string clock;
        iso_text::append_time_of_day(rest < 0 ? -rest : rest, clock);
        out_.append(hours.size() < 2 ? 1 : 0, '0').append(hours).append(clock, 2);
    }

    std::string out_{};
    bool after_negative_ = false;
};

struct unit {
    std::string_view name;
    interval one;
};
const unit units[] = {
    {"year", {12, 0, 0}},         {"mon", {1, 0, 0}},
    {"month", {1, 0, 0}},         {"week", {0, 7, 0}},
    {"day", {0, 1, 0}},           {"hour", {0, 0, hour}},
    {"min", {0, 0, 60 * second}}, {"minute", {0, 0, 60 * second}},
    {"sec", {0, 0, second}},      {"second", {0, 0, second}},
};

class parser {
public:
    explicit parser(std::string_view text) : scan_(text) {}

    std::optional<interval> run() {
        do {
            const char sign = scan_.take_one_of("+-");
            const std::optional<std::int64_t> number = scan_.number(1, 10);
            if (!number) return std::nullopt;
            if (!(scan_.take(":") ? clock(*number, sign == '-') : words(*number, sign == '-')))
                return std::nullopt;
        } while (scan_.take(" "));
        if (!scan_.done()) return std::nullopt;
        return result_;
    }

private:
    // What stands behind the hours: "05:06.7".
    bool clock(std::int64_t hours, bool negative) {
        const std::optional<std::int64_t> minutes = scan_.number(2, 2);
        const std::optional<std::int64_t> seconds = scan_.take(":") ? scan_.number(2, 2) : 0;
        if (!minutes || !seconds || *minutes > 59 || *seconds > 59) return false;
        const std::int64_t fraction = scan_.take(".") ? scan_.fraction_in_microseconds() : 0;
        const std::int64_t within = (*minutes * 60 + *seconds) * second + fraction;
        result_ += interval(0, 0, product(hours, negative ? -hour : hour));
        result_ += interval(0, 0, negative ? -within : within);
        return true;
    }
    bool words(std::int64_t count, bool negative) {
        if (!scan_.take(" ")) return false;
        for (std::size_t longest = 6; longest > 0; --longest)
            for (const unit& each : units)
                if (each.name.size() == longest && scan_.take(each.name))
                    return add(each.one, count, negative);
        return false;
    }
    bool add(const interval& one, std::int64_t count, bool negative) {
        scan_.take("s");
        if (count > std::int64_t{1} << 31) return false;
        // the smallest 32-bit number is one below the negated largest
        for (; count > std::numeric_limits<std::int32_t>::max(); --count) result_ += negative ? -one : one;
        result_ += one * static_cast<std::int32_t>(negative ? -count : count);
        return true;
    }

    iso_text::scanner scan_;
    interval result_{};
};

}  // namespace

std::chrono::microseconds interval::estimated() const {
    const std::int64_t days = std::int64_t{months_} * 30 + days_;
    return std::chrono::microseconds(sum(product(days, day), microseconds_));
}

std::optional<interval> interval::parse(std::string_view text) {
    try {
        return parser(text).run();
    } catch (const value_error&) {
        return std::nullopt;
    }
}

std::string interval::to_string() const {
    printer out;
    out.field(months_ / 12, "year");
    out.field(months_ % 12, "mon");
    out.field(days_, "day");
    return std::move(out).time(microseconds_);
}

interval operator+(const interval& a, const interval& b) {
    return {sum(a.months_, b.months_), sum(a.days_, b.days_), sum(a.microseconds_, b.microseconds_)};
}

interval operator-(const interval& a, const interval& b) {
    return {difference(a.months_, b.months_), difference(a.days_, b.days_),
            difference(a.microseconds_, b.microseconds_)};
}

interval operator*(const interval& a, std::int32_t times) {
    return {product(a.months_, times), product(a.days_, times), product(a.microseconds_, times)};
}

}  // namespace orm::inline v0
