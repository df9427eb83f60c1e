#include <asynchrormous/query/row_validation.hpp>
#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/quote.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

using sql::column;
using sql::quote_identifier;

bool contains(std::span<const column* const> columns, const column& one) {
    return std::find(columns.begin(), columns.end(), &one) != columns.end();
}

bool is_text(const column& of) {
    return !of.type.array &&
           (of.type.kind == sql::type_kind::text || of.type.kind == sql::type_kind::varchar);
}

bool is_zero(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// "page_count" is "Page count".
std::string label_of(std::string_view field) {
    std::string label(field);
    std::replace(label.begin(), label.end(), '_', ' ');
    if (!label.empty()) label[0] = upper(label[0]);
    return label;
}

// "BookTag" is "Book tag".
std::string label_of_model(std::string_view model) {
    std::string label;
    for (const char c : model) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital && !label.empty()) label += ' ';
        label += capital && !label.empty() ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return label;
}

// "Order, Product and Note"
std::string list_of(std::span<const column* const> columns) {
    std::string list;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) list += i + 1 == columns.size() ? " and " : ", ";
        list += label_of(columns[i]->field);
    }
    return list;
}

std::vector<const column*> columns_of(const sql::table& table, const sql::column_group& group) {
    std::vector<const column*> columns;
    for (const std::string_view field : group.fields)
        for (const column& each : table.columns)
            if (each.field == field) columns.push_back(&each);
    return columns;
}

}  // namespace

bool validation_scope::covers(const column& one) const {
    return (!restricted || contains(columns, one)) && !contains(excluded, one);
}

row_validation::row_validation(checked_row row, std::span<const model_detail::field_check> checks)
    : row_(std::move(row)), errors_(std::move(row_.unwritable)) {
    for (const column& each : row_.of->columns)
        if (row_.looked_at[each.index]) check_field(each, checks);
}
row_validation::row_validation(row_validation&&) noexcept = default;
row_validation::~row_validation() = default;

void row_validation::check_field(const column& of, std::span<const model_detail::field_check> checks) {
    const auto& bytes = row_.values[of.index].bytes;
    if (!bytes || errors_.contains(of.field)) return;
    if (of.target && of.target->key().identity && is_zero(*bytes))
        return errors_.add(of.field, "This field cannot be null.", "null");
    if (is_text(of) && bytes->empty()) {
        if (!of.blank) errors_.add(of.field, "This field cannot be blank.", "blank");
        return;
    }
    run_checks(of, checks);
}

void row_validation::run_checks(const column& of, std::span<const model_detail::field_check> checks) {
    for (const model_detail::field_check& each : checks)
        if (each.field == of.field) each.run(row_.members[of.index], of.field, errors_);
    if (!is_text(of)) return;
    const std::string& text = *row_.values[of.index].bytes;
    const auto limit = static_cast<std::size_t>(of.max_length);
    if (const std::size_t length = model_detail::characters(text); limit != 0 && length > limit)
        errors_.add(of.field, model_detail::length_message("at most ", limit, length), "max_length");
}

// NULL equals nothing, and what is wrong already need not be asked about.
bool row_validation::usable(const column& of) const {
    return row_.looked_at[of.index] && row_.values[of.index].bytes && !errors_.contains(of.field);
}

std::string row_validation::bind(sql::statement& into, const column& of) const {
    into.parameters.push_back(row_.values[of.index]);
    std::string text;
    sql::append_placeholder(text, into.parameters.size(), of.type);
    return text;
}

void row_validation::add(sql::statement& into, std::string text, question asked) {
    std::string all = questions_.empty() ? "SELECT " : into.text.str() + ", ";
    into.text = all + std::move(text);
    questions_.push_back(std::move(asked));
}

void row_validation::ask_for_target(sql::statement& into, const column& of) {
    const column& key = of.target->key();
    std::string text = "EXISTS (SELECT 1 FROM " + quote_identifier(of.target->name) + " WHERE " +
                       quote_identifier(key.name) + " = " + bind(into, of) + ")";
    std::string message =
        label_of_model(of.target->model) + " with this " + label_of(key.field) + " does not exist.";
    add(into, std::move(text), {std::string(of.field), std::move(message), "invalid", false, {&of}});
}

