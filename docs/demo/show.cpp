#include "show.hpp"

#include <cstdio>
#include <iostream>

namespace demo {

namespace {

bool everything_right = true;

}  // namespace

void chapter(std::string_view title) { std::cout << "\n\n" << title << '\n'; }

void question(std::string_view text) { std::cout << "\n  " << text << std::endl; }

// One line for each clause; the list of columns is long and says little.
void show(const orm::sql_text& sql) {
    std::string text = "SELECT …" + sql.text.substr(sql.text.find(" FROM "));
    for (const std::string_view clause : {" FROM ", " WHERE ", " ORDER BY "})
        if (const auto at = text.find(clause); at != std::string::npos) text.replace(at, 1, "\n        ");
    std::cout << "      " << text;
    for (std::size_t i = 0; i < sql.binds.size(); ++i)
        std::cout << (i == 0 ? "\n        with " : ", ") << '$' << i + 1 << " = " << sql.binds[i];
    std::cout << '\n';
}

void answer(std::string_view text) { std::cout << "    → " << text << '\n'; }

void answer(std::string_view text, double milliseconds) {
    std::cout << "    → " << text << "   [" << in_milliseconds(milliseconds) << "]\n";
}

void expect(bool right, std::string_view what) {
    if (right) return;
    everything_right = false;
    std::cout << "    WRONG: " << what << '\n';
}

bool all_right() { return everything_right; }

std::string in_milliseconds(double milliseconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f ms", milliseconds);
    return text;
}

std::string some_of(const std::vector<std::string>& names, std::size_t shown) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > shown) text += " … (" + std::to_string(names.size()) + ")";
    return text;
}

}  // namespace demo
