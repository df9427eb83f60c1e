// The rows of the other side of a relation, as a manager: author.books.filter(…), .create(…), .add(…).
// All methods of a manager, with the owner's key as condition, and those that change the relation; each of
// these is one statement. After .async() they give lazies.
#pragma once

#include <asynchrormous/model/relations.hpp>
#include <asynchrormous/query/member_slots.hpp>
#include <asynchrormous/query/query_methods.hpp>
#include <asynchrormous/query/related_items.hpp>
#include <asynchrormous/query/related_place.hpp>
#include <asynchrormous/query/related_write.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0 {

namespace query_detail {

template <class Member>
struct model_of_member;
template <class M, reflect::fixed_string Via>
struct model_of_member<related_set<M, Via>> {
    using type = M;
};
template <class M, reflect::fixed_string Via>
struct model_of_member<related_one<M, Via>> {
    using type = M;
};
template <class M, class Through, reflect::fixed_string From, reflect::fixed_string To>
struct model_of_member<many_to_many<M, Through, From, To>> {
    using type = M;
};
template <class Member>
using model_of_member_t = typename model_of_member<Member>::type;

// Self gives owner(), the slot that keeps loaded rows, and what query_methods asks for.
template <class Self, class Member, class Evaluation>
class related_methods
    : public query_methods<Self, model_of_member_t<Member>, model_of_member_t<Member>, Evaluation> {
    using M = model_of_member_t<Member>;
    using base = query_methods<Self, M, M, Evaluation>;
    template <class T>
    using result = typename Evaluation::template result<T>;

public:
    // Saves a row that belongs to the owner: its key is set, or it is linked over the table between. For a
    // through model of yours the last argument may be orm::through_defaults(BookTag{…}).
    result<M> create(M row) const { return create_with(std::move(row), 0); }
    template <class Through>
    result<M> create(M row, const through_defaults<Through>& link) const {
        return create_with(std::move(row), link);
    }

    // Many rows that belong to the owner, as bulk_create() of managers. Not over a table between.
    template <class... Options>
    result<std::vector<M>> bulk_create(std::vector<M> rows, const Options&... options) const {
        if constexpr (check_bulk<Member>()) {
            const related_owner owner = changing();
            for (M& each : rows) set_key(column_of<way_of<Member>::column>(each), owner.key);
            return base::bulk_create(std::move(rows), options...);
        } else {
            return this->template run<std::vector<M>>({}, decode_returned<M>());
        }
    }

    // The row among the owner's that matches, or a new one that belongs to it, as with managers. Not over a
    // table between.
    template <class... Terms>
    result<created_row<M>> get_or_create(const Terms&... terms) const {
        if constexpr (check_found_or_made<Member>())
            return base::get_or_create(terms...);
        else
            return this->template run<created_row<M>>({}, decode_nothing<created_row<M>>());
    }
    template <class... Terms>
    result<created_row<M>> update_or_create(const Terms&... terms) const {
        if constexpr (check_found_or_made<Member>())
            return base::update_or_create(terms...);
        else
            return this->template run<created_row<M>>({}, decode_nothing<created_row<M>>());
    }
    // A row that is about to be inserted for the owner.
    void adopt(M& row) const {
        if constexpr (way_of<Member>::by_key) set_key(column_of<way_of<Member>::column>(row), changing().key);
    }

    // Makes rows belong to the owner: rows that are saved, their keys, or a range of either. Those that
    // belong to it already stay as they are.
    // Returns: how many rows of the relation were written. Throws: query_error for a row that was not saved.
    template <class... Items>
    result<std::int64_t> add(const Items&... items) const {
        if constexpr (check_items<Member, Items...>()) {
            const related_owner owner = changing();
            return affected(
                add_statement(owner, keys_among<M>(items...), link_among<Member>(*owner.place, items...)));
        } else {
            return affected({});
        }
    }

    // The rows themselves stay: their keys become NULL, or the links go. Only for keys that may be NULL.
    // Returns: how many rows of the relation were written. Rows that do not belong to the owner are left
    // alone.
    template <class... Items>
    result<std::int64_t> remove(const Items&... items) const {
        if constexpr (check_items<Member, Items...>() && removal<Member>::check()) {
            const related_owner owner = changing();
            return affected(remove_statement(owner, keys_among<M>(items...)));
        } else {
            return affected({});
        }
    }
    result<std::int64_t> clear() const {
        if constexpr (removal<Member>::check())
            return affected(clear_statement(changing()));
        else
            return affected({});
    }

    // Exactly these rows belong to the owner afterwards: only what differs is written, by one statement.
    template <class... Items>
    result<related_changes> set(const Items&... items) const {
        if constexpr (check_items<Member, Items...>() && removal<Member>::check()) {
            const related_owner owner = changing();
            return this->template run<related_changes>(
                set_statement(owner, keys_among<M>(items...), link_among<Member>(*owner.place, items...)),
                decode_changes(), postgres::access::write);
        } else {
            return this->template run<related_changes>({}, decode_changes(), postgres::access::write);
        }
    }

    sql::query query() const { return related_query(this->self().owner()); }
    intrusive_ptr<lazy_state<std::vector<M>>> started() const { return nullptr; }

private:
    related_owner changing() const {
        related_owner owner = this->self().owner();
        this->self().outdate();
        return owner;
    }
    result<std::int64_t> affected(sql::statement statement) const {
        return this->template run<std::int64_t>(std::move(statement), decode_affected(),
                                                postgres::access::write);
    }

    template <class Link>
    result<M> create_with(M row, const Link& link) const {
        const related_owner owner = changing();
        if constexpr (way_of<Member>::by_key) {
            set_key(column_of<way_of<Member>::column>(row), owner.key);
            return base::create(std::move(row));
        } else {
            if constexpr (has_save_hooks<M> || wants_validation<M>())
                return this->write_guarded(std::move(row),
                                           make_linked{owner, link_among<Member>(*owner.place, link)},
                                           wants_validation<M>());
            row_image image = stamped_image(row, true);
            sql::statement statement = create_statement(owner, image, link_among<Member>(*owner.place, link));
            return this->template run<M>(std::move(statement),
                                         written_row<M>{std::move(row), std::move(image.returning)},
                                         postgres::access::write);
        }
    }
};

}  // namespace query_detail

