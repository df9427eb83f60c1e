#include "prefetch_level.hpp"

#include "../postgres/error_text.hpp"
#include "joined_rows.hpp"

#include <asynchrormous/postgres/array_codec.hpp>
#include <asynchrormous/postgres/decode_error.hpp>
#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/query/errors.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>

namespace orm::inline v0::query_detail {

namespace {

constexpr std::string_view owner_key = "__owner";

sql::expression_ptr keys_of(const relation_step& step, const key_groups& groups) {
    const sql::type key = step.back.target->type;
    sql::parameter all{{key.kind, true, key.identity}, std::string()};
    all.bytes->reserve(20 + groups.size() * 12);
    postgres::detail::array_writer writer(*all.bytes, all.type, groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
        writer.begin_element();
        *all.bytes += groups.key(i);
        writer.end_element();
    }
    return sql::value(std::move(all));
}

// The rows of the relation for these keys; over a table between with the owner's key beside.
sql::query rows_for(const load_node& node, const key_groups& groups) {
    const relation_step& step = *node.step;
    const sql::expression_ptr key = sql::field(step.back);
    const sql::expression_ptr wanted = sql::in_list(key, keys_of(step, groups), false);
    sql::query rows = node.rows ? *node.rows : sql::query(*step.target);
    if (rows.combined())
        throw query_error(std::string(step.owner->model) + "." + std::string(step.name) +
                          ": the QuerySet of a Prefetch cannot be a union_() or its like");
    const auto loads = rows.loads();
    const bool sliced = rows.sliced();
    rows = sliced ? rows.slice_within(key, wanted) : rows.filter(wanted);
    if (sliced && loads) rows = rows.load(loads, "select_related");
    if (step.kind != step_kind::many && !node.rows) rows = rows.order_by({});
    return step.over_table() ? rows.annotate(owner_key, key) : rows;
}

sql::statement statement_for(const load_node& node, const key_groups& groups,
                             const query_settings& settings) {
    sql::statement asked = sql::render_select(rows_for(node, groups));
    note_origin(settings, asked, false);
    return asked;
}

// The same error of the server, with the level in its SQL text.
std::exception_ptr named(const std::exception_ptr& why, const std::string& path) {
    const std::string note = "prefetch_related: " + path;
    try {
        std::rethrow_exception(why);
    } catch (const database_error& e) {
        if (e.from_server()) return postgres::server_error(e.report(), e.sql() + " -- " + note);
    } catch (const column_mismatch& e) {
        return std::make_exception_ptr(column_mismatch(note + ": " + e.what()));
    } catch (const query_error& e) {
        return std::make_exception_ptr(query_error(note + ": " + e.what()));
    } catch (...) {
    }
    return why;
}

}  // namespace

void level_members::add(void* row) {
    const model_detail::related_rows* member = step_->member_of(row);
    if (!member) return;
    if (member->loaded()) return loaded_.push_back(member->slot().get());
    key_.clear();
    if (step_->append_key(row, key_)) waiting.emplace_back(member, groups.add(key_));
}

std::vector<void*> level_members::loaded_rows() {
    std::sort(loaded_.begin(), loaded_.end());
    loaded_.erase(std::unique(loaded_.begin(), loaded_.end()), loaded_.end());
    std::vector<void*> rows;
    for (model_detail::relation_slot* each : loaded_) {
        if (step_->kind == step_kind::many)
            step_->rows->rows_of(*each, rows);
        else if (void* row = step_->rows->row_of(*each))
            rows.push_back(row);
    }
    return rows;
}

prefetch_level::prefetch_level(prefetch_run& run, const load_node& node, level_members members,
                               std::string path, const route& where)
    : lazy_state<void>(where.loop()),
      statement_operation(where, statement_for(node, members.groups, run.settings_), postgres::access::read),
      run_(&run),
      node_(&node),
      members_(std::move(members)),
      slots_(members_.groups.size()),
      path_(std::move(path)) {}

void prefetch_level::abandon() noexcept {
    run_ = nullptr;
    if (ready()) return;
    succeed();
    take_back();
}

std::vector<std::size_t> prefetch_level::groups_of(const postgres::result_view& result) const {
    const relation_step& step = *node_->step;
    const int column = step.over_table() ? static_cast<int>(step.target->columns.size())
                                         : static_cast<int>(step.back.target->index);
    std::vector<std::size_t> groups(static_cast<std::size_t>(result.rows()));
    for (std::size_t r = 0; r < groups.size(); ++r)
        groups[r] = members_.groups.find(result.at(static_cast<int>(r), column).bytes());
    return groups;
}

// Each group's rows get the room they need, so that they stay where they are read to.
std::vector<void*> prefetch_level::read_many(const postgres::result_view& result,
                                             const std::vector<std::size_t>& groups) {
    const slot_maker& rows = *node_->step->rows;
    std::vector<std::size_t> sizes(slots_.size());
    for (const std::size_t group : groups)
        if (group != key_groups::none) ++sizes[group];
    const slot_ptr from = origin();
    for (std::size_t i = 0; i < slots_.size(); ++i) slots_[i] = rows.many(from, sizes[i]);
    placed_cursor cursor(rows, result, 0, statement());
    std::vector<void*> made(groups.size());
    try {
        for (std::size_t r = 0; r < groups.size(); ++r)
            if (groups[r] != key_groups::none)
                made[r] = rows.append(*slots_[groups[r]], cursor.at(static_cast<int>(r)));
    } catch (const decode_error& e) {
        throw e.in_column(cursor.column_name());
    }
    return made;
}

// A key that finds nothing leaves its member as it is; the other side of a one_to_one is known to be empty.
std::vector<void*> prefetch_level::read_one(const postgres::result_view& result,
                                            const std::vector<std::size_t>& groups) {
    const slot_maker& rows = *node_->step->rows;
    const slot_ptr from = origin();
    placed_cursor cursor(rows, result, 0, statement());
    std::vector<void*> made(groups.size());
    try {
        for (std::size_t r = 0; r < groups.size(); ++r) {
            if (groups[r] == key_groups::none || slots_[groups[r]]) continue;
            slots_[groups[r]] = rows.one(from, &cursor.at(static_cast<int>(r)));
            made[r] = rows.row_of(*slots_[groups[r]]);
        }
    } catch (const decode_error& e) {
        throw e.in_column(cursor.column_name());
    }
    fill_empty();
    return made;
}

void prefetch_level::fill_empty() {
    const slot_maker& rows = *node_->step->rows;
    const slot_ptr from = origin();
    for (slot_ptr& slot : slots_) {
        if (slot || node_->step->kind == step_kind::key) continue;
        slot = node_->step->kind == step_kind::many ? rows.many(from, 0) : rows.one(from, nullptr);
    }
}

std::vector<void*> prefetch_level::read(const postgres::result_view& result) {
    const std::vector<std::size_t> groups = groups_of(result);
    if (groups.empty()) return fill_empty(), std::vector<void*>();
    std::vector<void*> rows =
        node_->step->kind == step_kind::many ? read_many(result, groups) : read_one(result, groups);
    const auto loads = node_->rows ? node_->rows->loads() : nullptr;
    if (loads) read_joined(static_cast<const related_loading&>(*loads), result, rows, statement());
    std::erase(rows, nullptr);
    if (statement().note) node_->step->rows->note(rows, statement().note);
    return rows;
}

void prefetch_level::hand_out() {
    for (const auto& [member, group] : members_.waiting)
        if (slots_[group]) member->set_slot(slots_[group]);
}

void prefetch_level::on_result(const postgres::result_view& result) {
    if (!run_) return;
    std::vector<void*> fetched = read(result);
    hand_out();
    const bool more = !node_->below.empty() || (node_->rows && node_->rows->loads());
    if (more) {
        std::vector<slot_ptr>& kept = run_->kept_;
        kept.insert(kept.end(), slots_.begin(), slots_.end());
        run_->go_on(*node_, node_->rows ? &*node_->rows : nullptr, std::move(fetched), members_.loaded_rows(),
                    path_);
    }
    end(nullptr);
}

void prefetch_level::answer_without_rows() { on_result({}); }

void prefetch_level::on_error(std::exception_ptr why) noexcept {
    if (run_) end(named(why, path_));
}

// Its own state holds no error: the run tells who waits for it.
void prefetch_level::end(std::exception_ptr error) noexcept {
    const intrusive_ptr<prefetch_run> run = std::exchange(run_, nullptr);
    succeed();
    run->finished(std::move(error));
}

}  // namespace orm::inline v0::query_detail
