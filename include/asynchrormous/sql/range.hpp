// PostgreSQL's ranges and multiranges. A bound that is no value is unbounded: all values on that side are in.
// Ranges of integers and dates are kept as PostgreSQL keeps them, [low, high): 1 to 5, both included, is [1,
// 6). T: std::int32_t, std::int64_t, decimal, date, timestamp, timestamptz.
#pragma once

#include <asynchrormous/sql/value_error.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0 {

class date;

// Which ends belong to a range: [low, high), [low, high], (low, high), (low, high].
enum class bounds : std::uint8_t { closed_open, closed, open, open_closed };

template <class T>
class range {
public:
    using value_type = T;

    range() = default;  // of all values

    // Throws: value_error when the upper bound is below the lower one.
    range(std::optional<T> lower, std::optional<T> upper, bounds ends = bounds::closed_open)
        : lower_(std::move(lower)),
          upper_(std::move(upper)),
          lower_included_(lower_ && (ends == bounds::closed_open || ends == bounds::closed)),
          upper_included_(upper_ && (ends == bounds::closed || ends == bounds::open_closed)) {
        if (lower_ && upper_ && *upper_ < *lower_)
            throw_value_error("the upper bound of a range is below its lower one");
        canonicalize();
    }

    // The range of this one value, so that lookups of ranges take values, too.
    range(const T& only) : range(only, only, bounds::closed) {}
    template <std::integral V>
        requires(std::convertible_to<V, T> && !std::same_as<V, T> && !std::same_as<V, bool>)
    range(V only) : range(converted(only)) {}

    static range empty() {
        range result;
        result.empty_ = true;
        return result;
    }

    bool is_empty() const { return empty_; }
    const std::optional<T>& lower() const { return lower_; }
    const std::optional<T>& upper() const { return upper_; }
    bool lower_included() const { return lower_included_; }
    bool upper_included() const { return upper_included_; }

    bool contains(const T& value) const {
        if (empty_) return false;
        if (lower_ && (lower_included_ ? value < *lower_ : !(*lower_ < value))) return false;
        return !upper_ || (upper_included_ ? !(*upper_ < value) : value < *upper_);
    }

    friend bool operator==(const range&, const range&) = default;

private:
    template <class V>
    static T converted(V value) {
        if constexpr (std::integral<T>)
            if (!std::in_range<T>(value)) throw_value_error("this value is beyond the integers of the range");
        return static_cast<T>(value);
    }

    void canonicalize() {
        if constexpr (std::integral<T> || std::same_as<T, date>) {
            if (lower_ && !lower_included_) lower_included_ = step_over(*lower_);
            if (upper_ && upper_included_) upper_included_ = !step_over(*upper_);
        }
        if (lower_ && upper_ && !(*lower_ < *upper_) && !(lower_included_ && upper_included_))
            *this = empty();
    }

    // To the next value; false: an infinity, behind which there is none.
    static bool step_over(T& value) {
        if constexpr (std::integral<T>) {
            if (value == std::numeric_limits<T>::max())
                throw_value_error("a bound of this range is beyond its integer");
            ++value;
        } else {
            if (!value.is_finite()) return false;
            if (value == T::max()) throw_value_error("a bound of this range is beyond the last date");
            value = T::from_postgres(value.to_postgres() + 1);
        }
        return true;
    }

    std::optional<T> lower_{};
    std::optional<T> upper_{};
    bool lower_included_ = false;
    bool upper_included_ = false;
    bool empty_ = false;
};

// Several ranges. The server gives them in order, without empty ones, joined where they touch; here they stay
// as they were given.
template <class T>
class multirange {
public:
    using value_type = T;

    multirange() = default;  // of no values
    multirange(std::initializer_list<range<T>> parts) : parts_(parts) {}
    explicit multirange(std::vector<range<T>> parts) : parts_(std::move(parts)) {}
    multirange(const range<T>& only) : parts_{only} {}
    multirange(const T& only) : parts_{range<T>(only)} {}

    const std::vector<range<T>>& parts() const { return parts_; }
    bool contains(const T& value) const {
        for (const range<T>& each : parts_)
            if (each.contains(value)) return true;
        return false;
    }

    friend bool operator==(const multirange&, const multirange&) = default;

private:
    std::vector<range<T>> parts_{};
};

}  // namespace orm::inline v0
