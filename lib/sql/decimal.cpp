#include <asynchrormous/sql/decimal.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace orm::inline v0 {

namespace {

constexpr std::int64_t most_whole_digits = 131072;
constexpr std::int64_t most_scale = 16383;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string without_leading_zeros(std::string digits) {
    digits.erase(0, digits.find_first_not_of('0'));
    return digits;
}

// The three below are of digits without leading zeros.
int compare_digits(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

std::string sum_of_digits(std::string_view a, std::string_view b) {
    std::string out(std::max(a.size(), b.size()) + 1, '0');
    int carry = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i < a.size()) carry += a[a.size() - 1 - i] - '0';
        if (i < b.size()) carry += b[b.size() - 1 - i] - '0';
        out[out.size() - 1 - i] = static_cast<char>('0' + carry % 10);
        carry /= 10;
    }
    return without_leading_zeros(std::move(out));
}

// Requires: a >= b.
std::string difference_of_digits(std::string_view a, std::string_view b) {
    std::string out(a);
    int borrowed = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        char& digit = out[out.size() - 1 - i];
        int left = digit - '0' - borrowed - (i < b.size() ? b[b.size() - 1 - i] - '0' : 0);
        borrowed = left < 0 ? 1 : 0;
        digit = static_cast<char>('0' + left + 10 * borrowed);
    }
    return without_leading_zeros(std::move(out));
}

std::string product_of_digits(std::string_view a, std::string_view b) {
    std::string out(a.size() + b.size(), '0');
    for (std::size_t i = a.size(); i-- > 0;) {
        int carry = 0;
        for (std::size_t j = b.size(); j-- > 0;) {
            carry += (out[i + j + 1] - '0') + (a[i] - '0') * (b[j] - '0');
            out[i + j + 1] = static_cast<char>('0' + carry % 10);
            carry /= 10;
        }
        out[i] = static_cast<char>(out[i] + carry);
    }
    return without_leading_zeros(std::move(out));
}

// What a cut left behind, compared with one half of the last digit kept.
enum class remainder : std::uint8_t { none, below_half, half, above_half };

bool rounds_away(remainder left, bool odd, bool negative, decimal::rounding how) {
    using enum decimal::rounding;
    if (left == remainder::none) return false;
    switch (how) {
        case half_away:
            return left >= remainder::half;
        case half_even:
            return left == remainder::above_half || (left == remainder::half && odd);
        case toward_zero:
            return false;
        case down:
            return negative;
        case up:
            return !negative;
    }
    return false;
}

std::string rounded_digits(std::string kept, remainder left, bool negative, decimal::rounding how) {
    const bool odd = !kept.empty() && (kept.back() - '0') % 2 == 1;
    return rounds_away(left, odd, negative, how) ? sum_of_digits(kept, "1") : kept;
}

remainder remainder_of(std::string_view cut) {
    const bool zeros = cut.empty() || cut.find_first_not_of('0', 1) == std::string_view::npos;
    if (zeros && (cut.empty() || cut[0] == '0')) return remainder::none;
    if (cut[0] != '5') return cut[0] < '5' ? remainder::below_half : remainder::above_half;
    return zeros ? remainder::half : remainder::above_half;
}

int checked_scale(int scale) {
    if (scale < 0 || scale > most_scale) throw_value_error("the scale of a decimal is between 0 and 16383");
    return scale;
}

// Digits from the front of a text.
std::string take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const std::string taken(text.begin(), end);
    text.remove_prefix(taken.size());
    return taken;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

// "e-3", or nothing: 0. nullopt: neither.
std::optional<int> take_exponent(std::string_view& text) {
    if (text.empty()) return 0;
    if (!take(text, 'e') && !take(text, 'E')) return std::nullopt;
    if (take(text, '+') && !text.empty() && text.front() == '-') return std::nullopt;
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (std::abs(static_cast<long>(value)) > most_whole_digits + most_scale) return std::nullopt;
    text = {};
    return value;
}

}  // namespace

decimal::decimal(bool negative, std::uint64_t magnitude) : negative_(negative) {
    if (magnitude != 0) digits_ = std::to_string(magnitude);
}

