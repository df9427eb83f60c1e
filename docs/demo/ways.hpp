// The three ways to consume QuerySets. Each asks its questions and checks the answers against what was
// loaded.
#pragma once

#include "world.hpp"

namespace demo {

void ask_plainly(const world& iso);
void ask_lazily(const world& iso);
void ask_with_coroutines(const world& iso);

}  // namespace demo
