#include <asynchrormous/postgres/observer.hpp>
#include <asynchrormous/postgres/to_text.hpp>
#include <asynchrormous/testing/captured_queries.hpp>

#include <algorithm>
#include <cstdio>

namespace orm::inline v0::testing {

wrong_number_of_queries::~wrong_number_of_queries() = default;

class captured_queries::log final : public observer {
public:
    void on_send(const statement_event& sent) override {
        captured_query query{.text = std::string(sent.text),
                             .control = sent.internal || sent.control != postgres::control_kind::none};
        for (const sql::parameter& each : sent.parameters) query.binds.push_back(postgres::to_text(each));
        queries.push_back(std::move(query));
        if (!sent.internal) pending_.push_back({sent.id, queries.size() - 1});
    }
    void on_done(const statement_event& done) override { finish(done, false); }
    void on_error(const statement_event& failed) override { finish(failed, true); }
    bool wants_parameters() const noexcept override { return true; }
    void clear() noexcept {
        queries.clear();
        pending_.clear();
    }

    std::vector<captured_query> queries{};

private:
    struct pending {
        std::uint64_t id;
        std::size_t place;
    };

    void finish(const statement_event& how, bool failed) {
        const auto at = std::find_if(pending_.begin(), pending_.end(),
                                     [&how](const pending& each) { return each.id == how.id; });
        if (at == pending_.end()) return;  // it was sent before
        captured_query& query = queries[at->place];
        query.finished = true;
        query.failed = failed;
        query.duration = how.ended - how.sent;
        pending_.erase(at);
    }

    std::vector<pending> pending_{};
    const observing now_{*this};
};

captured_queries::captured_queries() : log_(std::make_unique<log>()) {}
captured_queries::~captured_queries() = default;

std::size_t captured_queries::size() const noexcept {
    return static_cast<std::size_t>(std::count_if(log_->queries.begin(), log_->queries.end(),
                                                  [](const captured_query& each) { return !each.control; }));
}

std::vector<captured_query> captured_queries::queries() const {
    std::vector<captured_query> result;
    std::copy_if(log_->queries.begin(), log_->queries.end(), std::back_inserter(result),
                 [](const captured_query& each) { return !each.control; });
    return result;
}

const std::vector<captured_query>& captured_queries::all() const noexcept { return log_->queries; }

void captured_queries::clear() noexcept { log_->clear(); }

std::string captured_queries::text() const {
    std::string result;
    std::size_t number = 0;
    for (const captured_query& each : queries()) {
        char time[48];
        std::snprintf(time, sizeof time, "%.3f ms",
                      std::chrono::duration<double, std::milli>(each.duration).count());
        result += std::to_string(++number) + ". " + each.text + "  [" +
                  (each.finished ? time : "unfinished") + (each.failed ? ", failed" : "") + "]\n";
    }
    return result;
}

void captured_queries::require(std::size_t expected) const {
    const std::size_t sent = size();
    if (sent == expected) return;
    throw wrong_number_of_queries(std::to_string(sent) + (sent == 1 ? " query was" : " queries were") +
                                  " sent where " + std::to_string(expected) +
                                  (expected == 1 ? " was" : " were") + " expected" +
                                  (sent == 0 ? "" : ":\n" + text()));
}

}  // namespace orm::inline v0::testing
