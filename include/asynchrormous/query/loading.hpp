// Loading what keys and related members stand for. What is asked for in one tick, for the same relation and
// in the same place (transaction or database), is one query: … WHERE key = ANY($1).
// Each key or member has a ticket in the batch, which is the state behind the lazy that load() gives; the
// rows go into a slot that both hold, so it does not matter whether the row around the key still stands.
#pragma once

#include <asynchrormous/query/errors.hpp>
#include <asynchrormous/query/member_slots.hpp>
#include <asynchrormous/query/origin.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/related_items.hpp>
#include <asynchrormous/query/returning.hpp>
#include <asynchrormous/query/rows.hpp>

#include <array>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

// One key or related member that waits for its rows.
class ORM_EXPORT load_ticket {
public:
    load_ticket(const load_ticket&) = delete;
    load_ticket& operator=(const load_ticket&) = delete;

    const std::string& key() const noexcept { return key_; }
    virtual operation_state& state() noexcept = 0;
    // A row of the model, which may be moved from.
    virtual void take(void* row) = 0;
    virtual void finish() = 0;
    virtual void fail(std::exception_ptr why) noexcept = 0;

protected:
    explicit load_ticket(std::string key) : key_(std::move(key)) {}
    ~load_ticket() = default;

private:
    std::string key_;  // of the rows that are wanted, encoded
};

// Sorted by key.
using load_tickets = std::span<load_ticket* const>;
ORM_EXPORT load_ticket* find_ticket(load_tickets tickets, std::string_view key);

// How the rows of a model are asked for and handed out.
struct load_model {
    intrusive_ptr<operation_state> (*send)(route where, sql::statement query);
    void (*hand_out)(operation_state& answer, load_tickets tickets);
};

// What is wanted: the rows whose column at the end of the path has one of the keys.
struct load_source {
    const sql::path* keys;
    sql::type key_type;
    const load_model* model;
};

// The ticket for this key of the batch that is open in this place, if there is one.
ORM_EXPORT load_ticket* ticket_in_batch(const load_source& from, const route& where, std::string_view key);
// Keeps a reference to the ticket's state.
ORM_EXPORT void add_to_batch(const load_source& from, const route& where, load_ticket& ticket);

// A row of the model and the key by which it was found.
template <class M>
struct found_row {
    M row{};
    std::string key{};
};

template <class M>
struct row_layout<found_row<M>> {
    static constexpr auto checks = [] {
        constexpr auto& of_model = row_layout<M>::checks;
        std::array<column_check, of_model.size() + 1> all{};
        for (std::size_t i = 0; i < of_model.size(); ++i) all[i] = of_model[i];
        all.back() = {[](std::uint32_t) { return true; }, "a key"};
        return all;
    }();
    static constexpr const auto& places = in_order<checks.size()>;
    static void fill(found_row<M>& found, row_cursor& from) {
        row_layout<M>::fill(found.row, from);
        from.next_bytes(found.key);
    }
};

template <class M>
struct model_loading {
    using found = std::vector<found_row<M>>;

    static intrusive_ptr<operation_state> send(route where, sql::statement query) {
        return launch<found>(std::move(where), std::move(query), postgres::access::read,
                             decode_returned<found_row<M>>())
            .state();
    }
    static void hand_out(operation_state& answer, load_tickets tickets) {
        found rows = static_cast<lazy_state<found>&>(answer).take();
        for (found_row<M>& each : rows)
            if (load_ticket* ticket = find_ticket(tickets, each.key)) ticket->take(&each.row);
        for (load_ticket* each : tickets) each->finish();
    }
    static constexpr load_model functions{&send, &hand_out};
};

// Throws: query_error for the key of a row that was not saved.
ORM_EXPORT void check_followed_key(const sql::table& target, const std::string& bytes);
ORM_EXPORT std::string missing_row_text(const sql::table& target, const sql::parameter& key);

// --- kinds of members --------------------------------------------------------------------------------------

// What is wanted for a member, its key, the room for its rows, and how these are filled.
template <class Member>
struct loading_of {  // related_set, many_to_many
    using M = typename Member::model;
    using slot = model_detail::loaded_rows<M>;
    using rows = std::vector<M>;

    static const sql::path& path(const Member& member) { return place_of(member).to_owner; }
    static sql::parameter key(const Member& member) { return owner_of(member).key; }
    static rows& rows_in(slot& in) { return in.rows; }
    static void take(slot& in, M&& row) { in.rows.push_back(std::move(row)); }
    static void finish(slot& in, const std::string&) { in.fill(std::move(in.rows)); }
};

