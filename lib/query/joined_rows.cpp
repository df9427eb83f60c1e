#include "joined_rows.hpp"

#include "key_groups.hpp"

#include <asynchrormous/postgres/decode_error.hpp>

namespace orm::inline v0::query_detail {

namespace {

std::vector<int> places_from(int first, std::size_t count) {
    std::vector<int> places(count);
    for (std::size_t i = 0; i < count; ++i) places[i] = first + static_cast<int>(i);
    return places;
}

const std::vector<int>& checked(const std::vector<int>& places, const slot_maker& rows,
                                const postgres::result_view& result, const sql::statement& from) {
    check_columns(result, rows.checks, places, from);
    // NOLINTNEXTLINE(bugprone-return-const-ref-from-parameter): the caller's places outlive the call
    return places;
}

class joined_reader {
public:
    joined_reader(const postgres::result_view& result, const sql::statement& from, int first)
        : result_(result), from_(from), column_(first) {}

    void read(const std::vector<load_node>& nodes, std::span<void* const> parents) {
        for (const load_node& node : nodes) {
            std::vector<void*> rows = read_step(*node.step, parents);
            read(node.below, rows);
            if (!from_.note) continue;
            std::erase(rows, nullptr);
            node.step->rows->note(rows, from_.note);
        }
    }

private:
    // The rows that were read, each where it was first found.
    std::vector<void*> read_step(const relation_step& step, std::span<void* const> parents) {
        const int key = column_ + step.target->primary_key;
        placed_cursor cursor(*step.rows, result_, column_, from_);
        column_ += static_cast<int>(step.rows->checks.size());
        std::vector<void*> found(parents.size());
        key_groups known;
        std::vector<slot_ptr> slots;
        for (std::size_t r = 0; r < parents.size(); ++r) {
            const auto* member = parents[r] ? step.member_of(parents[r]) : nullptr;
            if (!member || member->loaded()) continue;
            const postgres::field_view field = result_.at(static_cast<int>(r), key);
            if (field.null()) {
                if (step.kind == step_kind::one)
                    member->set_slot(step.rows->one(model_detail::origin_of(member->slot()), nullptr));
                continue;
            }
            const std::size_t group = known.add(field.bytes());
            if (group == slots.size()) {
                slots.push_back(make(step, *member, cursor, static_cast<int>(r)));
                found[r] = step.rows->row_of(*slots.back());
            }
            member->set_slot(slots[group]);
        }
        return found;
    }

    static slot_ptr make(const relation_step& step, const model_detail::related_rows& member,
                         placed_cursor& cursor, int row) {
        try {
            return step.rows->one(model_detail::origin_of(member.slot()), &cursor.at(row));
        } catch (const decode_error& e) {
            throw e.in_column(cursor.column_name());
        }
    }

    const postgres::result_view& result_;
    const sql::statement& from_;
    int column_;
};

}  // namespace

placed_cursor::placed_cursor(const slot_maker& rows, const postgres::result_view& result, int first,
                             const sql::statement& from)
    : places_(places_from(first, rows.checks.size())),
      oids_(rows.checks.size()),
      cursor_(result, checked(places_, rows, result, from), oids_) {}

void read_joined(const related_loading& wanted, const postgres::result_view& result,
                 std::span<void* const> rows, const sql::statement& from) {
    if (wanted.in_query.empty() || rows.empty()) return;
    int columns = 0;
    for (const std::vector<sql::hop>& each : wanted.joined())
        columns += static_cast<int>(each.back().into->columns.size());
    joined_reader(result, from, result.columns() - columns).read(wanted.in_query, rows);
}

}  // namespace orm::inline v0::query_detail
