#include "bulk_values.hpp"

#include <asynchrormous/query/bulk_steps.hpp>
#include <asynchrormous/query/save.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

constexpr std::size_t most_rows = 20'000;
constexpr std::size_t most_rows_of_values = 500;
constexpr std::size_t most_bytes = 16U << 20U;
constexpr std::size_t most_parameters = 65535;
constexpr std::size_t at_once = 2;

// PostgreSQL has no arrays of arrays.
bool has_array(const sql::column* column) { return sql::can_be_element(column->type); }

}  // namespace

bulk_rows::~bulk_rows() = default;

sql::parameter column_values::take_array(std::size_t count) {
    const sql::type elements = column->type;
    const sql::type array{elements.kind, true, elements.identity};
    using postgres::wire::store;
    char* const out = bytes.data();
    store(out, std::int32_t{count == 0 ? 0 : 1});
    store(out + 4, std::int32_t{nulls ? 1 : 0});
    store(out + 8, sql::parameter_oid_of(elements));
    store(out + 12, static_cast<std::int32_t>(count));
    store(out + 16, std::int32_t{1});
    return {array, std::move(bytes)};
}

bulk_steps::bulk_steps(const std::optional<database>& chosen, bulk_request request)
    : steps(chosen), request_(std::move(request)) {}
bulk_steps::~bulk_steps() = default;

void bulk_steps::find_groups() {
    const std::size_t size = rows().size();
    if (request_.update) {
        if (size > 0) groups_.push_back({.count = size});
    } else {
        for (std::size_t row = 0; row < size; ++row) {
            const column_mask left = rows().left_in(row);
            auto group = std::find_if(groups_.begin(), groups_.end(),
                                      [left](const bulk_group& each) { return each.left == left; });
            if (group == groups_.end()) group = groups_.insert(groups_.end(), {.left = left});
            group->rows.push_back(static_cast<std::uint32_t>(row));
            ++group->count;
        }
        if (groups_.size() == 1) groups_.front().rows.clear();
    }
    for (bulk_group& group : groups_) describe(group);
}

void bulk_steps::describe(bulk_group& group) const {
    const sql::table& of = *request_.of;
    group.places.assign(of.columns.size(), -1);
    if (request_.update) {
        group.columns = request_.fields;
        group.columns.insert(group.columns.begin(), &of.key());
        return;
    }
    const bool whole = request_.conflict.then != sql::conflict_rule::action::refuse;
    for (const sql::column& each : of.columns) {
        const bool made = (group.left & bit_of(each.index)) != 0 || !each.generated.empty();
        if (!made) group.columns.push_back(&each);
        if (whole || (made && !each.primary_key)) group.returning.push_back(&each);
    }
    const bool key_is_made = (group.left & bit_of(of.primary_key)) != 0;
    if (!whole && (key_is_made || !group.returning.empty()))
        group.returning.insert(group.returning.begin(), &of.key());
    for (std::size_t i = 0; i < group.returning.size(); ++i)
        group.places[group.returning[i]->index] = static_cast<int>(i);
}

std::size_t bulk_steps::row_of(const bulk_group& group, std::size_t place) const noexcept {
    return group.rows.empty() ? place : group.rows[place];
}

bool bulk_steps::as_arrays(const bulk_group& group, std::size_t count) const {
    if (count < 2 && !request_.update) return false;
    if (group.columns.empty()) return false;
    return std::all_of(group.columns.begin(), group.columns.end(), has_array);
}

std::size_t bulk_steps::limit(const bulk_group& group) const {
    const std::size_t wanted = request_.batch_size != 0 ? request_.batch_size : most_rows;
    if (as_arrays(group, 2)) return wanted;
    // Keys that are no sequence's say nothing about the order of a statement's answers.
    const sql::table& of = *request_.of;
    if ((group.left & bit_of(of.primary_key)) != 0 && !of.key().identity) return 1;
    const std::size_t fit =
        (most_parameters - conflict_.parameters.size()) / std::max<std::size_t>(1, group.columns.size());
    return std::min({wanted, fit, most_rows_of_values});
}

bool bulk_steps::more() const noexcept { return group_ < groups_.size(); }

