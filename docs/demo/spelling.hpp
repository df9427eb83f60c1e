// Work that has nothing to do with a database, for the time in which one is asked.
#pragma once

#include "world.hpp"

namespace demo {

// "Estonia ~ Estonian": names of countries and languages, one letter apart.
std::vector<std::string> languages_like_countries(const world& iso);

}  // namespace demo
