// expect: this lookup does not exist for columns of this type
// expect: "pages__like"
#include "library.hpp"

template <>
struct orm::lookup<"like"> {
    static constexpr std::string_view text = "{0} LIKE {1}";
    static constexpr orm::type_set of = orm::types::texts;
};

template void lookup<Book, "pages__like", int>();
