// What rows know of where they came from, and the detector of queries in loops.
#include <asynchrormous/postgres/observer.hpp>
#include <asynchrormous/query/loading.hpp>
#include <asynchrormous/query/n_plus_one.hpp>
#include <asynchrormous/query/origin.hpp>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace orm::inline v0 {

namespace {

struct development {
    std::size_t threshold = 0;
    callback<const n_plus_one&> report{};
    fetch mode = fetch::one;
};

development& this_thread() {
    thread_local development mode;
    return mode;
}

void print(const n_plus_one& found) { std::fprintf(stderr, "asynchrormous: %s\n", found.text().c_str()); }

}  // namespace

fetch set_default_fetch_mode(fetch mode) noexcept { return std::exchange(this_thread().mode, mode); }

void detect_n_plus_one(std::size_t threshold, callback<const n_plus_one&> report) {
    development& mode = this_thread();
    mode.threshold = threshold;
    mode.report = report ? std::move(report) : callback<const n_plus_one&>(&print);
}

std::string n_plus_one::text() const {
    const std::string relation(member);
    std::string result = "the same query ran " + std::to_string(times) + " times for " + std::string(model) +
                         "." + relation + " of the rows of one result";
    if (where)
        result +=
            ", of the QuerySet at " + std::string(where->file_name()) + ":" + std::to_string(where->line());
    result += "; load them all by one query: select_related<\"" + relation + "\">() or prefetch_related<\"" +
              relation + "\">() of that QuerySet, or fetch_mode(orm::fetch::peers). The rows came from: " +
              std::string(query) + "; what was repeated: " + std::string(statement);
    return result;
}

namespace query_detail {

bool wants_places() noexcept { return this_thread().threshold > 0 || anybody_observes(); }

struct query_settings::shared final : ref_counted {
    explicit shared(said all) : what(std::move(all)) {}
    const said what;
};

query_settings::query_settings(said what) : shared_(make_intrusive<const shared>(std::move(what))) {}

query_settings::query_settings(std::optional<database> chosen) {
    if (chosen) *this = query_settings(said{.chosen = std::move(chosen)});
}

const query_settings::said& query_settings::parts() const noexcept {
    static const said nothing{};
    return shared_ ? static_cast<const shared&>(*shared_).what : nothing;
}

query_settings query_settings::because_of(const intrusive_ptr<model_detail::relation_slot>& slot) {
    const member_origin* origin = origin_in(slot);
    if (!origin || !origin->result) return {};
    return query_settings(said{.chosen = origin->result->where_from, .cause = model_detail::origin_of(slot)});
}

query_settings query_settings::with(database chosen) const {
    said changed = parts();
    changed.chosen = std::move(chosen);
    changed.cause = nullptr;
    return query_settings(std::move(changed));
}

query_settings query_settings::with(fetch mode) const {
    said changed = parts();
    changed.mode = mode;
    return query_settings(std::move(changed));
}

query_settings query_settings::at(const std::source_location& where) const {
    if (!wants_places()) return *this;
    said changed = parts();
    changed.where = where;
    return query_settings(std::move(changed));
}

result_origin::result_origin(const query_settings& settings, std::string_view text)
    : where_from(settings.chosen()),
      mode(settings.mode().value_or(this_thread().mode)),
      query(text),
      written(settings.where()) {}

fetch mode_of(const member_origin* origin) noexcept {
    return origin && origin->result ? origin->result->mode : this_thread().mode;
}

void note_origin(const query_settings& settings, sql::statement& statement, bool reads) {
    const development& mode = this_thread();
    if (reads && settings.cause() && mode.threshold > 0)
        count_query(static_cast<const member_origin&>(*settings.cause()), statement.text);
    const bool something_to_say = settings.chosen() || settings.mode() ||
                                  (anybody_observes() && settings.where()) || mode.mode != fetch::one ||
                                  mode.threshold > 0;
    if (something_to_say) statement.note = make_intrusive<result_origin>(settings, statement.text);
}

peer_group::~peer_group() {
    for (load_ticket* each : tickets_) each->state().release();
}

void peer_group::keep(load_ticket& ticket) {
    ticket.state().add_ref();
    tickets_.push_back(&ticket);
}

load_ticket* peer_group::find(std::string_view key) const { return find_ticket(tickets_, key); }

void count_query(const member_origin& cause, std::string_view text) {
    development& mode = this_thread();
    if (mode.threshold == 0 || !cause.result) return;
    auto& asked = cause.result->asked;
    auto at =
        std::find_if(asked.begin(), asked.end(), [text](const auto& each) { return each.text == text; });
    if (at == asked.end()) at = asked.insert(asked.end(), {std::string(text), 0});
    if (++at->times != mode.threshold + 1) return;
    mode.report({cause.model, cause.field, at->text, cause.result->query, at->times, cause.result->written});
}

}  // namespace query_detail

}  // namespace orm::inline v0
