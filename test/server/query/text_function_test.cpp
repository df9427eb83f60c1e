// Functions of text: their values are those that C++ computes, or that PostgreSQL's documentation gives.
#include "function_fixture.hpp"

#include <algorithm>

using namespace orm;
using test::entries_fixture, test::Entry;

namespace {

using text = std::string;
using maybe_text = std::optional<std::string>;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// A text as its characters, of UTF-8.
std::vector<text> characters(const text& of) {
    std::vector<text> result;
    for (const char byte : of) {
        if (!continues(byte)) result.emplace_back();
        result.back() += byte;
    }
    return result;
}

text joined(const std::vector<text>& of, std::size_t from = 0, std::size_t count = text::npos) {
    text result;
    for (std::size_t i = from; i < of.size() && i - from < count; ++i) result += of[i];
    return result;
}

std::int32_t length(const text& of) { return static_cast<std::int32_t>(characters(of).size()); }

// Of a nullable column.
template <class F>
auto of_note(F function) {
    return [function](const Entry& entry) -> std::optional<decltype(function(*entry.note))> {
        if (!entry.note) return std::nullopt;
        return function(*entry.note);
    };
}

}  // namespace

TEST_CASE_FIXTURE(entries_fixture, "text in another case, in another order, without blanks") {
    check(Lower(F<"text">),
          [](const Entry& e) { return e.text == "Crème brûlée" ? text("crème brûlée") : e.text; });
    check(Upper(F<"note">), of_note([](text note) {
              std::ranges::transform(note, note.begin(), [](char c) { return static_cast<char>(c - 32); });
              return note;
          }));
    check(Reverse(F<"text">), [](const Entry& e) {
        std::vector<text> all = characters(e.text);
        std::ranges::reverse(all);
        return joined(all);
    });
    check(Trim(F<"text">), [](const Entry& e) { return e.text == "  padded  " ? "padded" : e.text; });
    check(LTrim(F<"text">), [](const Entry& e) { return e.text == "  padded  " ? "padded  " : e.text; });
    check(RTrim(F<"text">), [](const Entry& e) { return e.text == "  padded  " ? "  padded" : e.text; });
    CHECK(first(Upper("größe")) == "GRÖßE");
    CHECK(first(Lower(Value("ABC"))) == "abc");
}

TEST_CASE_FIXTURE(entries_fixture, "characters are counted, not bytes") {
    check(Length(F<"text">), [](const Entry& e) { return length(e.text); });
    check(Length(F<"note">), of_note([](const text& note) { return length(note); }));
    check(StrIndex(F<"text">, "e"), [](const Entry& e) {
        const std::vector<text> all = characters(e.text);
        const auto found = std::ranges::find(all, "e");
        return found == all.end() ? 0 : static_cast<std::int32_t>(found - all.begin()) + 1;
    });
    check(StrIndex(F<"text">, F<"note">), of_note([](const text& note) { return note.empty() ? 1 : 0; }));
    CHECK(of_rows(Ord(F<"text">)) == std::vector<std::int32_t>{'C', ' ', 'a'});
    CHECK(first(Ord("é")) == 0xE9);
    CHECK(first(Chr(0xE9)) == "é");
    CHECK(first(Chr(F<"number"> + 65)) == "D");
    CHECK(first(Chr(std::int64_t{65})) == "A");
    CHECK(first(Chr(F<"big"> % 4 + 66)) == "B");
}

TEST_CASE_FIXTURE(entries_fixture, "parts of texts") {
    check(Left(F<"text">, 4), [](const Entry& e) { return joined(characters(e.text), 0, 4); });
    check(Right(F<"text">, 2), [](const Entry& e) {
        const std::vector<text> all = characters(e.text);
        return joined(all, all.size() - 2);
    });
    check(Left(F<"text">, F<"small">), [](const Entry& e) -> maybe_text {
        if (!e.small) return std::nullopt;
        return joined(characters(e.text), 0, static_cast<std::size_t>(*e.small));
    });
    check(Substr(F<"text">, 3), [](const Entry& e) { return joined(characters(e.text), 2); });
    check(Substr(F<"text">, 2, std::int64_t{4}),
          [](const Entry& e) { return joined(characters(e.text), 1, 4); });
    CHECK(first(Left("abcde", -2)) == "abc");
    CHECK(first(Substr(F<"text">, F<"big"> % 4 + 1, 2)) == "Cr");
    CHECK(of_rows(Left(F<"text">, F<"number">)) == std::vector<text>{"Crè", "  p", ""});
}

