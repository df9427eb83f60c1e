// Statements as spans with OpenTelemetry's names, to be handed to whatever tracer the program has. Follows
// the stable semantic conventions for PostgreSQL clients (opentelemetry.io/docs/specs/semconv/db/postgresql):
// the span's kind is CLIENT, its name the operation and the database: "SELECT shop".
//     class my_spans : public orm::spans {
//         void* begin(const orm::span& span) override { … tracer->StartSpan(span.name, …); … }
//         void end(void* begun, const orm::span& span) override { … }
//     };
// Threads: as for every observer.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/observer.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace orm::inline v0 {

struct span_attribute {
    std::string key{};  // "db.query.text"
    std::variant<std::string, std::int64_t> value{};
};

struct span {
    std::string name{};
    std::chrono::system_clock::time_point begun{};
    std::chrono::nanoseconds duration{};  // 0 until it ends
    // The status is an error exactly when error.type is among them.
    std::vector<span_attribute> attributes{};
    bool failed = false;

    // Null: there is none of that name.
    ORM_EXPORT const std::variant<std::string, std::int64_t>* find(std::string_view key) const noexcept;
};

struct span_options {
    bool parameters = false;   // db.query.parameter.0 and so on
    bool rows = false;         // db.response.returned_rows
    bool transactions = true;  // spans for COMMIT, ROLLBACK and savepoints
};

// Attributes of the beginning: db.system.name, db.namespace (the database's name), db.query.text (raw SQL
// that binds nothing is redacted), db.operation.name (of the library's own text), server.address, server.port
// (unless it is 5432), code.file.path and code.line.number where they are known. Of the end: all of these,
// and error.type and db.response.status_code (the SQLSTATE; where the server said nothing, error.type is the
// exception's class).
class ORM_EXPORT spans : public observer {
public:
    explicit spans(const span_options& options = {});
    ~spans() override;

    void on_submit(const statement_event& submitted) final;
    void on_done(const statement_event& done) final { finish(done); }
    void on_error(const statement_event& failed) final { finish(failed); }
    void on_abandon(const statement_event& left) final { finish(left); }
    bool wants_parameters() const noexcept final { return options_.parameters; }

protected:
    // In the caller's stack, so that the tracer's active span is its parent. What it returns comes back to
    // end(); null: the statement is not sampled, end() is not called.
    virtual void* begin(const span& begun) = 0;
    virtual void end(void* begun, const span& ended) = 0;

private:
    void finish(const statement_event& how);
    span describe(const statement_event& statement) const;

    struct open_spans;

    const span_options options_;
    std::unique_ptr<open_spans> open_;
};

}  // namespace orm::inline v0
