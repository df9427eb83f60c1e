// What all examples need and none is about: a server, a schema of their own on it, and a way to check a
// claim.
#pragma once

#include <asynchrormous/orm.hpp>
#include <asynchrormous/testing/cluster.hpp>

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <source_location>
#include <stdexcept>
#include <string>

// Ends the example with an error when what the documentation claims is not so.
inline void check(bool claim, std::source_location at = std::source_location::current()) {
    if (!claim)
        throw std::logic_error(std::string(at.file_name()) + ":" + std::to_string(at.line()) +
                               ": this is not so");
}

template <class Error, class F>
void check_throws(F wrong, std::source_location at = std::source_location::current()) {
    try {
        static_cast<void>(wrong());
    } catch (const Error&) {
        return;
    }
    check(false, at);
}

class example_server {
public:
    example_server() { run("CREATE SCHEMA " + schema_); }
    ~example_server() {
        try {
            run("DROP SCHEMA " + schema_ + " CASCADE");
        } catch (const orm::error& e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
    }
    example_server(const example_server&) = delete;
    example_server& operator=(const example_server&) = delete;

    // A URL whose connections find unqualified names in the schema.
    std::string url() const {
        const std::string& whole = cluster_.url();
        return whole + (whole.find('?') == std::string::npos ? '?' : '&') + "options=-csearch_path%3D" +
               schema_;
    }

private:
    void run(const std::string& sql) {
        orm::database db = orm::connect(cluster_.url());
        db.make_current();
        orm::execute(sql).get();
        db.close().get();
    }

    orm::testing::cluster cluster_ = orm::testing::cluster::from_environment_or_private();
    std::string schema_ = "example_" + std::to_string(::getpid());
};

// main() of an example: gives it the URL of a server; 0 when all it claims is so.
template <class F>
int run_example(F example) {
    try {
        const example_server server;
        example(server.url());
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
