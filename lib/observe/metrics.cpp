#include "metrics_text.hpp"

#include <asynchrormous/observe/metrics.hpp>
#include <asynchrormous/observe/redacted.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace orm::inline v0 {

namespace {

using observe::histogram;
using observe::text_writer;

enum class kind : std::uint8_t { select, insert, update, delete_, transaction, raw, other };
constexpr std::array<std::string_view, 7> kinds{"select",      "insert", "update", "delete",
                                                "transaction", "raw",    "other"};
enum class ending : std::uint8_t { ok, error, abandoned };
constexpr std::array<std::string_view, 3> endings{"ok", "error", "abandoned"};
enum class stage : std::uint8_t { pool, pipeline, server };
constexpr std::array<std::string_view, 3> stages{"pool", "pipeline", "server"};

constexpr std::size_t most_databases = 32;
constexpr std::size_t most_error_classes = 64;  // PostgreSQL knows 44

kind kind_of(const statement_event& statement) noexcept {
    if (statement.control != postgres::control_kind::none) return kind::transaction;
    if (statement.access == postgres::access::raw) return kind::raw;
    const std::string_view name = operation_name(statement);
    if (name == "SELECT" || (name.empty() && statement.access == postgres::access::read)) return kind::select;
    if (name == "INSERT") return kind::insert;
    if (name == "UPDATE") return kind::update;
    return name == "DELETE" ? kind::delete_ : kind::other;
}

// The class of the SQLSTATE; "client" for what did not come from the server.
std::string_view class_of(const statement_event& failed) noexcept {
    return failed.sqlstate.size() == 5 ? failed.sqlstate.substr(0, 2) : "client";
}

struct figures {
    explicit figures(const std::vector<double>& buckets) : durations(kinds.size(), histogram(buckets)) {
        for (histogram& each : waits) each = histogram(buckets);
        connecting = histogram(buckets);
    }

    std::array<std::array<std::uint64_t, endings.size()>, kinds.size()> statements{};
    std::vector<histogram> durations;
    std::array<histogram, stages.size()> waits{};
    histogram connecting{};
    std::map<std::string, std::uint64_t, std::less<>> errors{};
    std::uint64_t sends = 0;
    std::uint64_t syncs = 0;
    std::uint64_t rows = 0;
    std::uint64_t sent_bytes = 0;
    std::uint64_t result_bytes = 0;
    std::uint64_t opened = 0;
    std::uint64_t refused = 0;
    std::uint64_t closed = 0;
    std::uint64_t open = 0;
    std::uint64_t in_flight = 0;
};

void require_valid(const metrics_options& options) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto fits = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
    const std::string& prefix = options.prefix;
    if (prefix.empty() || !letter(prefix.front()) || !std::ranges::all_of(prefix, fits))
        throw std::invalid_argument("metrics: \"" + prefix + "\" cannot begin the name of a metric");
    if (!std::ranges::is_sorted(options.buckets, std::ranges::less_equal()))
        throw std::invalid_argument("metrics: the bounds of the buckets must ascend");
}

}  // namespace

class metrics::book {
public:
    explicit book(const metrics_options& options) : options_(options) {}

    // What `change` does to the figures of the database, alone.
    template <class F>
    void note(const observed_database* where, F change) {
        const std::lock_guard alone(changing_);
        change(of(where ? where->alias : ""));
    }
    void end(const statement_event& how, ending as) {
        note(how.database, [&](figures& now) {
            const auto which = static_cast<std::size_t>(kind_of(how));
            ++now.statements[which][static_cast<std::size_t>(as)];
            if (now.in_flight > 0) --now.in_flight;
            if (as == ending::abandoned) return;
            now.durations[which].add(how.total());
            now.waits[static_cast<std::size_t>(stage::pool)].add(how.in_pool());
            now.waits[static_cast<std::size_t>(stage::pipeline)].add(how.in_pipeline());
            now.waits[static_cast<std::size_t>(stage::server)].add(how.on_server());
            now.rows += static_cast<std::uint64_t>(std::max<std::int64_t>(how.rows, 0));
            now.result_bytes += how.result_bytes;
            if (as == ending::error) count_error(now, class_of(how));
        });
    }
    // The first statement of each Sync counts it.
    void send(const statement_event& sent) {
        note(sent.database, [&](figures& now) {
            ++now.sends;
            now.sent_bytes += sent.sent_bytes;
            const auto [at, fresh] = last_sync_.try_emplace(sent.server_process, sent.sync);
            if (fresh || std::exchange(at->second, sent.sync) != sent.sync) ++now.syncs;
        });
    }
    void disconnect(const connection_event& ended) {
        note(&ended.database, [&](figures& now) {
            ++now.closed;
            if (now.open > 0) --now.open;
            last_sync_.erase(ended.server_process);
        });
    }

