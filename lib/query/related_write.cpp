// Text of static names only; values are bound: $1 the owner's key, $2 the other side's keys, then what a
// link has besides.
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/related_write.hpp>
#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/quote.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

class text {
public:
    text& operator<<(std::string_view part) {
        made_ += part;
        return *this;
    }
    text& operator<<(const sql::column& column) {
        sql::append_identifier(made_, column.name);
        return *this;
    }
    text& operator<<(const sql::table& table) {
        sql::append_identifier(made_, table.name);
        return *this;
    }
    text& operator<<(std::size_t number) { return *this << std::string_view(std::to_string(number)); }
    std::string take() { return std::move(made_); }

private:
    std::string made_{};
};

sql::statement statement(text& of, sql::parameter_list parameters) {
    return {of.take(), std::move(parameters)};
}

// An array begins with the number of its dimensions.
bool no_keys(const sql::parameter& keys) {
    return keys.bytes->compare(0, 4, std::string_view("\0\0\0\0", 4)) == 0;
}

sql::statement nothing_to_do() {
    sql::statement nothing;
    nothing.empty = true;
    return nothing;
}

bool has_unique_pair(const related_place& place) {
    const auto is_pair = [&](const sql::column_group& group) {
        const auto has = [&](const sql::column& column) {
            return std::find(group.fields.begin(), group.fields.end(), column.field) != group.fields.end();
        };
        return group.unique && group.fields.size() == 2 && has(place.near()) && has(*place.far);
    };
    const auto groups = place.links().groups;
    return std::any_of(groups.begin(), groups.end(), is_pair);
}

// One link for each key that has none yet. Where the pair is unique, one that another program makes in the
// meantime is no error.
void insert_links(text& out, const related_place& place, const row_image& link, std::size_t first_extra) {
    const bool both_ways = place.relation->symmetrical;
    out << "INSERT INTO " << place.links() << " (" << place.near() << ", " << *place.far;
    for (const sql::column* each : link.columns) out << ", " << *each;
    out << ") SELECT $1, given.key";
    for (std::size_t i = 0; i < link.columns.size(); ++i) out << ", $" << first_extra + i;
    out << " FROM (SELECT DISTINCT unnest($2) AS key) AS given";
    if (both_ways) out << " UNION SELECT given.key, $1 FROM (SELECT unnest($2) AS key) AS given";
    if (!place.relation->own_through && !both_ways)
        out << " WHERE NOT EXISTS (SELECT 1 FROM " << place.links() << " AS link WHERE link." << place.near()
            << " = $1 AND link." << *place.far << " = given.key)";
    if (has_unique_pair(place))
        out << " ON CONFLICT (" << place.near() << ", " << *place.far << ") DO NOTHING";
}

void delete_links(text& out, const related_place& place, std::string_view which) {
    out << "DELETE FROM " << place.links() << " WHERE ";
    const auto condition = [&](const sql::column& near, const sql::column& far) {
        out << near << " = $1";
        if (!which.empty()) out << " AND " << far << which;
    };
    condition(place.near(), *place.far);
    if (!place.relation->symmetrical) return;
    out << " OR ";
    condition(*place.far, place.near());
}

void update_keys(text& out, const related_place& place, std::string_view to) {
    out << "UPDATE " << place.target() << " SET " << place.near() << " = " << to << " WHERE ";
}

sql::parameter_list with_link(const related_owner& owner, sql::parameter keys, row_image& link) {
    sql::parameter_list all{owner.key, std::move(keys)};
    for (sql::parameter& each : link.values) all.push_back(std::move(each));
    return all;
}

}  // namespace

sql::query related_query(const related_owner& owner) {
    return sql::query(owner.place->target())
        .filter(
            sql::compare(sql::lookup_kind::exact, sql::field(owner.place->to_owner), sql::value(owner.key)));
}

sql::statement add_statement(const related_owner& owner, sql::parameter keys, row_image link) {
    if (no_keys(keys)) return nothing_to_do();
    const related_place& place = *owner.place;
    text out;
    if (place.far) {
        insert_links(out, place, link, 3);
    } else {
        update_keys(out, place, "$1");
        out << place.target().key() << " = ANY($2) AND " << place.near() << " IS DISTINCT FROM $1";
    }
    return statement(out, with_link(owner, std::move(keys), link));
}

sql::statement remove_statement(const related_owner& owner, sql::parameter keys) {
    if (no_keys(keys)) return nothing_to_do();
    const related_place& place = *owner.place;
    text out;
    if (place.far) {
        delete_links(out, place, " = ANY($2)");
    } else {
        update_keys(out, place, "NULL");
        out << place.near() << " = $1 AND " << place.target().key() << " = ANY($2)";
    }
    return statement(out, {owner.key, std::move(keys)});
}

sql::statement clear_statement(const related_owner& owner) {
    const related_place& place = *owner.place;
    text out;
    if (place.far) {
        delete_links(out, place, {});
    } else {
        update_keys(out, place, "NULL");
        out << place.near() << " = $1";
    }
    return statement(out, {owner.key});
}

// Both halves see the rows as they were before; they touch different ones.
sql::statement set_statement(const related_owner& owner, sql::parameter keys, row_image link) {
    const related_place& place = *owner.place;
    text out;
    out << "WITH removed AS (";
    if (place.far) {
        delete_links(out, place, " <> ALL($2)");
    } else {
        update_keys(out, place, "NULL");
        out << place.near() << " = $1 AND " << place.target().key() << " <> ALL($2)";
    }
    out << " RETURNING 1), added AS (";
    if (place.far) {
        insert_links(out, place, link, 3);
    } else {
        update_keys(out, place, "$1");
        out << place.target().key() << " = ANY($2) AND " << place.near() << " IS DISTINCT FROM $1";
    }
    out << " RETURNING 1) SELECT (SELECT COUNT(*) FROM added), (SELECT COUNT(*) FROM removed)";
    return statement(out, with_link(owner, std::move(keys), link));
}

sql::statement create_statement(const related_owner& owner, row_image& row, row_image link) {
    const related_place& place = *owner.place;
    const sql::column& key = place.target().key();
    const sql::column* const returned_key = &key;
    std::vector<const sql::column*> returning = row.returning;
    if (std::find(returning.begin(), returning.end(), returned_key) == returning.end())
        returning.push_back(returned_key);

    text out;
    out << "WITH created AS (" << sql::render_insert(place.target(), row.columns, 1, returning)
        << "), linked AS (INSERT INTO " << place.links() << " (" << place.near() << ", " << *place.far;
    for (const sql::column* each : link.columns) out << ", " << *each;
    const std::size_t owner_at = row.values.size() + 1;
    out << ") SELECT $" << owner_at << ", created." << key;
    for (std::size_t i = 0; i < link.columns.size(); ++i) out << ", $" << owner_at + 1 + i;
    out << " FROM created";
    if (place.relation->symmetrical)
        out << " UNION SELECT created." << key << ", $" << owner_at << " FROM created";
    out << ") SELECT ";
    for (const sql::column* each : returning)
        (out << (each == returning.front() ? "created." : ", created.")) << *each;
    out << " FROM created";

    sql::parameter_list values = std::move(row.values);
    values.push_back(owner.key);
    for (sql::parameter& each : link.values) values.push_back(std::move(each));
    return statement(out, std::move(values));
}

related_changes decode_changes::operator()(const postgres::result_view& result, const sql::statement&) const {
    const auto count = [&](int column) {
        return postgres::read<std::int64_t>(result.at(0, column), result.type_oid(column));
    };
    return {count(0), count(1)};
}

}  // namespace orm::inline v0::query_detail
