// PostgreSQL's geometric types, plain values of doubles. The server has no equality of points, and compares
// the others by size: look them up by expressions of the program's own.
#pragma once

#include <vector>

namespace orm::inline v0 {

struct point {
    double x = 0;
    double y = 0;
    friend bool operator==(const point&, const point&) = default;
};

// a x + b y + c = 0
struct line {
    double a = 0;
    double b = 1;
    double c = 0;
    friend bool operator==(const line&, const line&) = default;
};

struct lseg {
    point from{};
    point to{};
    friend bool operator==(const lseg&, const lseg&) = default;
};

// The upper right and the lower left corner: the server puts any two opposite ones into this order.
struct box {
    point high{};
    point low{};
    friend bool operator==(const box&, const box&) = default;
};

struct circle {
    point center{};
    double radius = 0;
    friend bool operator==(const circle&, const circle&) = default;
};

// At least one point.
struct path {
    std::vector<point> points{};
    bool closed = false;
    friend bool operator==(const path&, const path&) = default;
};

// At least one point.
struct polygon {
    std::vector<point> points{};
    friend bool operator==(const polygon&, const polygon&) = default;
};

}  // namespace orm::inline v0
