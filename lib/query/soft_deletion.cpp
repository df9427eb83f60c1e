#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/soft_deletion.hpp>

#include <vector>

namespace orm::inline v0::query_detail {

sql::query with_mark(const sql::query& rows, const sql::path& mark, bool marked) {
    return rows.filter(sql::is_null(sql::field(mark), !marked));
}

// It counts as a write: who has read the row before is not to save it without the mark.
sql::statement mark_statement(const sql::query& rows, const sql::path& mark, const sql::path& version,
                              bool deleted, std::span<const sql::selected_column> returning) {
    const std::optional<timestamptz> moment =
        deleted ? std::optional(timestamptz::now()) : std::optional<timestamptz>();
    std::vector<sql::assignment> terms{{mark.target, sql::value(postgres::to_parameter(moment))}};
    if (version.target)
        terms.push_back(
            {version.target, sql::call({"{0} + 1"}, {sql::field(version)}, version.target->type)});
    return sql::render_update(with_mark(rows, mark, !deleted), terms, returning);
}

}  // namespace orm::inline v0::query_detail
