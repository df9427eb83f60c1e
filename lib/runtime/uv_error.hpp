// libuv's error numbers as exceptions of ours.
#pragma once

#include <asynchrormous/runtime/error.hpp>

#include <uv.h>

#include <string>

namespace orm::inline v0 {

inline void check_uv(int status, const char* what) {
    if (status < 0) throw error(std::string(what) + " failed: " + uv_strerror(status));
}

}  // namespace orm::inline v0