decimal::decimal(bool negative, std::string digits, std::int64_t scale)
    : digits_(without_leading_zeros(std::move(digits))) {
    if (scale > most_scale)
        throw_value_error("a decimal has at most 16383 digits behind the point: round it first");
    if (static_cast<std::int64_t>(digits_.size()) - scale > most_whole_digits)
        throw_value_error("a decimal has at most 131072 digits before the point");
    scale_ = static_cast<std::int32_t>(scale);
    negative_ = negative && !digits_.empty();
}

decimal::decimal(std::string_view text) {
    std::optional<decimal> value = parse(text);
    if (!value) throw value_error("this text is no decimal: \"" + std::string(text.substr(0, 64)) + "\"");
    *this = std::move(*value);
}

std::optional<decimal> decimal::parse(std::string_view text) {
    if (text == "NaN") return nan();
    const bool negative = take(text, '-');
    if (!negative) take(text, '+');
    if (text == "Infinity" || text == "inf") return negative ? negative_infinity() : infinity();
    std::string digits = take_digits(text);
    const bool whole = !digits.empty();
    std::int64_t scale = 0;
    if (take(text, '.')) {
        const std::string fraction = take_digits(text);
        scale = static_cast<std::int64_t>(fraction.size());
        digits += fraction;
        if (!whole && fraction.empty()) return std::nullopt;
    } else if (!whole) {
        return std::nullopt;
    }
    const std::optional<int> exponent = take_exponent(text);
    if (!exponent) return std::nullopt;
    scale -= *exponent;
    if (scale < 0) digits.append(static_cast<std::size_t>(-scale), '0');
    scale = std::max<std::int64_t>(scale, 0);
    digits = without_leading_zeros(std::move(digits));
    if (scale > most_scale || static_cast<std::int64_t>(digits.size()) - scale > most_whole_digits)
        return std::nullopt;
    return decimal(negative, std::move(digits), scale);
}

decimal decimal::from_double(double value) {
    if (std::isnan(value)) return nan();
    if (std::isinf(value)) return value < 0 ? negative_infinity() : infinity();
    char text[32];
    const char* end = std::to_chars(text, text + sizeof text, value).ptr;
    return decimal(std::string_view(text, static_cast<std::size_t>(end - text)));
}

decimal decimal::nan() {
    decimal result;
    result.form_ = form::nan;
    return result;
}
decimal decimal::infinity() {
    decimal result;
    result.form_ = form::infinite;
    return result;
}
decimal decimal::negative_infinity() { return -infinity(); }

std::string decimal::to_string() const {
    if (is_nan()) return "NaN";
    std::string out = negative_ ? "-" : "";
    if (!is_finite()) return out + "Infinity";
    const auto scale = static_cast<std::size_t>(scale_);
    std::string padded = digits_;
    if (padded.size() <= scale) padded.insert(0, scale + 1 - padded.size(), '0');
    out.append(padded, 0, padded.size() - scale);
    if (scale > 0) out.append(".").append(padded, padded.size() - scale);
    return out;
}

double decimal::to_double() const {
    if (is_nan()) return std::numeric_limits<double>::quiet_NaN();
    const double sign = negative_ ? -1 : 1;
    if (!is_finite()) return std::copysign(HUGE_VAL, sign);
    const std::string text = to_string();
    double value = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc::result_out_of_range) return value;
    const bool tiny = digits_.size() <= static_cast<std::size_t>(scale_);
    return std::copysign(tiny ? 0.0 : HUGE_VAL, sign);
}

std::int64_t decimal::to_integer() const {
    const decimal whole = rounded(0, rounding::toward_zero);
    if (whole != *this) throw value_error("the decimal " + to_string() + " has a fraction and is no integer");
    const std::string text = whole.to_string();
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || stop != text.data() + text.size())
        throw value_error("the decimal " + text + " does not fit a 64-bit integer");
    return value;
}

decimal decimal::rounded(int scale, rounding how) const {
    checked_scale(scale);
    if (!is_finite()) return *this;
    std::string digits = digits_;
    if (scale >= scale_) {
        if (!digits.empty()) digits.append(static_cast<std::size_t>(scale - scale_), '0');
        return decimal(negative_, std::move(digits), scale);
    }
    const auto dropped = static_cast<std::size_t>(scale_ - scale);
    if (digits.size() < dropped) digits.insert(0, dropped - digits.size(), '0');
    const std::size_t kept = digits.size() - dropped;
    const remainder left = remainder_of(std::string_view(digits).substr(kept));
    digits.resize(kept);
    return decimal(negative_, rounded_digits(std::move(digits), left, negative_, how), scale);
}

