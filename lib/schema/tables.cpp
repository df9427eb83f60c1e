#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/schema/ddl.hpp>
#include <asynchrormous/schema/tables.hpp>

#include <string>
#include <vector>

namespace orm::inline v0::schema {

namespace {

// One DO block is one statement: atomic, one round trip, and welcome inside a transaction.
// PostgreSQL documentation: SQL command DO; 4.1.2.4 Dollar-Quoted String Constants.
std::string do_block(const std::vector<std::string>& statements) {
    std::string body;
    for (const std::string& statement : statements) body += statement + ";\n";
    std::string tag = "$ddl$";
    while (body.find(tag) != std::string::npos) tag.insert(tag.size() - 1, "_");
    return "DO " + tag + "\nBEGIN\n" + body + "END\n" + tag;
}

lazy<void> run_all(const std::vector<std::string>& statements) {
    return query_detail::launch<void>(query_detail::route::choose(std::nullopt), {do_block(statements), {}},
                                      postgres::access::write, query_detail::decode_nothing<>());
}

}  // namespace

lazy<void> run_create(std::span<const sql::table* const> tables) {
    return run_all(create_statements(tables));
}

lazy<void> run_drop(std::span<const sql::table* const> tables) { return run_all(drop_statements(tables)); }

}  // namespace orm::inline v0::schema
