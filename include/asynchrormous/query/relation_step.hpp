// One relation on the way of select_related() and prefetch_related(), as data: where its member is in a row,
// by which key its rows are found, and how they are read into what the member keeps. Compiled code walks
// these; for each relation and each model that is loaded there is one table of functions, however often it
// is named.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/member_slots.hpp>
#include <asynchrormous/query/rows.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Model, reflect::fixed_string Path>
struct not_a_relation_to_load {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Path>
struct leads_to_many_rows {
    static constexpr bool value = false;
};

namespace query_detail {

using slot_ptr = intrusive_ptr<model_detail::relation_slot>;

// How rows of a model get into slots.
struct slot_maker {
    std::span<const column_check> checks;
    std::span<const int> places;
    slot_ptr (*one)(slot_ptr origin, row_cursor* from);  // null: there is no row
    slot_ptr (*many)(slot_ptr origin, std::size_t room);
    void* (*append)(model_detail::relation_slot& many, row_cursor& from);
    void* (*row_of)(model_detail::relation_slot& one);  // null: there is none
    void (*rows_of)(model_detail::relation_slot& many, std::vector<void*>& out);
    void (*note)(std::span<void* const> rows, const intrusive_ptr<ref_counted>& origin);
};

template <class M>
struct slot_maker_of {
    using one = model_detail::loaded_row<M>;
    using many = model_detail::loaded_rows<M>;

    static slot_ptr make_one(slot_ptr origin, row_cursor* from) {
        auto made = make_intrusive<one>(std::move(origin), std::optional<M>());
        if (from) row_layout<M>::fill(made->row.emplace(), *from);
        return made;
    }
    static slot_ptr make_many(slot_ptr origin, std::size_t room) {
        auto made = make_intrusive<many>(std::move(origin), std::vector<M>());
        made->rows.reserve(room);
        return made;
    }
    static void* append(model_detail::relation_slot& to, row_cursor& from) {
        M& row = static_cast<many&>(to).rows.emplace_back();
        row_layout<M>::fill(row, from);
        return &row;
    }
    static void* row_of(model_detail::relation_slot& in) {
        auto& row = static_cast<one&>(in).row;
        return row ? &*row : nullptr;
    }
    static void rows_of(model_detail::relation_slot& in, std::vector<void*>& out) {
        for (M& row : static_cast<many&>(in).rows) out.push_back(&row);
    }

    static void note(std::span<void* const> rows, const intrusive_ptr<ref_counted>& origin) {
        note_origins({nullptr, rows.size(), 0, model_detail::text_of<M>.model(), rows.data()},
                     slots_of<M>::get(), origin);
    }

    static constexpr slot_maker value{row_layout<M>::checks,
                                      row_layout<M>::places,
                                      &make_one,
                                      &make_many,
                                      &append,
                                      &row_of,
                                      &rows_of,
                                      &note};
};

enum class step_kind : std::uint8_t {
    key,   // a foreign key of the row
    one,   // the row whose one_to_one refers to it
    many,  // the rows that refer to it, by key or over a table between
};

// Lifetime: static.
struct relation_step {
    step_kind kind;
    std::string_view name;  // of the member
    const sql::table* owner;
    const sql::table* target;
    std::span<const sql::hop> hops;  // from owner to target
    sql::path back;      // from a row of the target to the column that the owner's key is found in
    std::size_t offset;  // of the member in a row of the owner, in bytes
    const model_detail::related_rows* (*find)(const void* member);  // null: the key is NULL
    // In PostgreSQL's binary format, which is how keys are compared. False: it is NULL.
    bool (*append_key)(const void* row, std::string& out);
    const slot_maker* rows;

    const model_detail::related_rows* member_of(const void* row) const {
        return find(static_cast<const char*>(row) + offset);
    }
    bool over_table() const { return !back.hops.empty(); }
};

template <class K>
bool append_key(const K& key, std::string& out) {
    if constexpr (model_detail::is_optional<K>)
        return key && append_key(*key, out);
    else if constexpr (model_detail::is_foreign_key<K>)
        return append_key(key.key(), out);
    else
        return postgres::codec<K>::encode(key, out), true;
}
template <class M, std::size_t Column>
bool append_column(const void* row, std::string& out) {
    return append_key(column_of<Column>(*static_cast<const M*>(row)), out);
}

template <class M, std::size_t Index, bool Relation>
struct step_holder {  // a relation without a column
    using type = reflect::type_at<Index, model_detail::relation_types<M>>;
    using target = typename model_detail::relation_of<M, type, Index>::target;
    using place = placed<M, Index>;

