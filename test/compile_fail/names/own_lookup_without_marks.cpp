// expect: the text of this lookup needs {0} and {1}
// expect: "not_equal"
#include "library.hpp"

template <>
struct orm::lookup<"not_equal"> {
    static constexpr std::string_view text = "{0} <> $1";
};

template void lookup<Book, "pages__not_equal", int>();
