// One query of prefetch_related() on its way: the rows of one relation for all rows that have it.
#pragma once

#include "key_groups.hpp"
#include "prefetch_run.hpp"

#include <string>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

// The members of one relation in the rows above, by key: members with the same key share what is loaded.
class level_members {
public:
    explicit level_members(const relation_step& step) : step_(&step) {}

    void add(void* row);
    // The rows in those that were loaded before, each once.
    std::vector<void*> loaded_rows();

    key_groups groups{};
    std::vector<std::pair<const model_detail::related_rows*, std::size_t>> waiting{};  // and their groups

private:
    const relation_step* step_;
    std::vector<model_detail::relation_slot*> loaded_{};
    std::string key_{};
};

class prefetch_level final : public lazy_state<void>, public statement_operation {
public:
    prefetch_level(prefetch_run& run, const load_node& node, level_members members, std::string path,
                   const route& where);

    // Gives its rows up, without an error that somebody would have to look at.
    void abandon() noexcept;

    void on_result(const postgres::result_view& result) override;
    void on_error(std::exception_ptr why) noexcept override;
    operation_state& state() noexcept override { return *this; }

private:
    void answer_without_rows() override;
    std::vector<void*> read(const postgres::result_view& result);
    std::vector<void*> read_many(const postgres::result_view& result, const std::vector<std::size_t>& groups);
    std::vector<void*> read_one(const postgres::result_view& result, const std::vector<std::size_t>& groups);
    std::vector<std::size_t> groups_of(const postgres::result_view& result) const;
    slot_ptr origin() const { return model_detail::origin_of(members_.waiting.front().first->slot()); }
    void fill_empty();  // groups without rows
    void hand_out();
    void end(std::exception_ptr error) noexcept;

    intrusive_ptr<prefetch_run> run_;  // null: it has ended
    const load_node* node_;            // part of the query that the waiting operation keeps
    level_members members_;
    std::vector<slot_ptr> slots_{};  // for each group
    std::string path_;
};

}  // namespace orm::inline v0::query_detail
