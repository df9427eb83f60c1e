// How the demo talks: chapters, questions, the SQL that was sent, answers, and whether they were right.
#pragma once

#include <asynchrormous/query/sql_text.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace demo {

void chapter(std::string_view title);
void question(std::string_view text);
void show(const orm::sql_text& sql);
void answer(std::string_view text);
void answer(std::string_view text, double milliseconds);

// Says so when an answer is wrong; from then on all_right() is false.
void expect(bool right, std::string_view what);
bool all_right();

class stopwatch {
public:
    double milliseconds() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::string in_milliseconds(double milliseconds);

// "Finland, Greenland, Iceland … (14)"
std::string some_of(const std::vector<std::string>& names, std::size_t shown = 6);

}  // namespace demo
