// Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0::observe {

class histogram {
public:
    histogram() = default;
    explicit histogram(const std::vector<double>& bounds) : bounds_(&bounds), counts_(bounds.size()) {}

    void add(std::chrono::nanoseconds time);

    std::uint64_t count() const noexcept { return count_; }
    double sum() const noexcept { return std::chrono::duration<double>(sum_).count(); }  // in seconds
    const std::vector<double>& bounds() const noexcept { return *bounds_; }
    std::uint64_t in_bucket(std::size_t which) const noexcept { return counts_[which]; }  // not cumulative

private:
    const std::vector<double>* bounds_ = nullptr;  // of the options, which outlive it
    std::vector<std::uint64_t> counts_{};
    std::uint64_t count_ = 0;
    std::chrono::nanoseconds sum_{};
};

class text_writer {
public:
    using label = std::pair<std::string_view, std::string_view>;
    using labels = std::initializer_list<label>;

    explicit text_writer(std::string_view prefix) : prefix_(prefix) {}

    void family(std::string_view name, std::string_view type, std::string_view help);
    void value(std::string_view name, labels of, std::uint64_t value);
    void histogram(std::string_view name, labels of, const observe::histogram& values);
    std::string take() { return std::move(text_); }

private:
    void sample(std::string_view name, std::string_view suffix, labels of, std::string_view bound,
                std::string_view value);

    std::string prefix_;
    std::string text_{};
};

}  // namespace orm::inline v0::observe
