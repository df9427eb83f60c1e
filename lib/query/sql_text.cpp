#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/explain.hpp>
#include <asynchrormous/query/order.hpp>
#include <asynchrormous/query/sql_text.hpp>
#include <asynchrormous/query/write.hpp>
#include <asynchrormous/sql/error.hpp>

namespace orm::inline v0::query_detail {

sql_text readable(const sql::statement& statement) {
    sql_text out{statement.text.str(), {}};
    for (const sql::parameter& bound : statement.parameters) out.binds.push_back(postgres::to_text(bound));
    return out;
}

sql::statement explain_statement(sql::statement query, const explain_options& options) {
    if (query.empty) return query;
    const std::string_view format = options.format;
    if (format != "text" && format != "json" && format != "yaml" && format != "xml")
        throw query_error("explain() knows the formats text, json, yaml and xml, not \"" +
                          std::string(format) + "\"");
    std::string prefix = "EXPLAIN (FORMAT " + std::string(format);
    if (options.analyze) prefix += ", ANALYZE";
    if (options.verbose) prefix += ", VERBOSE";
    if (options.buffers) prefix += ", BUFFERS";
    if (!options.costs) prefix += ", COSTS OFF";
    query.text = prefix + ") " + query.text.str();
    return query;
}

sql::query sliced(const sql::query& rows, slice part) {
    if (part.start < 0 || (part.stop && *part.stop < 0))
        throw query_error("a slice of " + std::string(rows.source().model) +
                          " rows counts from the start: reverse() the order instead of a negative bound");
    const auto start = static_cast<std::uint64_t>(part.start);
    if (!part.stop) return rows.slice(start, std::nullopt);
    const auto stop = static_cast<std::uint64_t>(*part.stop);
    return rows.slice(start, stop > start ? stop - start : 0);
}

}  // namespace orm::inline v0::query_detail
