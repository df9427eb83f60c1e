// Cases are written twice, side by side: check("name", query) in topic.cpp, "name": lambda: query in
// topic.py. This program asks through the public API and prints a line of JSON for each; run.py asks Django
// and compares.
#pragma once

#include "models.hpp"
#include "write.hpp"

#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace oracle {

// The cases that follow belong to topic.cpp and topic.py.
void begin_topic(std::string_view topic);

// One line for run.py. `answer` is JSON.
void report(std::string_view name, std::string_view answer, std::string_view sql = {});
void report_failure(std::string_view name, const std::exception& failure, std::string_view sql = {});

// The statement with its values, for those who look for the reason of a difference.
std::string shown(const orm::sql_text& sql);

// Keys that the database gives from here on begin anew, so that both sides see the same.
void restart_keys();

// The rows of the tables that writes change, as one JSON array.
std::string all_rows();

// Ends the transaction of a write, whose rows were looked at.
struct rolled_back {};

// The rows of a QuerySet.
template <class M, class Row>
void check(std::string_view name, const orm::queryset<M, Row>& rows) {
    std::string sql;
    try {
        sql = shown(rows.sql());
        std::string answer;
        write(answer, rows.rows());
        report(name, answer, sql);
    } catch (const std::exception& failure) {
        report_failure(name, failure, sql);
    }
}

// What a function returns: one row, a count, …; what it throws is compared as well.
template <std::invocable F>
void check(std::string_view name, F asked) {
    try {
        std::string answer;
        write(answer, asked());
        report(name, answer);
    } catch (const std::exception& failure) {
        report_failure(name, failure);
    }
}

// What a write returns, and all rows as it leaves them; it is rolled back.
template <std::invocable F>
void check_write(std::string_view name, F change) {
    try {
        orm::atomic([&] {
            restart_keys();
            std::string answer = "[";
            write(answer, change());
            report(name, answer += "," + all_rows() + "]");
            throw rolled_back();
        });
    } catch (const rolled_back&) {
    } catch (const std::exception& failure) {
        report_failure(name, failure);
    }
}

// What is no proper question: a query_error here, and in Django an error of its own; refused() in topic.py.
// Should it be answered, what it changed is rolled back.
template <std::invocable F>
void check_refused(std::string_view name, F asked) {
    try {
        orm::atomic([&] {
            std::string answer;
            write(answer, asked());
            report(name, answer);
            throw rolled_back();
        });
    } catch (const rolled_back&) {
    } catch (const orm::query_error&) {
        report(name, "\"refused\"");
    } catch (const std::exception& failure) {
        report_failure(name, failure);
    }
}

void create_data();

// One for each topic, in its own file.
void check_lookups();
void check_dates();
void check_joins();
void check_relations();
void check_loading();
void check_exclude();
void check_ordering();
void check_slicing();
void check_values();
void check_aggregates();
void check_transforms();
void check_arrays();
void check_json_paths();
void check_expressions();
void check_functions();
void check_time_functions();
void check_statistics();
void check_windows();
void check_subqueries();
void check_annotated();
void check_rows_with_annotations();
void check_groups();
void check_filtered_relations();
void check_writes();
void check_writing();
void check_validation();
void check_deletes_with_rules();
void check_periods();
void check_sets();
void check_firsts();
void check_several_rows();
void check_nulls();
void check_one_row();
void check_nested();
void check_search();
void check_more_functions();
void check_frames();
void check_several_aggregates();
void check_walks();
void check_returning();
void check_dynamic();
void check_managers();
void check_locks();
void check_column_types();
void check_left_out();
void check_hstores();
void check_bulk();
void check_transactions();
void check_trees();
void check_many_trees();
void check_annotated_trees();

}  // namespace oracle
