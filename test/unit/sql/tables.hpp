// Hand-made metadata for the tests of sql/: authors with a nullable country and a mentor, books with a
// required author and a nullable editor, reviews three hops from a country, and models whose ordering goes in
// circles. Columns are named by paths as users write them: of(books, "author__country__name").
#pragma once

#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/query.hpp>
#include <asynchrormous/sql/render.hpp>
#include <asynchrormous/sql/table.hpp>

#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sql_test {

using namespace orm::sql;

inline constexpr type int8{type_kind::int8}, int4{type_kind::int4}, text{type_kind::text},
    varchar{type_kind::varchar}, date{type_kind::date}, timestamptz{type_kind::timestamptz};

extern const table country, author, book, review, knot, left_half, right_half;

inline std::span<const path_order> author_ordering();
inline std::span<const path_order> review_ordering();
inline std::span<const path_order> knot_ordering();
inline std::span<const path_order> left_ordering();
inline std::span<const path_order> right_ordering();

inline constexpr column country_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .identity = true, .index = 0},
    {.field = "name", .name = "name", .type = varchar, .index = 1},
};
inline constexpr table country{.model = "Country", .name = "country", .columns = country_columns};

inline constexpr column author_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .identity = true, .index = 0},
    {.field = "name", .name = "name", .type = text, .index = 1},
    {.field = "age", .name = "age", .type = int4, .nullable = true, .index = 2},
    {.field = "country",
     .name = "country_id",
     .type = int8,
     .nullable = true,
     .target = &country,
     .index = 3},
    {.field = "mentor", .name = "mentor_id", .type = int8, .nullable = true, .target = &author, .index = 4},
};
inline constexpr table author{
    .model = "Author", .name = "author", .columns = author_columns, .ordering = author_ordering};

inline constexpr column book_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .identity = true, .index = 0},
    {.field = "title", .name = "title", .type = varchar, .index = 1},
    {.field = "pages", .name = "pages", .type = int4, .index = 2},
    {.field = "rating", .name = "rating", .type = int4, .nullable = true, .index = 3},
    {.field = "published", .name = "published", .type = date, .nullable = true, .index = 4},
    {.field = "added", .name = "added", .type = timestamptz, .index = 5},
    {.field = "author", .name = "author_id", .type = int8, .target = &author, .index = 6},
    {.field = "editor", .name = "editor_id", .type = int8, .nullable = true, .target = &author, .index = 7},
    {.field = "sequel_to",
     .name = "sequel_to_id",
     .type = int8,
     .nullable = true,
     .target = &book,
     .index = 8},
};
inline constexpr table book{.model = "Book", .name = "book", .columns = book_columns};

inline constexpr column review_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .identity = true, .index = 0},
    {.field = "score", .name = "score", .type = int4, .index = 1},
    {.field = "book", .name = "book_id", .type = int8, .target = &book, .index = 2},
};
inline constexpr table review{
    .model = "Review", .name = "review", .columns = review_columns, .ordering = review_ordering};

// Orders by itself.
inline constexpr column knot_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .index = 0},
    {.field = "next", .name = "next_id", .type = int8, .target = &knot, .index = 1},
};
inline constexpr table knot{
    .model = "Knot", .name = "knot", .columns = knot_columns, .ordering = knot_ordering};

// Order by each other.
inline constexpr column left_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .index = 0},
    {.field = "other", .name = "other_id", .type = int8, .target = &right_half, .index = 1},
};
inline constexpr table left_half{
    .model = "Left", .name = "left", .columns = left_columns, .ordering = left_ordering};
inline constexpr column right_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .index = 0},
    {.field = "other", .name = "other_id", .type = int8, .target = &left_half, .index = 1},
};
inline constexpr table right_half{
    .model = "Right", .name = "right", .columns = right_columns, .ordering = right_ordering};

inline constexpr path_order by_name[] = {{.path = {&author, {}, &author_columns[1]}}};
inline std::span<const path_order> author_ordering() { return by_name; }

inline constexpr hop over_book[] = {{&review_columns[2], &book_columns[0], &book, false, false}};
inline constexpr path_order by_score[] = {
    {.path = {&review, {}, &review_columns[1]}, .descending = true},
    {.path = {&review, over_book, &book_columns[6]}},
};
inline std::span<const path_order> review_ordering() { return by_score; }

inline constexpr path_order by_next[] = {{.path = {&knot, {}, &knot_columns[1]}}};
inline std::span<const path_order> knot_ordering() { return by_next; }
inline constexpr path_order left_by_other[] = {{.path = {&left_half, {}, &left_columns[1]}}};
inline std::span<const path_order> left_ordering() { return left_by_other; }
inline constexpr path_order right_by_other[] = {{.path = {&right_half, {}, &right_columns[1]}}};
inline std::span<const path_order> right_ordering() { return right_by_other; }

constexpr hop forward(const column& key) {
    return {&key, &key.target->key(), key.target, false, key.nullable};
}

