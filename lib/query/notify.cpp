#include <asynchrormous/postgres/text_codec.hpp>
#include <asynchrormous/query/notify.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/route.hpp>
#include <asynchrormous/sql/error.hpp>

#include <string>
#include <utility>

namespace orm::inline v0 {

lazy<void> notify(std::string_view channel, std::string_view payload, const std::optional<database>& using_) {
    constexpr std::size_t longest = 7'999;  // NOTIFY_PAYLOAD_MAX_LENGTH - 1 in async.c
    postgres::check_channel(channel);
    if (payload.size() > longest)
        throw query_error("the payload for channel '" + std::string(channel) + "' has " +
                          std::to_string(payload.size()) +
                          " bytes, and PostgreSQL takes 7999: send the key of a row that holds it");
    sql::statement made;
    made.text = std::string("SELECT pg_notify($1, $2)");
    for (const std::string_view each : {channel, payload})
        made.parameters.push_back({{sql::type_kind::text}, std::string(each)});
    return query_detail::launch<void>(query_detail::route::choose(using_), std::move(made),
                                      postgres::access::write, query_detail::decode_nothing<>());
}

}  // namespace orm::inline v0
