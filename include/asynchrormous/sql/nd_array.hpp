// An array of several dimensions: nd_array<int>({2, 3}, {1, 2, 3, 4, 5, 6}) has two rows of three.
// PostgreSQL's arrays have at most six dimensions, none of them of size zero: without elements there are no
// dimensions.
#pragma once

#include <asynchrormous/sql/value_error.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace orm::inline v0 {

template <class T>
class nd_array {
public:
    nd_array() = default;

    // Elements row by row. Throws: value_error when their number is not that of the extents.
    nd_array(std::vector<std::size_t> extents, std::vector<T> elements)
        : extents_(std::move(extents)), elements_(std::move(elements)) {
        std::size_t count = extents_.empty() ? 0 : 1;
        for (const std::size_t extent : extents_) {
            if (extent == 0 || extent > elements_.size()) count = 0;
            count *= extent;
        }
        if (count != elements_.size() || extents_.size() > 6 || (count == 0 && !extents_.empty()))
            throw_value_error(
                "the elements of an array do not fill its dimensions, or there are more than six");
    }

    const std::vector<std::size_t>& extents() const { return extents_; }
    const std::vector<T>& elements() const { return elements_; }

    // at(1, 2): the third element of the second row; indices begin with 0. Throws: value_error beyond the
    // extents.
    template <class... Index>
    decltype(auto) at(Index... index) const {
        const std::array<std::size_t, sizeof...(Index)> all{static_cast<std::size_t>(index)...};
        std::size_t place = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all.size() != extents_.size() || all[i] >= extents_[i])
                throw_value_error("there is no such element of this array");
            place = place * extents_[i] + all[i];
        }
        return elements_.at(place);
    }

    friend bool operator==(const nd_array&, const nd_array&) = default;

private:
    std::vector<std::size_t> extents_{};
    std::vector<T> elements_{};
};

}  // namespace orm::inline v0
