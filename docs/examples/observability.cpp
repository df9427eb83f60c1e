// Seeing what happens: observers, the slow-query log, metrics, spans and a trace file.
#include "library.hpp"
#include "server.hpp"

// [headers]
#include <asynchrormous/observe/metrics.hpp>
#include <asynchrormous/observe/slow_query_log.hpp>
#include <asynchrormous/observe/spans.hpp>
#include <asynchrormous/observe/trace_file.hpp>
// [/headers]

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {

std::vector<std::string> written;
void write_to_log(std::string_view line) { written.emplace_back(line); }

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// [observer]
// Counts the rows that a piece of the program reads.
class row_counter final : public orm::observer {
public:
    void on_done(const orm::statement_event& done) override { rows += done.rows; }

    std::int64_t rows = 0;
};
// [/observer]

void of_this_thread() {
    // [observing]
    row_counter counter;
    {
        const orm::observing now(counter);
        for (const Book& book : Book::objects.filter("pages__gt"_k = 300)) check(book.pages > 300);
    }
    check(counter.rows == 3);
    // [/observing]
}

void of_a_database(const std::string& url) {
    // [database]
    auto slow =
        std::make_shared<orm::slow_query_log>(orm::slow_query_options{.threshold = 50ms}, &write_to_log);
    auto metrics = std::make_shared<orm::metrics>();
    orm::database db = orm::connect(url, {.alias = "main", .observers = {slow, metrics}});
    // [/database]
    db.make_current();

    // [slow]
    orm::execute("SELECT pg_sleep(0.06), 'something private'").get();
    // 61.022 ms (pool 0.004 ms, pipeline 0.035 ms, server 60.968 ms), 1 rows, 1 affected, on main:
    //     SELECT pg_sleep(?), ?
    check(written.size() == 1);
    check(!holds(written[0], "private"));
    // [/slow]

    static_cast<void>(Book::objects.count());
    // [metrics]
    const std::string page = metrics->text();
    check(holds(page, "asynchrormous_queries_total{database=\"main\",operation=\"select\",status=\"ok\"} 1"));
    // [/metrics]
    db.close().get();
}

// [spans]
// What a tracer needs of a span; here it only remembers them. With opentelemetry-cpp, begin() is
// tracer->StartSpan(span.name, attributes, {.kind = SpanKind::kClient}), and end() sets status and
// attributes and ends it.
class my_spans final : public orm::spans {
public:
    std::vector<orm::span> ended{};

private:
    void* begin(const orm::span&) override { return this; }  // in the caller's stack: its span is the parent
    void end(void*, const orm::span& span) override { ended.push_back(span); }
};
// [/spans]

void as_spans() {
    my_spans spans;
    const orm::observing now(spans);
    static_cast<void>(Book::objects.filter("title"_k = "Tehanu").count());
    const orm::span& span = spans.ended.at(0);
    check(span.name.starts_with("SELECT "));
    check(std::get<std::string>(*span.find("db.system.name")) == "postgresql");
    check(std::get<std::string>(*span.find("db.query.text")).starts_with("SELECT COUNT(*)"));
    check(!span.find("error.type"));
}

void as_trace() {
    const std::string path = "/tmp/orm_example_" + std::to_string(::getpid()) + ".json";
    // [trace]
    {
        orm::trace_file trace(path);
        const orm::observing now(trace);
        auto books = Book::objects.async().count();
        auto authors = Author::objects.async().count();
        check(books + authors == 7);
    }  // the file is whole now: open it with https://ui.perfetto.dev or chrome://tracing
    // [/trace]
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    check(holds(text.str(), "\"traceEvents\""));
    std::remove(path.c_str());
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        fill_library();
        of_this_thread();
        as_spans();
        as_trace();
        of_a_database(url);
        db.close().get();
    });
}
