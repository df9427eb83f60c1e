#include "write.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdio>

namespace oracle {

void write(std::string& out, bool value) { out += value ? "true" : "false"; }
void write(std::string& out, std::int64_t value) { out += std::to_string(value); }

// Infinities and NaN are no JSON; Python's reader knows these spellings of them. A float has the digits that
// the server shows of it.
template <class T>
void write_number(std::string& out, T value) {
    if (std::isnan(value)) {
        out += "NaN";
    } else if (std::isinf(value)) {
        out += value < 0 ? "-Infinity" : "Infinity";
    } else {
        char text[32];
        out.append(text, std::to_chars(text, text + sizeof(text), value).ptr);
    }
}

void write(std::string& out, double value) { write_number(out, value); }
void write(std::string& out, float value) { write_number(out, value); }

void write(std::string& out, std::string_view value) {
    out += '"';
    for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            out.append(escape, static_cast<std::size_t>(std::snprintf(escape, sizeof(escape), "\\u%04x", c)));
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

void write(std::string& out, const orm::date& value) { write(out, value.to_string()); }
void write(std::string& out, const orm::timestamp& value) { write(out, value.to_string()); }
void write(std::string& out, const orm::timestamptz& value) { write(out, value.to_string()); }
void write(std::string& out, const orm::uuid& value) { write(out, value.to_string()); }

void write(std::string& out, const nlohmann::json& value) { out += value.dump(); }

void write(std::string& out, const orm::bytes& value) {
    out += '"';
    for (const std::byte each : value) {
        out += "0123456789abcdef"[static_cast<unsigned>(each) >> 4];
        out += "0123456789abcdef"[static_cast<unsigned>(each) & 15];
    }
    out += '"';
}

}  // namespace oracle
