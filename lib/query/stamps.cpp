#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/stamps.hpp>

namespace orm::inline v0::query_detail {

namespace {

template <class T>
sql::parameter moment() {
    T now{};
    set_moment(now, timestamptz::now());
    return postgres::to_parameter(now);
}

sql::parameter moment_of(sql::type type) {
    if (type.kind == sql::type_kind::date) return moment<date>();
    return type.kind == sql::type_kind::timestamp ? moment<timestamp>() : moment<timestamptz>();
}

}  // namespace

sql::assignment stamp_of(const sql::path& column) {
    const sql::column& target = *column.target;
    if (target.version) return {&target, sql::call({"{0} + 1"}, {sql::field(column)}, target.type)};
    return {&target, sql::value(moment_of(target.type))};
}

}  // namespace orm::inline v0::query_detail
