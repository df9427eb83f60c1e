#include <asynchrormous/observe/redacted.hpp>
#include <asynchrormous/observe/spans.hpp>
#include <asynchrormous/postgres/to_text.hpp>

#include <algorithm>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace orm::inline v0 {

namespace {

constexpr std::uint16_t default_port = 5432;

void add(span& to, std::string key, std::string_view text) {
    if (!text.empty()) to.attributes.push_back({std::move(key), std::string(text)});
}
void add(span& to, std::string key, std::int64_t number) {
    to.attributes.push_back({std::move(key), number});
}

void add_server(span& to, const observed_database& server) {
    add(to, "db.namespace", server.name);
    add(to, "server.address", server.address);
    if (server.port != default_port) add(to, "server.port", std::int64_t{server.port});
}

std::string name_of(std::string_view operation, const observed_database& where) {
    if (operation.empty() && where.name.empty()) return "postgresql";
    if (operation.empty() || where.name.empty()) return std::string(operation) + where.name;
    return std::string(operation) + " " + where.name;
}

}  // namespace

struct spans::open_spans {
    struct one {
        void* begun;
        std::chrono::system_clock::time_point since;
    };

    std::optional<one> take(std::uint64_t id) {
        const std::lock_guard alone(changing);
        const auto at = all.find(id);
        if (at == all.end()) return std::nullopt;
        const one found = at->second;
        all.erase(at);
        return found;
    }
    void keep(std::uint64_t id, one what) {
        const std::lock_guard alone(changing);
        all.insert_or_assign(id, what);
    }

    std::mutex changing{};
    std::unordered_map<std::uint64_t, one> all{};
};

const std::variant<std::string, std::int64_t>* span::find(std::string_view key) const noexcept {
    const auto at = std::ranges::find(attributes, key, &span_attribute::key);
    return at == attributes.end() ? nullptr : &at->value;
}

spans::spans(const span_options& options) : options_(options), open_(std::make_unique<open_spans>()) {}
spans::~spans() = default;

span spans::describe(const statement_event& statement) const {
    span described;
    const std::string_view operation = operation_name(statement);
    described.name = name_of(operation, *statement.database);
    add(described, "db.system.name", "postgresql");
    add_server(described, *statement.database);
    // Text with parameters is shown as it is: who binds values has none in the text.
    add(described, "db.query.text",
        statement.parameter_count > 0 ? std::string(statement.text) : shown_text(statement));
    add(described, "db.operation.name", operation);
    if (statement.where) {
        add(described, "code.file.path", statement.where->file_name());
        add(described, "code.line.number", std::int64_t{statement.where->line()});
    }
    for (std::size_t i = 0; i < statement.parameters.size(); ++i)
        add(described, "db.query.parameter." + std::to_string(i), postgres::to_text(statement.parameters[i]));
    return described;
}

void spans::on_submit(const statement_event& submitted) {
    if (!options_.transactions && submitted.control != postgres::control_kind::none) return;
    span begun = describe(submitted);
    begun.begun = std::chrono::system_clock::now();
    if (void* const token = begin(begun)) open_->keep(submitted.id, {token, begun.begun});
}

void spans::finish(const statement_event& how) {
    const auto opened = open_->take(how.id);
    if (!opened) return;
    span ended = describe(how);
    ended.begun = opened->since;
    ended.duration = how.total();
    if (how.error) {
        ended.failed = true;
        add(ended, "error.type", how.sqlstate.empty() ? how.error_type : how.sqlstate);
        add(ended, "db.response.status_code", how.sqlstate);
    } else if (options_.rows) {
        add(ended, "db.response.returned_rows", how.rows);
    }
    end(opened->begun, ended);
}

}  // namespace orm::inline v0
