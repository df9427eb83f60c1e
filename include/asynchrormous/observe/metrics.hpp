// Counters and histograms in Prometheus' text format (version 0.0.4), for the program's own /metrics.
//     auto metrics = std::make_shared<orm::metrics>();
//     orm::database db = orm::connect(url, {.observers = {metrics}});
//     reply(metrics->text());                                  // Content-Type: orm::metrics::content_type
// Labels are few and their values known beforehand: the database's alias (32 of them, then "other"), the kind
// of statement, the class of an error. Never SQL text, tables or values. Durations are in seconds, sizes in
// bytes. Threads: any; one object may be given to the databases of several threads.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/observer.hpp>

#include <memory>
#include <string>
#include <vector>

namespace orm::inline v0 {

struct metrics_options {
    std::string prefix = "asynchrormous";
    // Upper bounds in seconds, ascending.
    std::vector<double> buckets{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};
};

class ORM_EXPORT metrics final : public observer {
public:
    static constexpr const char* content_type = "text/plain; version=0.0.4; charset=utf-8";

    // Throws: std::invalid_argument for a prefix that Prometheus does not take, and for bounds out of order.
    explicit metrics(const metrics_options& options = {});
    ~metrics() override;

    // All families, each with its HELP and TYPE.
    std::string text() const;

    void on_connect(const connection_event& made) override;
    void on_disconnect(const connection_event& ended) override;
    void on_submit(const statement_event& submitted) override;
    void on_send(const statement_event& sent) override;
    void on_done(const statement_event& done) override;
    void on_error(const statement_event& failed) override;
    void on_abandon(const statement_event& left) override;

private:
    class book;
    std::unique_ptr<book> book_;
};

}  // namespace orm::inline v0
