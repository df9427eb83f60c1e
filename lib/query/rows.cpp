#include <asynchrormous/query/errors.hpp>
#include <asynchrormous/query/raw.hpp>
#include <asynchrormous/query/rows.hpp>

#include <string>

namespace orm::inline v0::query_detail {

namespace {

std::string type_text(std::uint32_t oid) {
    const std::string_view known = sql::name_of_oid(oid);
    return known.empty() ? "the type with OID " + std::to_string(oid) : std::string(known);
}

[[noreturn]] void throw_mismatch(const postgres::result_view& result, int column, std::string_view cpp_type,
                                 const sql::statement& from) {
    throw column_mismatch("column \"" + std::string(result.column_name(column)) + "\" is " +
                          type_text(result.type_oid(column)) + " in PostgreSQL, which cannot be read into " +
                          std::string(cpp_type) +
                          "; change the member's type or migrate the column (query: " + from.text.str() +
                          ")");
}

}  // namespace

void check_columns(const postgres::result_view& result, std::span<const column_check> wanted,
                   std::span<const int> places, const sql::statement& from) {
    if (static_cast<std::size_t>(result.columns()) < wanted.size())
        throw column_mismatch("the result has " + std::to_string(result.columns()) + " columns where " +
                              std::to_string(wanted.size()) + " were expected (query: " + from.text.str() +
                              ")");
    for (std::size_t c = 0; c < wanted.size(); ++c)
        if (!wanted[c].accepts(result.type_oid(places[c])))
            throw_mismatch(result, places[c], wanted[c].cpp_type, from);
}

void throw_unexpected_null(const postgres::result_view& result, int column, std::string_view cpp_type) {
    throw column_mismatch(
        "column \"" + std::string(result.column_name(column)) + "\" is NULL in a row, but is read into " +
        std::string(cpp_type) +
        ", which has no place for NULL; make the member std::optional or the column NOT NULL");
}

std::vector<int> places_by_name(const postgres::result_view& result, const sql::table& model) {
    std::vector<int> places;
    for (const sql::column& column : model.columns) {
        int place = 0;
        while (place < result.columns() && result.column_name(place) != column.name) ++place;
        if (place == result.columns())
            throw column_mismatch("the raw query has no column \"" + std::string(column.name) +
                                  "\", which is member " + std::string(column.field) + " of " +
                                  std::string(model.model) + "; select it, or name a column so with AS");
        places.push_back(place);
    }
    return places;
}

}  // namespace orm::inline v0::query_detail