inline constexpr column tag_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .identity = true, .index = 0},
    {.field = "name", .name = "name", .type = text, .index = 1},
};
inline constexpr table tag{.model = "Tag", .name = "tag", .columns = tag_columns};

inline constexpr column book_tag_columns[] = {
    {.field = "id", .name = "id", .type = int8, .primary_key = true, .identity = true, .index = 0},
    {.field = "book", .name = "book_id", .type = int8, .target = &book, .index = 1},
    {.field = "tag", .name = "tag_id", .type = int8, .target = &tag, .index = 2},
};
inline constexpr table book_tag{.model = "BookTag", .name = "book_tag", .columns = book_tag_columns};

constexpr hop backward(const column& key, const table& holder) {
    return {&key.target->key(), &key, &holder, true, true};
}

// Relations without a column: reverse sides, and many to many over the table between.
inline constexpr hop author_books[] = {backward(book_columns[6], book)};
inline constexpr hop author_edited[] = {backward(book_columns[7], book)};
inline constexpr hop country_authors[] = {backward(author_columns[3], author)};
inline constexpr hop book_reviews[] = {backward(review_columns[2], review)};
inline constexpr hop book_tags[] = {backward(book_tag_columns[1], book_tag), forward(book_tag_columns[2])};
inline constexpr hop tag_books[] = {backward(book_tag_columns[2], book_tag), forward(book_tag_columns[1])};

struct relation_hops {
    const table* of;
    std::string_view name;
    std::span<const hop> hops;
};
inline constexpr relation_hops relations[] = {
    {&author, "books", author_books},
    {&author, "edited", author_edited},
    {&country, "authors", country_authors},
    {&book, "reviews", book_reviews},
    {&book, "tags", book_tags},
    {&tag, "books", tag_books},
};

inline const relation_hops* relation_of(const table& of, std::string_view name) {
    for (const relation_hops& each : relations)
        if (each.of == &of && each.name == name) return &each;
    return nullptr;
}

inline const column& column_of(const table& of, std::string_view name) {
    if (name == "pk") return of.key();
    for (const column& each : of.columns)
        if (each.field == name || each.name == name) return each;
    throw std::logic_error("no column " + std::string(name));
}

inline path path_to(const table& root, std::string_view names) {
    static std::deque<std::vector<hop>> kept;
    auto& hops = kept.emplace_back();
    const table* at = &root;
    const auto follow = [&](std::string_view name) {
        if (const relation_hops* many = relation_of(*at, name))
            hops.insert(hops.end(), many->hops.begin(), many->hops.end());
        else
            hops.push_back(forward(column_of(*at, name)));
        at = hops.back().into;
    };
    for (auto end = names.find("__"); end != names.npos; end = names.find("__")) {
        follow(names.substr(0, end));
        names.remove_prefix(end + 2);
    }
    if (!relation_of(*at, names)) return {&root, hops, &column_of(*at, names)};
    follow(names);  // a relation stands for the keys of its rows
    return {&root, hops, &at->key()};
}

inline expression_ptr of(const table& root, std::string_view names) { return field(path_to(root, names)); }

inline expression_ptr agg(std::string_view function, expression_ptr argument = {}, bool distinct = false,
                          expression_ptr filter = {}) {
    aggregate_parts parts{
        .function = function, .distinct = distinct, .filter = std::move(filter), .result = int8};
    if (argument) parts.arguments.push_back(std::move(argument));
    return aggregate(std::move(parts));
}

// Values stand in the tests as their decimal text: the SQL layer never looks into them.
inline expression_ptr val(type t, std::string bytes) { return value({t, std::move(bytes)}); }
inline expression_ptr num(int number) { return val(int4, std::to_string(number)); }
inline expression_ptr str(std::string s) { return val(text, std::move(s)); }

inline expression_ptr eq(const table& root, std::string_view names, expression_ptr to) {
    return compare(lookup_kind::exact, of(root, names), std::move(to));
}

inline std::string shown(const parameter& bound) {
    if (!bound.bytes) return "NULL";
    if (bound.type != int8 || bound.bytes->size() != 8) return *bound.bytes;
    std::uint64_t number = 0;
    for (const char byte : *bound.bytes) number = number << 8 | static_cast<unsigned char>(byte);
    return std::to_string(number);
}

// "SELECT … | 1, 2"
inline std::string shown(const statement& made) {
    if (made.empty) return "no query";
    std::string line = made.text.str();
    for (std::size_t i = 0; i < made.parameters.size(); ++i)
        line += (i ? ", " : " | ") + shown(made.parameters[i]);
    return line;
}

// What follows SELECT and its list: " FROM …" is long enough.
inline std::string from(const query& rows) {
    const std::string line = shown(render_select(rows));
    const auto at = line.find(" FROM ");
    return at == line.npos ? line : line.substr(at + 6);
}

inline std::string where(const query& rows) {
    const std::string line = from(rows.order_by({}));
    const auto at = line.find(" WHERE ");
    return at == line.npos ? "" : line.substr(at + 7);
}

}  // namespace sql_test
