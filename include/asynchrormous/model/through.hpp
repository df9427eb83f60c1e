// The table between the two sides of a many_to_many without a model of its own, named as Django names it:
// "<table>_<field>" with id, <model>_id, <target>_id and a unique pair; from_<model>_id and to_<model>_id
// where both sides are the same.
#pragma once

#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstddef>
#include <string_view>

namespace orm::inline v0::model_detail {

template <class M>
struct table_holder;

template <class M>
constexpr std::string_view table_name_of() {
    for (const meta_entry& entry : entries_of<M>())
        if (entry.kind == option::table) return entry.text;
    return text_of<M>.table();
}

// The place of the primary key among the columns, found without the table, which may be in the making.
template <class M>
constexpr std::size_t find_key() {
    std::size_t key = 0;
    for (std::size_t i = 0; i < column_count<M>; ++i) {
        const std::string_view name = sources<M>.at[i].name;
        if (name == "id") key = i;
        for (const meta_entry& entry : entries_of<M>())
            if (entry.kind == option::primary_key && entry.field == name) return i;
    }
    return key;
}

template <class M>
constexpr sql::type key_type_of() {
    if constexpr (column_count<M> > 0)
        return describe<column_type<M, find_key<M>()>>().type;
    else
        return {};  // no model, which is an error already
}

// "Book_tags", "library_book_tags", "book_id", "tag_id"
template <std::size_t N>
struct through_text {
    char text[N]{};
    std::size_t size = 0;
    std::size_t ends[4]{};

    constexpr void add(std::string_view part) {
        for (const char c : part) text[size++] = c;
    }
    constexpr std::string_view part(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends[i - 1];
        return {text + begin, ends[i] - begin};
    }
};

struct through_names {
    std::string_view model, table, field, from, to;

    constexpr std::size_t size() const {
        return model.size() + table.size() + 2 * field.size() + from.size() + to.size() + 16;
    }
};

template <std::size_t N>
constexpr through_text<N> pack_through(const through_names& names) {
    through_text<N> result{};
    std::size_t end = 0;
    const auto add = [&](std::string_view a, std::string_view b, std::string_view c) {
        result.add(a), result.add(b), result.add(c);
        result.ends[end++] = result.size;
    };
    const bool same = names.from == names.to;
    add(names.model, "_", names.field);
    add(names.table, "_", names.field);
    add(same ? "from_" : "", names.from, "_id");
    add(same ? "to_" : "", names.to, "_id");
    return result;
}

constexpr sql::column through_key(std::string_view name, sql::type type, const sql::table* target,
                                  std::uint16_t index) {
    sql::column result{};
    result.field = name.substr(0, name.size() - 3);
    result.name = name;
    result.type = type;
    result.target = target;
    result.index = index;
    return result;
}

constexpr sql::column through_id() {
    sql::column result{};
    result.field = result.name = "id";
    result.type = {sql::type_kind::int8};
    result.primary_key = result.identity = true;
    return result;
}

// Of M's relation number I, a many_to_many to Target.
template <class M, class Target, std::size_t I>
struct through_holder {
    static constexpr through_names names{text_of<M>.model(), table_name_of<M>(),
                                         relation_sources<M>()[I].name, text_of<M>.table(),
                                         text_of<Target>.table()};
    static constexpr auto text = pack_through<names.size()>(names);
    static constexpr sql::column columns[3] = {
        through_id(), through_key(text.part(2), key_type_of<M>(), &table_holder<M>::value, 1),
        through_key(text.part(3), key_type_of<Target>(), &table_holder<Target>::value, 2)};
    static constexpr std::string_view pair[2] = {columns[1].field, columns[2].field};
    static constexpr sql::column_group groups[1] = {{pair, true}};
    static constexpr sql::table value{
        .model = text.part(0), .name = text.part(1), .columns = columns, .groups = groups};
};

}  // namespace orm::inline v0::model_detail
