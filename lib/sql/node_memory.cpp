#include <asynchrormous/sql/node_memory.hpp>

#include <cstdint>
#include <new>
#include <utility>

namespace orm::inline v0::sql {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(ORM_NO_NODE_CACHE)
constexpr bool keeps_blocks = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool keeps_blocks = false;
#else
constexpr bool keeps_blocks = true;
#endif
#else
constexpr bool keeps_blocks = true;
#endif

constexpr std::size_t granularity = 32;
constexpr std::size_t classes = 10;  // up to 320 bytes
constexpr std::uint32_t most_blocks = 64;

struct free_block {
    free_block* next;
};

// No room: full, or the thread keeps no blocks, as before its first one and when it ends.
struct block_list {
    free_block* first = nullptr;
    std::uint32_t room = 0;
};

// Plain data, so that it can be used while a thread ends; few bytes, so that it can be where the program's
// own variables are, which are reached without a call.
struct kept_blocks {
    block_list lists[classes]{};
    bool registered = false;
};
[[gnu::tls_model("initial-exec")]] thread_local constinit kept_blocks kept{};

constexpr std::size_t class_of(std::size_t size) noexcept { return (size - 1) / granularity; }

struct at_thread_end {
    ~at_thread_end() {
        for (block_list& list : kept.lists) {
            while (list.first) ::operator delete(std::exchange(list.first, list.first->next));
            list.room = 0;
        }
    }
};

// The first block that a thread frees is not kept, nor are those for which there is no room.
[[gnu::noinline]] void free_unkept(void* memory) noexcept {
    ::operator delete(memory);
    if (!keeps_blocks || kept.registered) return;
    static thread_local at_thread_end cleanup;
    static_cast<void>(cleanup);
    kept.registered = true;
    for (block_list& list : kept.lists) list.room = most_blocks;
}

}  // namespace

void* allocate_node(std::size_t size) {
    const std::size_t which = class_of(size);
    if (!keeps_blocks || which >= classes) return ::operator new(size);
    block_list& list = kept.lists[which];
    if (!list.first) return ::operator new((which + 1) * granularity);
    ++list.room;
    return std::exchange(list.first, list.first->next);
}

void free_node(void* memory, std::size_t size) noexcept {
    const std::size_t which = class_of(size);
    if (!keeps_blocks || which >= classes || kept.lists[which].room == 0) return free_unkept(memory);
    block_list& list = kept.lists[which];
    list.first = new (memory) free_block{list.first};
    --list.room;
}

}  // namespace orm::inline v0::sql
