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

struct block_list {
    free_block* first = nullptr;
    std::uint32_t count = 0;
};

// Plain data, so that it can be used while a thread ends.
struct kept_blocks {
    block_list lists[classes]{};
    bool registered = false;
    bool ended = false;
};
thread_local constinit kept_blocks kept{};

constexpr std::size_t class_of(std::size_t size) noexcept { return (size - 1) / granularity; }

struct at_thread_end {
    ~at_thread_end() {
        kept.ended = true;
        for (block_list& list : kept.lists) {
            while (list.first) ::operator delete(std::exchange(list.first, list.first->next));
            list.count = 0;
        }
    }
};

void register_thread() {
    static thread_local at_thread_end cleanup;
    static_cast<void>(cleanup);
    kept.registered = true;
}

}  // namespace

void* allocate_node(std::size_t size) {
    const std::size_t which = class_of(size);
    if (!keeps_blocks || which >= classes) return ::operator new(size);
    block_list& list = kept.lists[which];
    if (!list.first) return ::operator new((which + 1) * granularity);
    --list.count;
    return std::exchange(list.first, list.first->next);
}

void free_node(void* memory, std::size_t size) noexcept {
    const std::size_t which = class_of(size);
    kept_blocks& own = kept;
    if (!keeps_blocks || which >= classes || own.lists[which].count == most_blocks || own.ended)
        return ::operator delete(memory);
    if (!own.registered) register_thread();
    block_list& list = own.lists[which];
    list.first = new (memory) free_block{list.first};
    ++list.count;
}

}  // namespace orm::inline v0::sql
