// Shared ownership with the count inside the object: one allocation, one pointer wide.
// The count is atomic, so that a query tree or a lazy result may be dropped on any thread;
// everything else about the object is as thread-confined as its own header says.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

// Base of everything an intrusive_ptr points to. Deletes itself through its virtual destructor.
class ref_counted {
public:
    ref_counted() = default;
    ref_counted(const ref_counted&) = delete;
    ref_counted& operator=(const ref_counted&) = delete;

    void add_ref() const noexcept { count_.fetch_add(1, std::memory_order_relaxed); }
    void release() const noexcept {
        if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }
    // True when the caller holds the only reference, so that nobody else can take another.
    bool sole() const noexcept { return count_.load(std::memory_order_acquire) == 1; }

protected:
    virtual ~ref_counted() = default;

private:
    mutable std::atomic<std::uint32_t> count_{0};
};

template <class T>
class intrusive_ptr {
public:
    intrusive_ptr() = default;
    intrusive_ptr(std::nullptr_t) {}
    explicit intrusive_ptr(T* object) : object_(object) {
        if (object_) object_->add_ref();
    }
    intrusive_ptr(const intrusive_ptr& other) : intrusive_ptr(other.object_) {}
    intrusive_ptr(intrusive_ptr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    template <class U>
        requires std::is_convertible_v<U*, T*>
    intrusive_ptr(intrusive_ptr<U> other) noexcept : object_(other.detach()) {}
    ~intrusive_ptr() {
        if (object_) object_->release();
    }

    intrusive_ptr& operator=(intrusive_ptr other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }

    T* get() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }
    bool operator==(const intrusive_ptr& other) const = default;

    // Gives the reference away: the caller must put it back with `adopt`.
    T* detach() noexcept { return std::exchange(object_, nullptr); }
    static intrusive_ptr adopt(T* object) noexcept {
        intrusive_ptr result;
        result.object_ = object;
        return result;
    }

private:
    T* object_ = nullptr;
};

template <class T, class... Args>
intrusive_ptr<T> make_intrusive(Args&&... args) {
    return intrusive_ptr<T>(new T(std::forward<Args>(args)...));
}

}  // namespace orm::inline v0
