// A bytea value: any bytes, zeros among them.
#pragma once

#include <cstddef>
#include <vector>

namespace orm::inline v0 {

using bytes = std::vector<std::byte>;

}  // namespace orm::inline v0
