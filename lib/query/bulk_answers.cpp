// What comes back from the statements of bulk_create() and bulk_update(), and to which row.
#include "bulk_values.hpp"

#include <asynchrormous/query/bulk_steps.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

[[noreturn]] void throw_lost_rows(const sql::table& of, int found, std::size_t expected) {
    throw query_error(
        std::string(of.model) + ": bulk_create() got " + std::to_string(found) + " rows back for " +
        std::to_string(expected) +
        ": a trigger or rule of the table leaves rows out, so that no key can be said to belong "
        "to a row; create() them one by one");
}

}  // namespace

void bulk_steps::read(const postgres::result_view& result, const batch& which) {
    affected_ += result.affected_rows();
    if (request_.conflict.then != sql::conflict_rule::action::refuse)
        read_rows(result);
    else if (!groups_[which.group].returning.empty())
        bring_back(result, which);
    done_ += which.count;
    if (request_.progress) request_.progress(done_, rows().size());
}

void bulk_steps::read_rows(const postgres::result_view& result) {
    const auto columns = static_cast<std::size_t>(result.columns());
    std::vector<postgres::field_view> fields(columns);
    std::vector<std::uint32_t> oids(columns);
    for (std::size_t c = 0; c < columns; ++c) oids[c] = result.type_oid(static_cast<int>(c));
    for (int r = 0; r < result.rows(); ++r) {
        result.row(r, fields.data());
        rows().add(fields.data(), oids.data());
    }
}

// The answers' places in the order of their keys; empty when they have it.
std::vector<std::uint32_t> bulk_steps::order_by_identity(const postgres::result_view& result) const {
    std::vector<std::int64_t> keys(static_cast<std::size_t>(result.rows()));
    const std::uint32_t oid = result.type_oid(0);
    for (std::size_t r = 0; r < keys.size(); ++r)
        keys[r] = postgres::read<std::int64_t>(result.at(static_cast<int>(r), 0), oid);
    if (std::is_sorted(keys.begin(), keys.end())) return {};
    std::vector<std::uint32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
    return order;
}

// The same for keys that the rows brought along.
std::vector<std::uint32_t> bulk_steps::order_by_given_keys(const postgres::result_view& result,
                                                           const batch& which) {
    const bulk_group& group = groups_[which.group];
    column_values given{request_.of, &request_.of->key(), std::string(array_header, '\0')};
    std::vector<column_values*> to(request_.of->columns.size());
    to[request_.of->primary_key] = &given;
    for (std::size_t i = 0; i < which.count; ++i) rows().append(row_of(group, which.first + i), to.data());
    bool in_order = true;
    value_reader keys(given);
    for (int r = 0; in_order && r < result.rows(); ++r)
        in_order = result.at(r, 0).bytes() == keys.next().bytes();
    if (in_order) return {};
    std::unordered_map<std::string_view, std::uint32_t> places;
    for (int r = 0; r < result.rows(); ++r) places[result.at(r, 0).bytes()] = static_cast<std::uint32_t>(r);
    std::vector<std::uint32_t> order;
    value_reader again(given);
    for (std::size_t i = 0; i < which.count; ++i) {
        const auto found = places.find(again.next().bytes());
        if (found == places.end()) throw_lost_rows(*request_.of, result.rows(), which.count);
        order.push_back(found->second);
    }
    return order;
}

void bulk_steps::bring_back(const postgres::result_view& result, const batch& which) {
    const bulk_group& group = groups_[which.group];
    const sql::table& of = *request_.of;
    if (static_cast<std::size_t>(result.rows()) != which.count)
        throw_lost_rows(of, result.rows(), which.count);
    const bool made_key = (group.left & bit_of(of.primary_key)) != 0;
    std::vector<std::uint32_t> order;
    if (!made_key)
        order = order_by_given_keys(result, which);
    else if (of.key().identity)
        order = order_by_identity(result);
    std::vector<postgres::field_view> fields(group.returning.size());
    std::vector<std::uint32_t> oids;
    for (int c = 0; c < result.columns(); ++c) oids.push_back(result.type_oid(c));
    for (std::size_t i = 0; i < which.count; ++i) {
        result.row(static_cast<int>(order.empty() ? i : order[i]), fields.data());
        rows().take(row_of(group, which.first + i), fields.data(), oids.data(), group.places.data());
    }
}

}  // namespace orm::inline v0::query_detail