TEST_CASE_FIXTURE(entries_fixture, "texts are repeated, filled up, replaced") {
    check(Repeat(F<"text">, 2), [](const Entry& e) { return e.text + e.text; });
    check(Repeat(F<"text">, F<"small">), [](const Entry& e) -> maybe_text {
        if (!e.small) return std::nullopt;
        return *e.small == 2 ? e.text + e.text : "";
    });
    check(LPad(F<"note">, 7), of_note([](const text& note) { return text(7 - note.size(), ' ') + note; }));
    check(RPad(F<"note">, 7), of_note([](const text& note) { return note + text(7 - note.size(), ' '); }));
    CHECK(first(LPad("hi", 5, "xy")) == "xyxhi");  // as in table 9.10
    CHECK(first(RPad("hi", 5, "xy")) == "hixyx");
    CHECK(first(LPad("abcdef", std::int64_t{3}, "x")) == "abc");
    check(LPad("1", 3, F<"note">), of_note([](const text& note) { return note.substr(0, 2) + "1"; }));
    CHECK(first(Replace("abcdefabcdef", "cd", "XX")) == "abXXefabXXef");
    check(Replace(F<"note">, "e"), of_note([](text note) {
              std::erase(note, 'e');
              return note;
          }));
    check(Replace(F<"note">, "sweet", F<"text">),
          [](const Entry& e) { return e.note && !e.note->empty() ? e.text : e.note; });
}

TEST_CASE_FIXTURE(entries_fixture, "Concat counts NULL as empty and takes every type") {
    check(Concat(F<"text">, "/", F<"note">),
          [](const Entry& e) { return e.text + "/" + e.note.value_or(""); });
    check(Concat(F<"note">, F<"note">),
          [](const Entry& e) { return e.note.value_or("") + e.note.value_or(""); });
    check(Concat(F<"number">, ":", F<"big">, " ", F<"small">), [](const Entry& e) {
        return std::to_string(e.number) + ":" + std::to_string(e.big) + " " +
               (e.small ? std::to_string(*e.small) : "");
    });
    static_assert(std::is_same_v<decltype(first(Concat(F<"note">, F<"note">))), text>);
    CHECK(first(Concat(F<"text">, ", ", 1)) == "Crème brûlée, 1");
    CHECK(Entry::objects.exclude(Concat(F<"note">, "!") == "sweet!").count() == 2);
}

TEST_CASE_FIXTURE(entries_fixture, "digests are those of the standards' examples") {
    CHECK(first(MD5("abc")) == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(first(SHA224("abc")) == "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
    CHECK(first(SHA256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(first(SHA384("abc")) ==
          "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    CHECK(first(SHA512("abc")) ==
          "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    CHECK(of_rows(SHA256(F<"text">)).back() == first(SHA256("abc")));
    CHECK(of_rows(MD5(F<"note">)).back() == std::nullopt);
    CHECK(first(SHA256("é")) == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    if (extension("pgcrypto")) {
        CHECK(first(SHA1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
        CHECK(of_rows(SHA1(F<"note">)).back() == std::nullopt);
    }
}

TEST_CASE_FIXTURE(entries_fixture, "Unaccent needs the extension") {
    if (!extension("unaccent")) return;
    check(Unaccent(F<"text">),
          [](const Entry& e) { return e.text == "Crème brûlée" ? text("Creme brulee") : e.text; });
    CHECK(Entry::objects.filter(Unaccent(Lower(F<"text">)).startswith("creme")).count() == 1);
}
