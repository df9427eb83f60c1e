// A file that chrome://tracing and https://ui.perfetto.dev open, to see which statements waited for what and
// which shared a round trip.
//     {
//         orm::trace_file trace("queries.json");
//         const orm::observing now(trace);
//         …
//     }                                                              // the file is whole now
// A track for each connection holds the time that the server had for each statement. Over it stand, as they
// overlap, each statement from handing it over to its end, with its waits inside, and each Sync with the
// statements that shared it. Chosen, a statement shows its text, rows, bytes, place, Sync and round trip;
// values only when asked for. Format: Chrome's Trace Event Format, a JSON object.
// Threads: one file may be given to the databases of several threads.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/observer.hpp>

#include <memory>
#include <string>

namespace orm::inline v0 {

struct trace_options {
    bool parameters = false;  // values too
};

class ORM_EXPORT trace_file final : public observer {
public:
    // Throws: std::system_error when the file cannot be made.
    explicit trace_file(const std::string& path, const trace_options& options = {});
    // Ends the file as close() does; what goes wrong then goes to set_unobserved_error_hook.
    ~trace_file() override;

    // What comes later is not in it. Throws: std::system_error when the file could not be written.
    void close();

    void on_connect(const connection_event& made) override;
    void on_send(const statement_event& sent) override;
    void on_done(const statement_event& done) override;
    void on_error(const statement_event& failed) override;
    void on_abandon(const statement_event& left) override;
    bool wants_parameters() const noexcept override { return options_.parameters; }

private:
    class writer;

    const trace_options options_;
    std::unique_ptr<writer> writer_;
};

}  // namespace orm::inline v0