// The key of one row twice: which of its values is to be set? Keys mostly ascend, which is quickly seen.
void bulk_steps::check_keys(const column_values& keys, std::size_t count) {
    value_reader ascending(keys);
    std::string_view last;
    std::size_t i = 0;
    for (; i < count; ++i) {
        const std::string_view key = ascending.next().bytes();
        refuse_unsaved(*request_.of, {{}, std::string(key)}, "bulk_update()");
        if (i > 0 && (key.size() != last.size() || key <= last)) break;
        last = key;
    }
    if (i == count) return;
    std::unordered_set<std::string_view> seen;
    value_reader values(keys);
    for (i = 0; i < count; ++i) {
        const std::string_view key = values.next().bytes();
        refuse_unsaved(*request_.of, {{}, std::string(key)}, "bulk_update()");
        if (!seen.insert(key).second)
            throw query_error(std::string(request_.of->model) +
                              ": bulk_update() got two rows with one key; which of them is meant?");
    }
}

bulk_steps::batch bulk_steps::encode(std::vector<column_values>& values) {
    const bulk_group& group = groups_[group_];
    std::vector<column_values*> to(request_.of->columns.size());
    values.reserve(group.columns.size());
    for (const sql::column* each : group.columns) {
        values.push_back({request_.of, each, std::string(array_header, '\0')});
        to[each->index] = &values.back();
    }
    batch made{group_, next_, 0};
    const std::size_t last = std::min(group.count, next_ + limit(group));
    std::size_t bytes = 0;
    for (; next_ < last && bytes < most_bytes; ++next_) {
        rows().append(row_of(group, next_), to.data());
        if ((next_ & 255U) != 255U) continue;
        bytes = 0;
        for (const column_values& each : values) bytes += each.bytes.size();
    }
    made.count = next_ - made.first;
    if (next_ == group.count) ++group_, next_ = 0;
    return made;
}

void bulk_steps::send_arrays(const batch& which, std::vector<column_values>& values) {
    bulk_group& group = groups_[which.group];
    const sql::table& of = *request_.of;
    if (group.text.empty()) {
        const sql::column& key = of.key();
        const bool made_key = !request_.update && (group.left & bit_of(of.primary_key)) != 0 && !key.identity;
        if (request_.update)
            group.text = sql::render_update_arrays(of, group.columns);
        else if (made_key && request_.conflict.then == sql::conflict_rule::action::refuse)
            group.text = sql::render_insert_arrays_with_keys(of, group.columns, group.returning);
        else
            group.text = sql::render_insert_arrays(of, group.columns, conflict_.text, group.returning);
    }
    sql::statement made{group.text};
    made.parameters.reserve(values.size() + conflict_.parameters.size());
    for (column_values& each : values) made.parameters.push_back(each.take_array(which.count));
    made.parameters.insert(made.parameters.end(), conflict_.parameters.begin(), conflict_.parameters.end());
    send(std::move(made), postgres::access::write,
         [this, which](const postgres::result_view& result) { read(result, which); });
}

void bulk_steps::send_values(const batch& which, std::vector<column_values>& values) {
    const bulk_group& group = groups_[which.group];
    const sql::table& of = *request_.of;
    sql::statement made;
    made.text = request_.update ? sql::render_update_rows(of, group.columns, which.count)
                                : sql::render_insert_rows(of, group.columns, which.count, conflict_.text,
                                                          group.returning);
    std::vector<value_reader> readers(values.begin(), values.end());
    for (std::size_t row = 0; row < which.count; ++row)
        for (std::size_t c = 0; c < values.size(); ++c) {
            const postgres::field_view value = readers[c].next();
            sql::parameter& bound = made.parameters.emplace_back();
            bound.type = values[c].column->type;
            if (!value.null()) bound.bytes.emplace(value.bytes());
        }
    made.parameters.insert(made.parameters.end(), conflict_.parameters.begin(), conflict_.parameters.end());
    send(std::move(made), postgres::access::write,
         [this, which](const postgres::result_view& result) { read(result, which); });
}

void bulk_steps::send_batch() {
    const std::size_t from = group_;
    std::vector<column_values> values;
    const std::size_t columns = groups_[from].columns.size();
    if (!request_.update)
        conflict_ =
            sql::render_conflict(*request_.of, request_.conflict, as_arrays(groups_[from], 2) ? columns : 0);
    const batch made = encode(values);
    if (request_.update) check_keys(values.front(), made.count);
    const bool first = made.group == 0 && made.first == 0;
    if (first && more()) begin_level();
    const bool arrays = as_arrays(groups_[made.group], made.count);
    if (!arrays && !request_.update)
        conflict_ = sql::render_conflict(*request_.of, request_.conflict, columns * made.count);
    arrays ? send_arrays(made, values) : send_values(made, values);
}

void bulk_steps::advance() {
    if (!std::exchange(began_, true)) find_groups();
    while (more() && in_flight() < at_once) send_batch();
    if (in_flight() == 0) end();
}

}  // namespace orm::inline v0::query_detail
