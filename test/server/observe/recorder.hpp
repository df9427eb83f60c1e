// An observer that writes down what it is told.
#pragma once

#include <asynchrormous/postgres/observer.hpp>
#include <asynchrormous/postgres/to_text.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace test {

class recorder final : public orm::observer {
public:
    explicit recorder(bool with_parameters = false) : with_parameters_(with_parameters) {}

    struct entry {
        std::string what{};
        orm::statement_event event{};  // without its text and error_type, which are gone
        std::string text{};
        std::string error_type{};
        std::string sqlstate{};
        std::vector<std::string> parameters{};
        std::string file{};
        unsigned line = 0;
    };

    void on_connect(const orm::connection_event& made) override {
        connections += made.error ? "refused " : "made ";
        processes.push_back(made.server_process);
    }
    void on_disconnect(const orm::connection_event& ended) override {
        connections += "ended ";
        processes.push_back(ended.server_process);
    }
    void on_submit(const orm::statement_event& event) override { note("submit", event); }
    void on_acquire(const orm::statement_event& event) override { note("acquire", event); }
    void on_send(const orm::statement_event& event) override { note("send", event); }
    void on_first_row(const orm::statement_event& event) override { note("first row", event); }
    void on_done(const orm::statement_event& event) override { note("done", event); }
    void on_error(const orm::statement_event& event) override { note("error", event); }
    void on_abandon(const orm::statement_event& event) override { note("abandon", event); }
    bool wants_parameters() const noexcept override { return with_parameters_; }

    // What happened to the statement with that in its text: "submit, acquire, send, first row, done".
    std::string story(std::string_view text) const {
        std::string all;
        for (const entry& each : entries)
            if (each.text.find(text) != std::string::npos) all += (all.empty() ? "" : ", ") + each.what;
        return all;
    }
    std::vector<entry> all(std::string_view what) const {
        std::vector<entry> found;
        std::ranges::copy_if(entries, std::back_inserter(found),
                             [&](const entry& each) { return each.what == what; });
        return found;
    }

    std::vector<entry> entries{};
    std::string connections{};
    std::vector<int> processes{};

private:
    void note(const char* what, const orm::statement_event& event) {
        entry noted{.what = what,
                    .event = event,
                    .text = std::string(event.text),
                    .error_type = std::string(event.error_type),
                    .sqlstate = std::string(event.sqlstate)};
        for (const auto& each : event.parameters) noted.parameters.push_back(orm::postgres::to_text(each));
        if (event.where) noted.file = event.where->file_name(), noted.line = event.where->line();
        entries.push_back(std::move(noted));
    }

    const bool with_parameters_;
};

}  // namespace test
