#include <asynchrormous/observe/redacted.hpp>
#include <asynchrormous/observe/trace_file.hpp>
#include <asynchrormous/postgres/to_text.hpp>
#include <asynchrormous/runtime/hooks.hpp>

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace orm::inline v0 {

namespace {

using json = nlohmann::json;
using time_point = statement_event::time_point;

std::string hexadecimal(std::uint64_t number) {
    char text[24];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
    return text;
}

std::string name_of(const statement_event& statement) {
    const std::string text = shown_text(statement);
    constexpr std::size_t most = 60;
    return text.size() <= most ? text : text.substr(0, most) + "...";
}

json facts_of(const statement_event& statement) {
    json facts{{"sql", statement.parameters.empty() ? shown_text(statement) : std::string(statement.text)},
               {"shape", hexadecimal(statement.shape)},
               {"connection", statement.server_process},
               {"sync", statement.sync},
               {"round_trip", statement.round_trip},
               {"sends", statement.sends},
               {"rows", statement.rows},
               {"affected", statement.affected},
               {"sent_bytes", statement.sent_bytes},
               {"result_bytes", statement.result_bytes}};
    if (!statement.database->alias.empty()) facts["database"] = statement.database->alias;
    if (statement.where)
        facts["where"] =
            std::string(statement.where->file_name()) + ":" + std::to_string(statement.where->line());
    for (std::size_t i = 0; i < statement.parameters.size(); ++i)
        facts["$" + std::to_string(i + 1)] = postgres::to_text(statement.parameters[i]);
    if (statement.error) facts["error"] = statement.error_type;
    if (!statement.sqlstate.empty()) facts["sqlstate"] = statement.sqlstate;
    return facts;
}

}  // namespace

class trace_file::writer {
public:
    explicit writer(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "we")) {
        if (!file_) throw std::system_error(errno, std::generic_category(), "trace_file: " + path);
        std::fputs("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[", file_);
        write({{"ph", "M"}, {"name", "process_name"}, {"args", {{"name", "asynchrormous"}}}});
    }
    ~writer() {
        if (file_) std::fclose(file_);
    }

    void name_connection(const connection_event& made) {
        const std::lock_guard alone(writing_);
        name_track(made.server_process, made.database);
    }
    void sent(const statement_event& statement) {
        const std::lock_guard alone(writing_);
        if (!tracks_.contains(statement.server_process))
            name_track(statement.server_process, *statement.database);
        group& now = groups_[{statement.server_process, statement.sync}];
        if (now.statements.empty()) now.from = now.to = statement.sent;
        now.statements.push_back(name_of(statement));
        if (!statement.internal) ++now.pending;
    }
    void ended(const statement_event& statement, bool abandoned) {
        const std::lock_guard alone(writing_);
        json facts = facts_of(statement);
        if (abandoned) facts["abandoned"] = true;
        const std::string name = name_of(statement);
        if (statement.answered != time_point()) {
            json served = event("X", "server", name, statement.begun, statement.server_process);
            served["dur"] = in_us(statement.on_server());
            served["args"] = facts;
            write(std::move(served));
        }
        write_life(statement, name, std::move(facts));
        if (statement.sends == 0) return;
        const auto at = groups_.find({statement.server_process, statement.sync});
        if (at == groups_.end()) return;  // it was sent before the file was there
        at->second.to = statement.ended;
        if (--at->second.pending > 0) return;
        write_group(at->first, at->second);
        groups_.erase(at);
    }
    void close() {
        const std::lock_guard alone(writing_);
        if (!file_) return;
        for (const auto& [where, each] : groups_) write_group(where, each);
        std::fputs("\n]}\n", file_);
        const bool written = !std::ferror(file_);
        if (std::fclose(std::exchange(file_, nullptr)) != 0 || !written)
            throw std::system_error(errno, std::generic_category(), "trace_file: " + path_);
    }

private:
    // The statements of one Sync. It is whole when one of them ends.
    struct group {
        time_point from{};
        time_point to{};
        std::size_t pending = 0;
        std::vector<std::string> statements{};
    };
    using place = std::pair<int, std::uint64_t>;  // connection, Sync

    static double in_us(std::chrono::nanoseconds time) {
        return std::chrono::duration<double, std::micro>(time).count();
    }
    static json event(const char* phase, const char* category, const std::string& name, time_point at,
                      int process) {
        return {{"ph", phase},
                {"cat", category},
                {"name", name},
                {"ts", in_us(at.time_since_epoch())},
                {"tid", process}};
    }
    void write(json what) {
        if (!file_) return;
        what["pid"] = ::getpid();
        const std::string text = what.dump(-1, ' ', false, json::error_handler_t::replace);
        std::fputs(std::exchange(first_, false) ? "\n" : ",\n", file_);
        std::fwrite(text.data(), 1, text.size(), file_);
    }
    void name_track(int process, const observed_database& database) {
        tracks_.insert(process);
        const std::string of = database.alias.empty() ? database.name : database.alias;
        write({{"ph", "M"},
               {"name", "thread_name"},
               {"tid", process},
               {"args", {{"name", "connection " + std::to_string(process) + " (" + of + ")"}}}});
    }
    // A slice of its own, over which others may lie.
    void write_slice(const char* category, const std::string& name, const std::string& id, time_point from,
                     time_point to, int process, json facts) {
        json begin = event("b", category, name, from, process);
        begin["id"] = id;
        begin["args"] = std::move(facts);
        write(std::move(begin));
        json end = event("e", category, name, to, process);
        end["id"] = id;
        write(std::move(end));
    }
    void write_group(const place& where, const group& what) {
        const auto [process, sync] = where;
        const std::string count = std::to_string(what.statements.size());
        write_slice("sync",
                    "Sync " + std::to_string(sync) + ": " + count +
                        (what.statements.size() == 1 ? " statement" : " statements"),
                    "y" + std::to_string(process) + "." + std::to_string(sync), what.from, what.to, process,
                    {{"statements", what.statements}});
    }
    void write_life(const statement_event& statement, const std::string& name, json facts) {
        const std::string id = "s" + std::to_string(statement.id);
        const auto part = [&](const char* what, time_point from, time_point to) {
            if (from != time_point() && to > from)
                write_slice("statement", what, id, from, to, statement.server_process, json::object());
        };
        json begin = event("b", "statement", name, statement.submitted, statement.server_process);
        begin["id"] = id;
        begin["args"] = std::move(facts);
        write(std::move(begin));
        part("pool", statement.submitted, statement.acquired);
        part("pipeline", statement.acquired, statement.begun);
        part("server", statement.begun, statement.answered);
        part("until Sync", statement.answered, statement.ended);
        json end = event("e", "statement", name, statement.ended, statement.server_process);
        end["id"] = id;
        write(std::move(end));
    }

    std::mutex writing_{};
    const std::string path_;
    std::FILE* file_;
    bool first_ = true;
    std::set<int> tracks_{};
    std::map<place, group> groups_{};
};

trace_file::trace_file(const std::string& path, const trace_options& options)
    : options_(options), writer_(std::make_unique<writer>(path)) {}

trace_file::~trace_file() {
    try {
        close();
    } catch (...) {
        tell_unobserved_error(std::current_exception());
    }
}

void trace_file::close() { writer_->close(); }

void trace_file::on_connect(const connection_event& made) {
    if (!made.error) writer_->name_connection(made);
}
void trace_file::on_send(const statement_event& sent) { writer_->sent(sent); }
void trace_file::on_done(const statement_event& done) { writer_->ended(done, false); }
void trace_file::on_error(const statement_event& failed) { writer_->ended(failed, false); }
void trace_file::on_abandon(const statement_event& left) { writer_->ended(left, true); }

}  // namespace orm::inline v0