    static constexpr step_kind kind =
        place::relation.kind == sql::relation_kind::reverse_one ? step_kind::one : step_kind::many;
    static const relation_step* get() {
        static const relation_step step{kind,
                                        place::relation.field,
                                        &place::table,
                                        place::relation.target,
                                        {place::hops.at, place::hops.size},
                                        place::get().to_owner,
                                        place::get().offset,
                                        &slot_in<type>::find,
                                        &append_column<M, place::table.primary_key>,
                                        &slot_maker_of<target>::value};
        return &step;
    }
};

template <class M, std::size_t Index>
struct step_holder<M, Index, false> {  // a foreign key
    using type = column_type<M, Index>;
    using target = model_detail::target_model<type>;

    static constexpr const sql::table& table = model_detail::unchecked_table<M>;
    static constexpr sql::hop hop = model_detail::hop_of(table.columns[Index]);
    static const relation_step* get() {
        static const relation_step step{step_kind::key,
                                        table.columns[Index].field,
                                        &table,
                                        hop.into,
                                        {&hop, 1},
                                        {hop.into, {}, hop.to},
                                        offset_of_member<M>(model_detail::parts<M>::places.at[Index]),
                                        &slot_in<type>::find,
                                        &append_column<M, Index>,
                                        &slot_maker_of<target>::value};
        return &step;
    }
};

using step_path = std::span<const relation_step* const>;

template <class M, const model_detail::resolution& Path, std::size_t Step>
void append_steps(std::vector<const relation_step*>& out) {
    if constexpr (Step < Path.step_count) {
        constexpr model_detail::path_step at = Path.steps[Step];
        using holder = step_holder<M, at.index, at.relation>;
        out.push_back(holder::get());
        append_steps<typename holder::target, Path, Step + 1>(out);
    } else if constexpr (!Path.to_rows) {
        out.push_back(step_holder<M, Path.target->index, false>::get());
    }
}

constexpr bool leads_to_one_row(const model_detail::resolution& path) {
    for (std::size_t i = 0; i < path.hop_count; ++i)
        if (path.hops[i].many) return false;
    return true;
}

// "author__publisher": relations only.
template <class M, reflect::fixed_string K>
struct relation_path {
    static constexpr const model_detail::resolution& found =
        model_detail::resolved<M, K, model_detail::names::fields>;

    static constexpr bool check() {
        if constexpr (!model_detail::check_path<M, K, found>()) {
            return false;
        } else {
            constexpr sql::path path = model_detail::path_of(model_detail::table_holder<M>::value, found);
            constexpr bool relation =
                found.to_rows || (found.target->target && !model_detail::names_key_column(K.view(), path));
            static_assert(relation || not_a_relation_to_load<M, K>::value,
                          "asynchrormous: select_related and prefetch_related load relations, and this path "
                          "ends in a plain column: name the relation before it");
            return relation;
        }
    }
    static constexpr bool valid = check();

    // Whether it finds one row at most for each row.
    static constexpr bool check_single() {
        if constexpr (!valid) {
            return false;
        } else {
            constexpr bool single = leads_to_one_row(found);
            static_assert(single || leads_to_many_rows<M, K>::value,
                          "asynchrormous: select_related joins relations to one row, and this path leads to "
                          "many: name it in prefetch_related");
            return single;
        }
    }

    static step_path steps() {
        static const std::vector<const relation_step*> all = [] {
            std::vector<const relation_step*> made;
            append_steps<M, found, 0>(made);
            return made;
        }();
        return all;
    }
    // The model at its end.
    static constexpr auto target() {
        using reached = typename decltype(model_detail::reach<M, found>())::type;
        if constexpr (found.to_rows)
            return reflect::detail::type_box<reached>{};
        else
            return reflect::detail::type_box<
                model_detail::target_model<column_type<reached, found.target->index>>>{};
    }
};

}  // namespace query_detail
}  // namespace orm::inline v0
