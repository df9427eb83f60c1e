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
    virtual const member_origin* origin() const noexcept = 0;
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

    operator const M&() const { return row; }
};

template <class M>
struct model_in_row<found_row<M>> {
    using type = M;
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

// The room for what is wanted, and how it is filled: by the row that a key refers to,
template <class Model>
struct row_of_key {
    using M = Model;
    using slot = model_detail::loaded_row<M>;
    using rows = M;
    static constexpr const sql::table& table = model_detail::unchecked_table<M>;

    static rows& rows_in(slot& in) { return *in.row; }
    static void take(slot& in, M&& row) { in.row = std::move(row); }
    static void finish(slot& in, const std::string& key) {
        if (!in.row) throw does_not_exist<M>(missing_row_text(table, {table.key().type, key}));
        in.fill(std::move(in.row));
    }
};
// by one row or none,
template <class Model>
struct row_of_owner {
    using M = Model;
    using slot = model_detail::loaded_row<M>;
    using rows = std::optional<M>;

    static rows& rows_in(slot& in) { return in.row; }
    static void take(slot& in, M&& row) { in.row = std::move(row); }
    static void finish(slot& in, const std::string&) { in.fill(std::move(in.row)); }
};
// and by any number of rows.
template <class Model>
struct rows_of_owner {
    using M = Model;
    using slot = model_detail::loaded_rows<M>;
    using rows = std::vector<M>;

    static rows& rows_in(slot& in) { return in.rows; }
    static void take(slot& in, M&& row) { in.rows.push_back(std::move(row)); }
    static void finish(slot& in, const std::string&) { in.fill(std::move(in.rows)); }
};

// The kind of a member, and the rows that are wanted for it.
template <class Member>
struct loading_of {
    using kind = rows_of_owner<typename Member::model>;
    static const sql::path& path(const Member& member) { return place_of(member).to_owner; }
    static sql::parameter key(const Member& member) { return owner_of(member).key; }
};

template <class M, reflect::fixed_string Via>
struct loading_of<related_one<M, Via>> {
    using kind = row_of_owner<M>;
    static const sql::path& path(const related_one<M, Via>& member) { return place_of(member).to_owner; }
    static sql::parameter key(const related_one<M, Via>& member) { return owner_of(member).key; }
};

template <model_detail::any_foreign_key Member>
struct loading_of<Member> {
    using M = typename Member::model;
    using kind = row_of_key<M>;

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
};

template <class Kind>
class typed_ticket final : public lazy_state<typename Kind::rows&>, public load_ticket {
    using slot = typename Kind::slot;

public:
    typed_ticket(event_loop& loop, std::string key, intrusive_ptr<model_detail::relation_slot> origin)
        : lazy_state<typename Kind::rows&>(loop),
          load_ticket(std::move(key)),
          slot_(make_intrusive<slot>(std::move(origin))) {
        slot_->loading = intrusive_ptr<ref_counted>(this);
    }

    const intrusive_ptr<slot>& room() const noexcept { return slot_; }
    intrusive_ptr<lazy_state<typename Kind::rows&>> answer() {
        return intrusive_ptr<lazy_state<typename Kind::rows&>>(this);
    }

    operation_state& state() noexcept override { return *this; }
    const member_origin* origin() const noexcept override {
        return static_cast<const member_origin*>(slot_->origin());
    }
    void take(void* row) override { Kind::take(*slot_, std::move(*static_cast<typename Kind::M*>(row))); }
    void finish() override {
        const intrusive_ptr<ref_counted> alive = std::move(slot_->loading);
        try {
            Kind::finish(*slot_, key());
            this->succeed(Kind::rows_in(*slot_));
        } catch (...) {
            operation_state::fail(std::current_exception());
        }
    }
    void fail(std::exception_ptr why) noexcept override {
        const intrusive_ptr<ref_counted> alive = std::move(slot_->loading);
        operation_state::fail(std::move(why));
    }

    // That of the open batch, or a new one in it.
    static intrusive_ptr<typed_ticket> in_batch(const load_source& from, const route& where, std::string key,
                                                const intrusive_ptr<model_detail::relation_slot>& origin) {
        intrusive_ptr<typed_ticket> ticket(static_cast<typed_ticket*>(ticket_in_batch(from, where, key)));
        if (ticket) return ticket;
        ticket = make_intrusive<typed_ticket>(where.loop(), std::move(key), origin);
        add_to_batch(from, where, *ticket);
        return ticket;
    }

    static constexpr load_model functions{&model_loading<typename Kind::M>::send,
                                          &model_loading<typename Kind::M>::hand_out};

private:
    intrusive_ptr<slot> slot_;
};

// The ticket of this key among its peers, all of which are asked for now unless they were. Null: it is none
// of them, or that went wrong and it is to be tried again alone.
template <class Ticket>
intrusive_ptr<Ticket> ticket_among(peer_group& peers, const load_source& from, const route& where,
                                   const std::string& key) {
    if (!peers.asked) {
        peers.asked = true;
        const auto origin =
            make_intrusive<member_origin>(peers.place, peers.result, peers.field, peers.model);
        for (const std::string& each : peers.keys) peers.keep(*Ticket::in_batch(from, where, each, origin));
    }
    intrusive_ptr<Ticket> found(static_cast<Ticket*>(peers.find(key)));
    return found && found->failed() ? nullptr : found;
}

template <class Rows, class Member>
lazy<Rows&> load(const Member& member) {
    using kind = typename loading_of<Member>::kind;
    using ticket = typed_ticket<kind>;
    const intrusive_ptr<model_detail::relation_slot> slot = member.slot();
    auto* room = slot && !slot->is_origin() ? static_cast<typename kind::slot*>(slot.get()) : nullptr;
    if (room && room->loaded()) return make_ready_lazy<Rows&>(event_loop::current(), kind::rows_in(*room));
    if (room && room->loading) return lazy<Rows&>(static_cast<ticket&>(*room->loading).answer());

    sql::parameter key = loading_of<Member>::key(member);
    const load_source from{&loading_of<Member>::path(member), key.type, &ticket::functions};
    const route where = route::choose(query_settings::because_of(slot));
    const member_origin* origin = origin_in(slot);
    intrusive_ptr<ticket> waiting;
    if (origin && origin->peers) waiting = ticket_among<ticket>(*origin->peers, from, where, *key.bytes);
    if (!waiting)
        waiting = ticket::in_batch(from, where, std::move(*key.bytes), model_detail::origin_of(slot));
    member.set_slot(waiting->room());
    return lazy<Rows&>(waiting->answer());
}

}  // namespace orm::inline v0::query_detail
