// A libFuzzer target: three bytes choose the C++ type and the column's type, the rest is the field.
#include "decode_all.hpp"

#include <algorithm>
#include <memory>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const std::size_t length = size - 3;
    const std::unique_ptr<char[]> exact(new char[length]);  // so that a read beyond the end is seen
    std::copy_n(reinterpret_cast<const char*>(data) + 3, length, exact.get());
    fuzz::decode(data[0], {exact.get(), length}, data[1] * 256U + data[2]);
    return 0;
}
