// A move-only callable with erased type: what timers, watchers and posted work call.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

template <class... Args>
class callback {
public:
    callback() = default;
    template <class F>
        requires(!std::same_as<std::remove_cvref_t<F>, callback> && std::invocable<F&, Args...>)
    callback(F&& f) : body_(new holder<std::decay_t<F>>(std::forward<F>(f))) {}
    callback(callback&& other) noexcept : body_(std::exchange(other.body_, nullptr)) {}
    callback& operator=(callback other) noexcept {
        std::swap(body_, other.body_);
        return *this;
    }
    ~callback() { delete body_; }

    explicit operator bool() const noexcept { return body_ != nullptr; }
    void operator()(Args... args) { body_->call(std::forward<Args>(args)...); }

private:
    struct base {
        virtual ~base() = default;
        virtual void call(Args... args) = 0;
    };
    template <class F>
    struct holder final : base {
        explicit holder(F f) : function(std::move(f)) {}
        void call(Args... args) override { function(std::forward<Args>(args)...); }
        F function;
    };

    base* body_ = nullptr;
};

}  // namespace orm::inline v0
