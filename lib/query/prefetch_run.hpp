// The queries of prefetch_related() for rows that are there: one for each relation, sent when the rows it
// starts from are in, those that start from the same rows together.
//     authors -> books (WHERE author_id = ANY(keys)) -> tags (join over the table between, key beside)
//             -> prizes
// Rows are read straight into where they stay, which does not move any more: the next level starts from them.
#pragma once

#include <asynchrormous/query/eager_loading.hpp>
#include <asynchrormous/query/origin.hpp>
#include <asynchrormous/query/query_operation.hpp>

#include <exception>
#include <string>
#include <vector>

namespace orm::inline v0::query_detail {

class prefetch_level;

class prefetch_run final : public ref_counted {
public:
    prefetch_run(const route& where, query_settings settings, load_waiter& done);
    ~prefetch_run() override;

    // True: everything is there, nobody will be told; nothing had to be asked.
    // Lifetime: the rows stay where they are until then, or until abandon().
    // Throws: query_error; what is under way by then is abandoned.
    bool start(const std::vector<load_node>& nodes, std::vector<void*> rows);

    // Nobody waits any longer: what is still to come writes no more.
    void abandon() noexcept;

private:
    friend class prefetch_level;

    void begin(const std::vector<load_node>& nodes, const std::vector<void*>& rows, const std::string& path);
    void begin_level(const load_node& node, const std::vector<void*>& rows, const std::string& path);
    void go_on(const load_node& node, const sql::query* asked, std::vector<void*> fetched,
               std::vector<void*> all, const std::string& path);
    void finished(std::exception_ptr error) noexcept;

    route where_;
    query_settings settings_;  // of the rows it starts from, and so of those that it finds
    load_waiter* done_;
    std::size_t pending_ = 0;
    std::vector<intrusive_ptr<prefetch_level>> levels_{};  // under way, or done
    std::vector<slot_ptr> kept_{};  // what later levels read into, whatever happens to the rows above
    bool telling_ = false;          // start() has returned: the end is told
};

}  // namespace orm::inline v0::query_detail
