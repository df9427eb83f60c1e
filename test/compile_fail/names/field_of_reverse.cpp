// expect: no such field
// expect: "nam"
// expect: "name"
// expect: fields_of<
// expect: "Shelf"
// expect: "id"
// expect: "books"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Shelf {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<struct Volume, "shelf"> books{};
};

struct Library {
    std::int64_t id = 0;
    orm::related_set<struct Volume, "library"> volumes{};
};

struct Volume {
    std::int64_t id = 0;
    orm::foreign_key<Shelf> shelf{};
    orm::foreign_key<Library> library{};
};

constexpr bool valid = orm::lookup_of<Library, "volumes__shelf__nam__icontains">::valid;
