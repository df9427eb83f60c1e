#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/decode.hpp>
#include <asynchrormous/query/explain.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/raw.hpp>

namespace orm::inline v0::query_detail {

std::int64_t decode_count::operator()(const postgres::result_view& result, const sql::statement&) const {
    return postgres::read<std::int64_t>(result.at(0, 0), result.type_oid(0));
}

bool decode_exists::operator()(const postgres::result_view& result, const sql::statement&) const {
    return result.rows() > 0;
}

std::int64_t decode_affected::operator()(const postgres::result_view& result, const sql::statement&) const {
    return result.affected_rows();
}

std::string decode_lines::operator()(const postgres::result_view& result, const sql::statement&) const {
    std::string lines;
    for (int r = 0; r < result.rows(); ++r) {
        const postgres::field_view line = result.at(r, 0);
        lines.append(line.data, static_cast<std::size_t>(line.size));
        if (r + 1 < result.rows()) lines += '\n';
    }
    return lines;
}

std::string decode_lines::without_rows(const sql::statement&) const {
    return "no query: the conditions match no row";
}

lazy<std::int64_t> run_raw(sql::statement statement) {
    return launch<std::int64_t>(route::choose(std::nullopt), std::move(statement), postgres::access::raw,
                                decode_affected());
}

}  // namespace orm::inline v0::query_detail
