// A libFuzzer target: the first two bytes choose the column's type, the rest is the field.
#include "decode_all.hpp"

#include <memory>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::uint32_t oid = data[0] * 256U + data[1];
    const std::unique_ptr<char[]> exact(new char[size - 2]);  // so that a read beyond the end is seen
    for (std::size_t i = 2; i < size; ++i) exact[i - 2] = static_cast<char>(data[i]);
    fuzz::decode_all({exact.get(), size - 2}, oid);
    return 0;
}