    std::string text() const;

private:
    static void count_error(figures& now, std::string_view which) {
        auto at = now.errors.find(which);
        if (at == now.errors.end())
            at = now.errors.try_emplace(now.errors.size() < most_error_classes ? std::string(which) : "other")
                     .first;
        ++at->second;
    }
    figures& of(std::string_view alias) {
        const std::string_view name = alias.empty() ? "default" : alias;
        if (const auto at = all_.find(name); at != all_.end()) return at->second;
        const std::string key(all_.size() < most_databases ? name : "other");
        return all_.try_emplace(key, options_.buckets).first->second;
    }
    void write_statements(text_writer& out) const;
    void write_traffic(text_writer& out) const;
    void write_connections(text_writer& out) const;
    template <class Member>
    void write_each(text_writer& out, std::string_view name, Member member) const {
        for (const auto& [database, now] : all_) out.value(name, {{"database", database}}, now.*member);
    }

    const metrics_options options_;
    mutable std::mutex changing_{};
    std::map<std::string, figures, std::less<>> all_{};
    std::map<int, std::uint64_t> last_sync_{};  // by connection
};

void metrics::book::write_statements(text_writer& out) const {
    out.family("queries_total", "counter", "Statements that ended, by kind and by how.");
    for (const auto& [database, now] : all_)
        for (std::size_t i = 0; i < kinds.size(); ++i)
            for (std::size_t j = 0; j < endings.size(); ++j)
                if (now.statements[i][j] > 0)
                    out.value("queries_total",
                              {{"database", database}, {"operation", kinds[i]}, {"status", endings[j]}},
                              now.statements[i][j]);
    out.family(
        "query_errors_total", "counter",
        "Statements that failed, by class of their SQLSTATE; client: it did not come from the server.");
    for (const auto& [database, now] : all_)
        for (const auto& [error_class, count] : now.errors)
            out.value("query_errors_total", {{"database", database}, {"sqlstate_class", error_class}}, count);
    out.family("queries_in_flight", "gauge", "Statements that were handed over and have not ended.");
    write_each(out, "queries_in_flight", &figures::in_flight);
    out.family("query_duration_seconds", "histogram", "From handing a statement over to its end.");
    for (const auto& [database, now] : all_)
        for (std::size_t i = 0; i < kinds.size(); ++i)
            if (now.durations[i].count() > 0)
                out.histogram("query_duration_seconds", {{"database", database}, {"operation", kinds[i]}},
                              now.durations[i]);
    out.family("query_wait_seconds", "histogram",
               "Parts of that: for a connection of the pool, behind others in the pipeline, on the server.");
    for (const auto& [database, now] : all_)
        for (std::size_t i = 0; i < stages.size(); ++i)
            out.histogram("query_wait_seconds", {{"database", database}, {"stage", stages[i]}}, now.waits[i]);
}

void metrics::book::write_traffic(text_writer& out) const {
    out.family("statements_sent_total", "counter", "Statements put on the wire, BEGIN and repetitions too.");
    write_each(out, "statements_sent_total", &figures::sends);
    out.family("syncs_total", "counter", "Syncs that they shared: fewer than statements is good.");
    write_each(out, "syncs_total", &figures::syncs);
    out.family("rows_total", "counter", "Rows that came.");
    write_each(out, "rows_total", &figures::rows);
    out.family("sent_bytes_total", "counter", "Text and parameters of what was sent.");
    write_each(out, "sent_bytes_total", &figures::sent_bytes);
    out.family("result_bytes_total", "counter", "Memory that results took in the client.");
    write_each(out, "result_bytes_total", &figures::result_bytes);
}

void metrics::book::write_connections(text_writer& out) const {
    out.family("connections_open", "gauge", "Connections that stand.");
    write_each(out, "connections_open", &figures::open);
    out.family("connections_opened_total", "counter", "Connections that were made.");
    write_each(out, "connections_opened_total", &figures::opened);
    out.family("connections_closed_total", "counter", "Connections that ended.");
    write_each(out, "connections_closed_total", &figures::closed);
    out.family("connection_failures_total", "counter", "Attempts to connect that failed.");
    write_each(out, "connection_failures_total", &figures::refused);
    out.family("connect_duration_seconds", "histogram", "Making a connection, or failing to.");
    for (const auto& [database, now] : all_)
        out.histogram("connect_duration_seconds", {{"database", database}}, now.connecting);
}

std::string metrics::book::text() const {
    text_writer out(options_.prefix);
    const std::lock_guard alone(changing_);
    write_statements(out);
    write_traffic(out);
    write_connections(out);
    return out.take();
}

metrics::metrics(const metrics_options& options) {
    require_valid(options);
    book_ = std::make_unique<book>(options);
}
metrics::~metrics() = default;

std::string metrics::text() const { return book_->text(); }

void metrics::on_connect(const connection_event& made) {
    book_->note(&made.database, [&](figures& now) {
        now.connecting.add(made.connecting);
        if (made.error) {
            ++now.refused;
        } else {
            ++now.opened;
            ++now.open;
        }
    });
}
void metrics::on_disconnect(const connection_event& ended) { book_->disconnect(ended); }
void metrics::on_submit(const statement_event& submitted) {
    book_->note(submitted.database, [](figures& now) { ++now.in_flight; });
}
void metrics::on_send(const statement_event& sent) { book_->send(sent); }
void metrics::on_done(const statement_event& done) { book_->end(done, ending::ok); }
void metrics::on_error(const statement_event& failed) { book_->end(failed, ending::error); }
void metrics::on_abandon(const statement_event& left) { book_->end(left, ending::abandoned); }

}  // namespace orm::inline v0
