// Members that stand for rows of other models without a column of their own:
//   orm::related_set<struct Book, "author"> books{};     the rows whose foreign key `author` refers here
//   orm::related_set<struct Book, "tags"> books{};       the reverse side of a many_to_many
//   orm::related_one<struct Profile, "user"> profile{};  the one row whose one_to_one refers here
//   orm::many_to_many<struct Tag> tags{};                over a table of its own: "book_tags"
//   orm::many_to_many<struct Tag, struct BookTag> tags{}; over a model of yours
// The other model may be incomplete here; that the named field exists is checked when the model is used.
#pragma once

#include <asynchrormous/model/relation_slot.hpp>
#include <asynchrormous/reflect/fixed_string.hpp>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0 {

namespace query_detail {

// All methods of a manager, for the rows that belong to the row around the member (query/related_manager.hpp,
// since models know no databases).
template <class Member>
class member_methods;

}  // namespace query_detail

namespace model_detail {

struct own_table {};

// Several rows. Reading them loads them when that was not done: a query in blocking code, an error inside
// the loop that names the ways out.
template <class Self, class M>
class related_list : public related_rows {
public:
    using model = M;

    // Requires: these are the rows of this side. Called by whatever loads relations.
    void set_loaded(std::vector<M> rows) const {
        set_slot(make_intrusive<loaded_rows<M>>(origin_of(slot()), std::move(rows)));
    }

    // Loads the rows unless that was done: co_await author.books.load(). What many coroutines load in one
    // tick is one query. Lifetime of the reference: as below.
    [[nodiscard]] lazy<std::vector<M>&> load() const {
        return query_detail::load<std::vector<M>>(static_cast<const Self&>(*this));
    }

    // Lifetime: until the rows are loaded anew or forgotten.
    std::vector<M>& rows() const {
        if (!loaded()) query_detail::follow(static_cast<const Self&>(*this));
        return static_cast<loaded_rows<M>&>(*slot()).rows;
    }
    M* begin() const { return rows().data(); }
    M* end() const { return rows().data() + rows().size(); }
    std::size_t size() const { return rows().size(); }
    bool empty() const { return rows().empty(); }
    M& operator[](std::size_t place) const { return rows()[place]; }
};

}  // namespace model_detail

// In the place of a through model: a many_to_many to the model itself that holds both ways at once.
struct symmetrical {};

template <class M, reflect::fixed_string Via>
class related_set : public model_detail::related_list<related_set<M, Via>, M>,
                    public query_detail::member_methods<related_set<M, Via>> {
public:
    using model_detail::related_list<related_set, M>::operator[];
};

// One row or none: if (author.profile) author.profile->bio. Reading it loads it as with related_set.
template <class M, reflect::fixed_string Via>
class related_one : public model_detail::related_rows,
                    public query_detail::member_methods<related_one<M, Via>> {
public:
    using model = M;

    // Requires: this is the row of this side, or nothing when there is none.
    void set_loaded(std::optional<M> row) const {
        set_slot(
            make_intrusive<model_detail::loaded_row<M>>(model_detail::origin_of(slot()), std::move(row)));
    }

    // Loads the row unless that was done, as load() of related_set does.
    [[nodiscard]] lazy<std::optional<M>&> load() const { return query_detail::load<std::optional<M>>(*this); }

    // Lifetime: until it is loaded anew or forgotten.
    std::optional<M>& row() const {
        if (!loaded()) query_detail::follow(*this);
        return static_cast<model_detail::loaded_row<M>&>(*slot()).row;
    }
    explicit operator bool() const { return row().has_value(); }
    // Throw: std::bad_optional_access when there is no row.
    M& operator*() const { return row().value(); }
    M* operator->() const { return &row().value(); }
};

// From and To name the keys of a through model that has several to one of the sides.
template <class M, class Through = model_detail::own_table, reflect::fixed_string From = "",
          reflect::fixed_string To = "">
class many_to_many : public model_detail::related_list<many_to_many<M, Through, From, To>, M>,
                     public query_detail::member_methods<many_to_many<M, Through, From, To>> {
public:
    using model_detail::related_list<many_to_many, M>::operator[];
};

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