decimal decimal::divided(const decimal& by, int scale, rounding how) const {
    checked_scale(scale);
    if (is_nan() || by.is_nan()) return nan();
    if (by.is_zero()) throw_value_error("division of a decimal by zero");
    const bool negative = negative_ != by.negative_;
    if (!is_finite()) {
        if (!by.is_finite()) return nan();
        return negative ? negative_infinity() : infinity();
    }
    if (!by.is_finite()) return decimal(false, std::string(), scale);
    // the quotient's digits are those of this times 10^shift, divided by those of `by`
    std::string above = digits_;
    std::string below = by.digits_;
    const int shift = scale - scale_ + by.scale_;
    (shift > 0 ? above : below).append(static_cast<std::size_t>(std::abs(shift)), '0');
    std::string quotient;
    std::string rest;
    for (const char digit : above) {
        if (!rest.empty() || digit != '0') rest += digit;
        char times = '0';
        for (; compare_digits(rest, below) >= 0; ++times) rest = difference_of_digits(rest, below);
        quotient += times;
    }
    const int half = compare_digits(sum_of_digits(rest, rest), below);
    const remainder left = rest.empty() ? remainder::none
                           : half < 0   ? remainder::below_half
                           : half == 0  ? remainder::half
                                        : remainder::above_half;
    return decimal(negative, rounded_digits(std::move(quotient), left, negative, how), scale);
}

decimal decimal::operator-() const {
    decimal result = *this;
    result.negative_ = !is_nan() && !is_zero() && !negative_;
    return result;
}

decimal operator+(const decimal& a, const decimal& b) {
    if (a.is_nan() || b.is_nan()) return decimal::nan();
    if (!a.is_finite()) return b.is_finite() || a.negative_ == b.negative_ ? a : decimal::nan();
    if (!b.is_finite()) return b;
    const int scale = std::max(a.scale_, b.scale_);
    const decimal x = a.rounded(scale);
    const decimal y = b.rounded(scale);
    if (x.negative_ == y.negative_) return {x.negative_, sum_of_digits(x.digits_, y.digits_), scale};
    const bool first = compare_digits(x.digits_, y.digits_) >= 0;
    const decimal& larger = first ? x : y;
    return {larger.negative_, difference_of_digits(larger.digits_, (first ? y : x).digits_), scale};
}

decimal operator-(const decimal& a, const decimal& b) { return a + -b; }

decimal operator*(const decimal& a, const decimal& b) {
    if (a.is_nan() || b.is_nan()) return decimal::nan();
    if (a.is_finite() && b.is_finite())
        return {a.negative_ != b.negative_, product_of_digits(a.digits_, b.digits_),
                std::int64_t{a.scale_} + b.scale_};
    if (a.is_zero() || b.is_zero()) return decimal::nan();
    return a.negative_ != b.negative_ ? decimal::negative_infinity() : decimal::infinity();
}

std::weak_ordering operator<=>(const decimal& a, const decimal& b) {
    if (a.is_nan() || b.is_nan()) return a.is_nan() <=> b.is_nan();
    if (a.negative_ != b.negative_) return b.negative_ <=> a.negative_;
    int order = 0;
    if (!a.is_finite() || !b.is_finite()) {
        order = (a.is_finite() ? 0 : 1) - (b.is_finite() ? 0 : 1);
    } else {
        const int scale = std::max(a.scale_, b.scale_);
        order = compare_digits(a.rounded(scale).digits_, b.rounded(scale).digits_);
    }
    return a.negative_ ? 0 <=> order : order <=> 0;
}

std::size_t decimal::hash() const {
    const std::string text = to_string();
    std::string_view same = text;
    if (scale_ > 0) same = same.substr(0, same.find_last_not_of('0') + 1);
    if (same.ends_with('.')) same.remove_suffix(1);
    return std::hash<std::string_view>()(same);
}

}  // namespace orm::inline v0
