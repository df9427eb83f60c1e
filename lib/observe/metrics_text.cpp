#include "metrics_text.hpp"

#include <charconv>

namespace orm::inline v0::observe {

namespace {

std::string number(double value) {
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

// A value of a label: backslash, quote and line feed are escaped.
void append_escaped(std::string& to, std::string_view value) {
    for (const char c : value) {
        if (c == '\\' || c == '"') to += '\\';
        if (c == '\n')
            to += "\\n";
        else
            to += c;
    }
}

}  // namespace

void histogram::add(std::chrono::nanoseconds time) {
    const double seconds = std::chrono::duration<double>(time).count();
    ++count_;
    sum_ += time;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (seconds > (*bounds_)[i]) continue;
        ++counts_[i];
        return;
    }
}

void text_writer::family(std::string_view name, std::string_view type, std::string_view help) {
    const std::string whole = prefix_ + "_" + std::string(name);
    text_ +=
        "# HELP " + whole + " " + std::string(help) + "\n# TYPE " + whole + " " + std::string(type) + "\n";
}

void text_writer::value(std::string_view name, labels of, std::uint64_t value) {
    sample(name, "", of, "", std::to_string(value));
}

void text_writer::histogram(std::string_view name, labels of, const observe::histogram& values) {
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < values.bounds().size(); ++i) {
        so_far += values.in_bucket(i);
        sample(name, "_bucket", of, number(values.bounds()[i]), std::to_string(so_far));
    }
    sample(name, "_bucket", of, "+Inf", std::to_string(values.count()));
    sample(name, "_sum", of, "", number(values.sum()));
    sample(name, "_count", of, "", std::to_string(values.count()));
}

void text_writer::sample(std::string_view name, std::string_view suffix, labels of, std::string_view bound,
                         std::string_view value) {
    text_ += prefix_ + "_" + std::string(name) + std::string(suffix) + "{";
    bool first = true;
    const auto append = [&](std::string_view key, std::string_view text) {
        if (!std::exchange(first, false)) text_ += ',';
        text_ += std::string(key) + "=\"";
        append_escaped(text_, text);
        text_ += '"';
    };
    for (const auto& [key, text] : of) append(key, text);
    if (!bound.empty()) append("le", bound);
    text_ += "} ";
    text_ += value;
    text_ += '\n';
}

}  // namespace orm::inline v0::observe