template <class Member, class Evaluation>
class related_manager;

namespace query_detail {

template <class Owner>
struct model_of_row {
    using type = Owner;
};
template <class M, class... Annotations>
struct model_of_row<row<M, Annotations...>> {
    using type = M;
};
template <class Owner>
using model_of_row_t = typename model_of_row<Owner>::type;

template <class M>
constexpr std::size_t relation_named(std::string_view name) {
    std::size_t at = 0;
    for (const auto& source : model_detail::relation_sources<M>()) {
        if (source.name == name) break;
        ++at;
    }
    return at;
}

// What related members are by being what they are; blocking.
template <class Member>
class member_methods : public related_methods<Member, Member, evaluation::blocking> {
public:
    // Throws: query_error when the row around it was not saved.
    related_owner owner() const { return owner_of(this->self()); }
    query_settings chosen_database() const { return query_settings::because_of(this->self().slot()); }
    void outdate() const {
        if (const auto& slot = this->self().slot()) slot->outdate();
    }

    // The same methods, giving lazies that are on the wire when they return.
    [[nodiscard]] related_manager<Member, evaluation::deferred> async() const {
        return {owner(), chosen_database(), this->self().slot()};
    }
};

}  // namespace query_detail

// What author.books.async() is: the same methods, giving lazies. It keeps the owner's key, not the owner.
template <class Member, class Evaluation>
class related_manager
    : public query_detail::related_methods<related_manager<Member, Evaluation>, Member, Evaluation> {
public:
    related_manager(query_detail::related_owner owner, query_detail::query_settings chosen,
                    intrusive_ptr<model_detail::relation_slot> slot)
        : owner_(std::move(owner)), chosen_(std::move(chosen)), slot_(std::move(slot)) {}

    const query_detail::related_owner& owner() const { return owner_; }
    const query_detail::query_settings& chosen_database() const { return chosen_; }
    void outdate() const {
        if (slot_) slot_->outdate();
    }
    [[nodiscard]] related_manager<Member, evaluation::deferred> async() const {
        return {owner_, chosen_, slot_};
    }

private:
    query_detail::related_owner owner_;
    query_detail::query_settings chosen_;
    intrusive_ptr<model_detail::relation_slot> slot_;
};

// What the error about a member that is no related one spells. False.
template <class Model, class Member>
struct no_related_member {
    static constexpr bool value = false;
};

// The related member of a row that the program made itself, which a many_to_many over a table of the
// library's does not know by itself: orm::related<&Book::tags>(Book{.id = 3}).add(tag).
// Throws: query_error when the row was not saved.
template <auto Member, class Owner>
auto related(const Owner& row) {
    using member = std::remove_cvref_t<decltype(row.*Member)>;
    constexpr bool related = model_detail::is_relation<member>;
    static_assert(related || no_related_member<Owner, member>::value,
                  "asynchrormous: related<…>() takes a related_set, related_one or many_to_many of the row's "
                  "model: orm::related<&Book::tags>(book)");
    if constexpr (related) {
        using model = query_detail::model_of_row_t<Owner>;
        constexpr std::size_t relation =
            query_detail::relation_named<model>(model_detail::step_name<Member>());
        const auto& place = query_detail::placed<model, relation>::get();
        const auto& slot = (row.*Member).slot();
        return related_manager<member, evaluation::blocking>(
            query_detail::owner_at(place, static_cast<const model*>(&row)),
            query_detail::query_settings::because_of(slot), slot);
    }
}

}  // namespace orm::inline v0
