// Starts a throwaway PostgreSQL, fills a schema, and answers every case; then keeps the server until run.py,
// which reads all this from a pipe, closes the other one.
#include "documents.hpp"
#include "oracle.hpp"
#include "trees.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <unistd.h>

#include <cstdio>

namespace oracle {

namespace {

std::string current_topic;

void print(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
}

std::string field(std::string_view name, std::string_view text) {
    std::string out;
    write(out, name);
    out += ':';
    write(out, text);
    return out;
}

// What Django calls such an error; others are compared with nothing, and fail.
std::string name_of(const std::exception& failure) {
    if (dynamic_cast<const orm::object_does_not_exist*>(&failure)) return "DoesNotExist";
    if (dynamic_cast<const orm::multiple_objects*>(&failure)) return "MultipleObjectsReturned";
    if (dynamic_cast<const orm::unique_violation*>(&failure)) return "IntegrityError";
    if (dynamic_cast<const orm::object_not_updated*>(&failure)) return "NotUpdated";
    if (dynamic_cast<const orm::transaction_aborted*>(&failure)) return "TransactionManagementError";
    return failure.what();
}

template <class M>
void append_rows(std::string& out) {
    if (out.size() > 1) out += ',';
    write(out, M::objects.template order_by<"pk">().rows());
}

// A schema of its own, so that the server may be one that has other tables; public has its extensions.
std::string schema_name() { return "oracle_" + std::to_string(getpid()); }

std::string url_with_schema(const std::string& url) {
    return url + (url.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" +
           schema_name() + ",public";
}

void run_all() {
    create_data();
    check_lookups();
    check_dates();
    check_joins();
    check_relations();
    check_loading();
    check_exclude();
    check_ordering();
    check_slicing();
    check_values();
    check_aggregates();
    check_trees();
    check_many_trees();
    check_transforms();
    check_arrays();
    create_documents();
    check_json_paths();
    check_expressions();
    check_functions();
    check_time_functions();
    check_statistics();
    check_windows();
    check_subqueries();
    check_annotated();
    check_filtered_relations();
    check_rows_with_annotations();
    check_groups();
    check_writes();
    check_periods();
    check_sets();
    check_firsts();
    check_several_rows();
    check_nulls();
    check_one_row();
    check_nested();
    check_search();
    check_more_functions();
    check_frames();
    check_several_aggregates();
    check_walks();
    check_returning();
    check_dynamic();
    check_annotated_trees();
    check_managers();
    check_locks();
    check_bulk();
    check_transactions();
    check_writing();
    check_validation();
    check_column_types();
    check_left_out();
    check_deletes_with_rules();
    check_hstores();
}

}  // namespace

void begin_topic(std::string_view topic) { current_topic = topic; }

void report(std::string_view name, std::string_view answer, std::string_view sql) {
    print("{" + field("topic", current_topic) + "," + field("case", name) + "," + field("sql", sql) +
          ",\"answer\":" + std::string(answer) + "}");
}

void report_failure(std::string_view name, const std::exception& failure, std::string_view sql) {
    report(name, "{" + field("error", name_of(failure)) + "}", sql);
}

void report_tree(std::string_view model, std::string_view method, std::string_view tree,
                 std::string_view keys, std::string_view sql) {
    print("{" + field("model", model) + "," + field("method", method) + "," + field("sql", sql) +
          ",\"tree\":" + std::string(tree) + ",\"keys\":" + std::string(keys) + "}");
}

std::string shown(const orm::sql_text& sql) {
    std::string out = sql.text;
    for (std::size_t i = 0; i < sql.binds.size(); ++i) out += (i ? ", " : "  <- ") + sql.binds[i];
    return out;
}

void restart_keys() {
    for (const char* table : {"author", "book", "tag", "book_tag", "review"})
        orm::execute("SELECT setval(pg_get_serial_sequence($1, 'id'), 5000)", table).get();
}

std::string all_rows() {
    std::string out = "[";
    append_rows<Country>(out);
    append_rows<Author>(out);
    append_rows<Book>(out);
    append_rows<Tag>(out);
    append_rows<BookTag>(out);
    append_rows<Review>(out);
    return out + "]";
}

}  // namespace oracle

int main() {
    using namespace oracle;
    try {
        orm::testing::cluster server = orm::testing::cluster::from_environment_or_private();
        orm::database outside = orm::connect(server.url());
        outside.make_current();
        orm::execute("CREATE SCHEMA " + schema_name()).get();
        orm::database db = orm::connect(url_with_schema(server.url()));
        db.make_current();
        print("{" + field("database", server.url()) + "," + field("schema", schema_name()) + "}");
        run_all();
        print("{\"done\":true}");
        std::fflush(stdout);
        while (std::getchar() != EOF) {
        }
        orm::execute("DROP SCHEMA " + schema_name() + " CASCADE").get();
        db.close().get();
        outside.close().get();
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "oracle_tests: %s\n", failure.what());
        return 1;
    }
    return 0;
}