template <class M, reflect::fixed_string Via>
struct loading_of<related_one<M, Via>> {
    using slot = model_detail::loaded_row<M>;
    using rows = std::optional<M>;
    using member_type = related_one<M, Via>;

    static const sql::path& path(const member_type& member) { return place_of(member).to_owner; }
    static sql::parameter key(const member_type& member) { return owner_of(member).key; }
    static rows& rows_in(slot& in) { return in.row; }
    static void take(slot& in, M&& row) { in.row = std::move(row); }
    static void finish(slot& in, const std::string&) { in.fill(std::move(in.row)); }
};

template <model_detail::any_foreign_key Member>
struct loading_of<Member> {
    using M = typename Member::model;
    using slot = model_detail::loaded_row<M>;
    using rows = M;

    static const sql::path& path(const Member&) {
        static const sql::path to_key{&table_of<M>(), {}, &model_detail::unchecked_table<M>.key()};
        return to_key;
    }
    static sql::parameter key(const Member& member) {
        constexpr const sql::table& table = model_detail::unchecked_table<M>;
        sql::parameter key = column_writer<typename Member::key_type>::write(table.key().type, member.key());
        check_followed_key(table, *key.bytes);
        return key;
    }
    static rows& rows_in(slot& in) { return *in.row; }
    static void take(slot& in, M&& row) { in.row = std::move(row); }
    static void finish(slot& in, const std::string& key) {
        constexpr const sql::table& table = model_detail::unchecked_table<M>;
        if (!in.row) throw does_not_exist<M>(missing_row_text(table, {table.key().type, key}));
        in.fill(std::move(in.row));
    }
};

template <class Member>
class typed_ticket final : public lazy_state<typename loading_of<Member>::rows&>, public load_ticket {
    using loading = loading_of<Member>;
    using slot = typename loading::slot;

public:
    typed_ticket(event_loop& loop, std::string key, intrusive_ptr<model_detail::relation_slot> origin)
        : lazy_state<typename loading::rows&>(loop),
          load_ticket(std::move(key)),
          slot_(make_intrusive<slot>(std::move(origin))) {
        slot_->loading = intrusive_ptr<ref_counted>(this);
    }

    const intrusive_ptr<slot>& room() const noexcept { return slot_; }

    operation_state& state() noexcept override { return *this; }
    void take(void* row) override {
        loading::take(*slot_, std::move(*static_cast<typename slot::model*>(row)));
    }
    void finish() override {
        const intrusive_ptr<ref_counted> alive = std::move(slot_->loading);
        try {
            loading::finish(*slot_, key());
            this->succeed(loading::rows_in(*slot_));
        } catch (...) {
            operation_state::fail(std::current_exception());
        }
    }
    void fail(std::exception_ptr why) noexcept override {
        const intrusive_ptr<ref_counted> alive = std::move(slot_->loading);
        operation_state::fail(std::move(why));
    }

private:
    intrusive_ptr<slot> slot_;
};

template <class Rows, class Member>
lazy<Rows&> load(const Member& member) {
    using loading = loading_of<Member>;
    using ticket = typed_ticket<Member>;
    using state = intrusive_ptr<lazy_state<Rows&>>;
    const auto& slot = member.slot();
    auto* room = slot && !slot->is_origin() ? static_cast<typename loading::slot*>(slot.get()) : nullptr;
    if (room && room->loaded()) return make_ready_lazy<Rows&>(event_loop::current(), loading::rows_in(*room));
    if (room && room->loading) return lazy<Rows&>(state(static_cast<ticket*>(room->loading.get())));

    sql::parameter key = loading::key(member);
    const load_source from{&loading::path(member), key.type,
                           &model_loading<typename Member::model>::functions};
    const route where = route::choose(database_of(origin_in(slot)));
    intrusive_ptr<ticket> waiting(static_cast<ticket*>(ticket_in_batch(from, where, *key.bytes)));
    if (!waiting) {
        waiting = make_intrusive<ticket>(where.loop(), std::move(*key.bytes), model_detail::origin_of(slot));
        add_to_batch(from, where, *waiting);
    }
    member.set_slot(waiting->room());
    return lazy<Rows&>(state(std::move(waiting)));
}

}  // namespace orm::inline v0::query_detail
