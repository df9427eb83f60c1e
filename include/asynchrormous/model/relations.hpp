// Members that stand for rows of other models without a column of their own:
//   orm::related_set<struct Book, "author"> books{};     the rows whose foreign key `author` refers here
//   orm::related_set<struct Book, "tags"> books{};       the reverse side of a many_to_many
//   orm::related_one<struct Profile, "user"> profile{};  the one row whose one_to_one refers here
//   orm::many_to_many<struct Tag> tags{};                over a table of its own: "book_tags"
//   orm::many_to_many<struct Tag, struct BookTag> tags{}; over a model of yours
// The other model may be incomplete here; that the named field exists is checked when the model is used.
#pragma once

#include <asynchrormous/reflect/fixed_string.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <compare>
#include <cstddef>

namespace orm::inline v0 {

namespace model_detail {

// Room for rows that were loaded ahead; copies share them. They are no part of the row's value.
class related_rows {
public:
    friend constexpr bool operator==(const related_rows&, const related_rows&) { return true; }
    friend constexpr std::strong_ordering operator<=>(const related_rows&, const related_rows&) {
        return std::strong_ordering::equal;
    }

private:
    intrusive_ptr<ref_counted> rows_{};
};

struct own_table {};

}  // namespace model_detail

// In the place of a through model: a many_to_many to the model itself that holds both ways at once.
struct symmetrical {};

template <class M, reflect::fixed_string Via>
class related_set : public model_detail::related_rows {};

template <class M, reflect::fixed_string Via>
class related_one : public model_detail::related_rows {};

// From and To name the keys of a through model that has several to one of the sides.
template <class M, class Through = model_detail::own_table, reflect::fixed_string From = "",
          reflect::fixed_string To = "">
class many_to_many : public model_detail::related_rows {};

namespace model_detail {

template <class T>
inline constexpr bool is_relation = false;
template <class M, reflect::fixed_string Via>
inline constexpr bool is_relation<related_set<M, Via>> = true;
template <class M, reflect::fixed_string Via>
inline constexpr bool is_relation<related_one<M, Via>> = true;
template <class M, class Through, reflect::fixed_string From, reflect::fixed_string To>
inline constexpr bool is_relation<many_to_many<M, Through, From, To>> = true;

}  // namespace model_detail
}  // namespace orm::inline v0
