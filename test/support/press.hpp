// Models that say what is valid, that are called back, that count their writes and keep what is deleted.
//   Editor    unique and checked texts
//   Article   validators, choices, a clean() of its own, unique_together and a check constraint
//   Strict    is validated by create() and save() without being asked
//   Page      a version, timestamps, and rows that stay when they are deleted
#pragma once

#include <asynchrormous/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace press {

using namespace orm::literals;

constexpr bool is_not_blank(std::string_view text) { return text.find_first_not_of(' ') != text.npos; }

// A functor with a message of its own.
struct even {
    static constexpr std::string_view message = "This number is odd.";
    static constexpr std::string_view code = "odd";
    constexpr bool operator()(int number) const { return number % 2 == 0; }
};

// A function that says itself what is wrong.
inline std::string first_is_capital(std::string_view text) {
    const bool capital = text.front() >= 'A' && text.front() <= 'Z';
    return capital ? "" : "It begins with a small letter.";
}

struct Editor {
    std::int64_t id = 0;
    std::string name{};
    std::string email{};

    static constexpr auto meta =
        orm::meta(orm::column<&Editor::name>(orm::max_length(10), orm::unique),
                  orm::column<&Editor::email>(orm::blank, orm::validators(orm::email)));
    static constexpr orm::manager<Editor> objects{};
};

struct Article {
    std::int64_t id = 0;
    std::string slug{};
    std::string title{};
    int words = 0;
    std::string state = "draft";
    std::optional<int> rating{};
    orm::foreign_key<Editor> editor{};
    std::optional<std::string> note{};
    int doubled = 0;

    void clean(orm::validation_errors& errors) const {
        if (state == "published" && words < 10) errors.add("A published article has ten words.");
        if (note == "wrong") errors.add("note", "Not this one.", "wrong_note");
        if (note == "typo") errors.add("note_", "No such field.");
    }

    static constexpr auto meta = orm::meta(
        orm::column<&Article::slug>(orm::unique, orm::max_length(8), orm::validators(orm::slug)),
        orm::column<&Article::title>(orm::validators(orm::validator(is_not_blank, "Blanks are no title."),
                                                     first_is_capital, orm::min_length(3))),
        orm::column<&Article::words>(orm::validators(orm::min_value(2), orm::max_value(1000), even())),
        orm::column<&Article::state>(orm::choices("draft", "published")),
        orm::column<&Article::rating>(orm::validators(orm::min_value(1)), orm::choices(0, 1, 2, 3)),
        orm::column<&Article::doubled>(orm::generated("words * 2")), orm::unique_together("editor", "title"),
        orm::check("article_words", "words <> 666"),
        orm::check("article_doubled", "doubled < 1500", "Too long."));
    static constexpr orm::manager<Article> objects{};
};

struct Strict {
    std::int64_t id = 0;
    std::string name{};

    static constexpr auto meta = orm::meta(orm::validate_on_save, orm::column<&Strict::name>(orm::unique));
    static constexpr orm::manager<Strict> objects{};
};

struct Page {
    std::int64_t id = 0;
    std::string text{};
    int version = 0;
    orm::embedded<orm::timestamps> times{};
    orm::embedded<orm::soft_deletion> deletion{};

    static constexpr auto meta = orm::meta(orm::column<&Page::version>(orm::version));
    static constexpr orm::soft_manager<Page> objects{};
    static constexpr orm::manager<Page> all_objects{};
};

}  // namespace press