void row_validation::ask_if_unique(sql::statement& into, std::span<const column* const> columns,
                                   bool together) {
    if (!std::all_of(columns.begin(), columns.end(), [&](const column* each) { return usable(*each); }))
        return;
    std::string text;
    for (const column* each : columns)
        text += (text.empty() ? "EXISTS (SELECT 1 FROM " + quote_identifier(row_.of->name) + " WHERE "
                              : " AND ") +
                quote_identifier(each->name) + " = " + bind(into, *each);
    const column& key = row_.of->key();
    if (!row_.adding && row_.given[key.index])
        text += " AND " + quote_identifier(key.name) + " <> " + bind(into, key);
    std::string message =
        label_of_model(row_.of->model) + " with this " + list_of(columns) + " already exists.";
    add(into, text + ")",
        {std::string(together ? non_field_errors : columns[0]->field),
         std::move(message),
         together ? "unique_together" : "unique",
         true,
         {columns.begin(), columns.end()}});
}

// Of the row below, whose columns have their names. Unknown is no violation.
void row_validation::ask_for_check(sql::statement& into, const sql::check_constraint& check) {
    question asked{
        std::string(non_field_errors), std::string(check.message), "violated", false, {}, check.condition};
    if (asked.message.empty()) asked.message = "Constraint “" + std::string(check.name) + "” is violated.";
    add(into, "COALESCE((" + std::string(check.condition) + "), TRUE)", std::move(asked));
}

// The row as if it were in its table; what the database will fill in is computed as it will be.
std::string row_validation::row_text(sql::statement& into) const {
    const std::string name = quote_identifier(row_.of->name);
    std::string row;
    std::string generated;
    for (const column& each : row_.of->columns) {
        const std::string as =
            "::" + std::string(sql::name_of(each.type)) + " AS " + quote_identifier(each.name);
        if (!each.generated.empty()) {
            generated += ", (" + std::string(each.generated) + ")" + as;
            continue;
        }
        const std::string left = each.db_default.empty() ? "NULL" : "(" + std::string(each.db_default) + ")";
        row += (row.empty() ? "SELECT " : ", ") + (row_.given[each.index] ? bind(into, each) : left) + as;
    }
    if (!generated.empty()) row = "SELECT *" + generated + " FROM (" + row + ") AS " + name;
    return "(" + row + ") AS " + name;
}

sql::statement row_validation::ask() {
    const auto known = [&](const validation_failure& failure) {
        return failure.field == non_field_errors ||
               std::any_of(row_.of->columns.begin(), row_.of->columns.end(),
                           [&](const column& each) { return each.field == failure.field; });
    };
    for (const validation_failure& each : errors_)
        if (!known(each))
            throw query_error(std::string(row_.of->model) + ": clean() gave an error for \"" + each.field +
                              "\", which is no field of it");
    sql::statement asked;
    for (const column& each : row_.of->columns)
        if (each.target && usable(each)) ask_for_target(asked, each);
    for (const column& each : row_.of->columns)
        if (each.primary_key ? row_.adding : each.unique) {
            const column* one = &each;
            ask_if_unique(asked, {&one, 1}, false);
        }
    for (const sql::column_group& group : row_.of->groups)
        if (group.unique) ask_if_unique(asked, columns_of(*row_.of, group), group.fields.size() > 1);
    for (const sql::check_constraint& each : row_.of->checks) ask_for_check(asked, each);
    if (!row_.of->checks.empty()) asked.text = asked.text.str() + " FROM " + row_text(asked);
    asked.empty = questions_.empty();
    return asked;
}

void row_validation::answer(const postgres::result_view& result) {
    const auto wrong_column = [&](const column* each) { return errors_.contains(each->field); };
    for (std::size_t i = 0; i < questions_.size(); ++i) {
        question& each = questions_[i];
        const bool answer = *result.at(0, static_cast<int>(i)).data != 0;
        const bool moot = std::any_of(each.about.begin(), each.about.end(), wrong_column) ||
                          names_wrong_field(each.condition);
        if (answer == each.wrong && !moot) errors_.add(each.field, each.message, each.code);
    }
}

bool row_validation::names_wrong_field(std::string_view condition) const {
    return std::any_of(row_.of->columns.begin(), row_.of->columns.end(), [&](const column& of) {
        return condition.find(of.name) != condition.npos &&
               (errors_.contains(of.field) || names_wrong_field(of.generated));
    });
}

void row_validation::throw_if_wrong() const {
    if (!errors_.empty()) throw validation_error(row_.of->model, errors_);
}

}  // namespace orm::inline v0::query_detail
