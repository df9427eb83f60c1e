// Columns that several models share: the members of T become columns of the table that embeds it.
//   struct Timestamps { orm::timestamptz created{}; orm::timestamptz updated{}; };
//   struct Book { ...; orm::embedded<Timestamps> times{}; };    // book.times.created, column "created"
#pragma once

#include <utility>

namespace orm::inline v0 {

template <class T>
struct embedded : T {
    using group = T;

    constexpr embedded() = default;
    constexpr embedded(T value) : T(std::move(value)) {}
};

}  // namespace orm::inline v0
