#include <asynchrormous/query/functions/search.hpp>
#include <asynchrormous/sql/error.hpp>

#include <string>

namespace orm::inline v0::query_detail {

namespace {

constexpr sql::type text_type{sql::type_kind::text};

sql::expression_ptr text_of(std::string_view text) { return sql::value(bound_value(text)); }
sql::expression_ptr number_of(std::int32_t number) { return sql::value(bound_value(number)); }

// "german", never part of the SQL: a parameter.
sql::expression_ptr config_of(const std::string& name) {
    return sql::call({"{0}::regconfig"}, text_of(name), {});
}

sql::expression_ptr weight_of(char weight) {
    if (weight < 'A' || weight > 'D')
        throw query_error("a weight of SearchVector is a letter from 'A' to 'D', not '" +
                          std::string(1, weight) + "'");
    return sql::call({"{0}::\"char\""}, text_of(std::string_view(&weight, 1)), {});
}

void add_option(std::string& out, std::string_view name, const std::string& value) {
    out += (out.empty() ? "" : ", ") + std::string(name) + "=" + value;
}

// PostgreSQL reads the options as name=value with double quotes around what has commas or blanks.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::string options_text(const headline_options& options) {
    std::string out;
    const auto text = [&out](std::string_view name, const std::optional<std::string>& value) {
        if (value) add_option(out, name, quoted(*value));
    };
    const auto number = [&out](std::string_view name, const std::optional<int>& value) {
        if (value) add_option(out, name, std::to_string(*value));
    };
    text("StartSel", options.start_sel);
    text("StopSel", options.stop_sel);
    text("FragmentDelimiter", options.fragment_delimiter);
    number("MaxWords", options.max_words);
    number("MinWords", options.min_words);
    number("ShortWord", options.short_word);
    number("MaxFragments", options.max_fragments);
    if (options.highlight_all) add_option(out, "HighlightAll", *options.highlight_all ? "true" : "false");
    return out;
}

sql::expression_ptr joined_texts(std::vector<sql::expression_ptr> texts) {
    if (texts.size() == 1)
        return sql::call({"COALESCE({0}::text, '')", false}, std::move(texts.front()), text_type);
    return sql::call({"CONCAT_WS(' ', {*})", false}, sql::operand_list(std::move(texts)), text_type);
}

}  // namespace

sql::expression_ptr search_vector_of(std::vector<sql::expression_ptr> texts, const std::string& config,
                                     char weight) {
    sql::expression_ptr text = joined_texts(std::move(texts));
    sql::expression_ptr vector =
        config.empty() ? sql::call({"TO_TSVECTOR({0})"}, std::move(text), {})
                       : sql::call({"TO_TSVECTOR({0}, {1})"}, {config_of(config), std::move(text)}, {});
    if (weight == '\0') return vector;
    return sql::call({"SETWEIGHT({0}, {1})"}, {std::move(vector), weight_of(weight)}, {});
}

sql::expression_ptr search_query_of(std::string_view text, search_type type, const std::string& config) {
    static constexpr std::string_view plain[] = {"PLAINTO_TSQUERY({0})", "PHRASETO_TSQUERY({0})",
                                                 "TO_TSQUERY({0})", "WEBSEARCH_TO_TSQUERY({0})"};
    static constexpr std::string_view configured[] = {"PLAINTO_TSQUERY({1}, {0})",
                                                      "PHRASETO_TSQUERY({1}, {0})", "TO_TSQUERY({1}, {0})",
                                                      "WEBSEARCH_TO_TSQUERY({1}, {0})"};
    const auto which = static_cast<std::size_t>(type);
    if (config.empty()) return sql::call({plain[which]}, text_of(text), {});
    return sql::call({configured[which]}, {text_of(text), config_of(config)}, {});
}

sql::expression_ptr search_call(std::string_view text, sql::expression_ptr left, sql::expression_ptr right) {
    if (!right) return sql::call({text}, std::move(left), {});
    return sql::call({text}, {std::move(left), std::move(right)}, {});
}

sql::expression_ptr search_rank_of(sql::expression_ptr vector, sql::expression_ptr query,
                                   const rank_options& options) {
    constexpr sql::type real{sql::type_kind::float4};
    sql::expression_ptr normalization = number_of(options.normalization);
    if (!options.weights)
        return sql::call({options.cover_density ? "TS_RANK_CD({0}, {1}, {2})" : "TS_RANK({0}, {1}, {2})"},
                         {std::move(vector), std::move(query), std::move(normalization)}, real);
    const std::vector<float> weights(options.weights->begin(), options.weights->end());
    std::vector<sql::expression_ptr> arguments;
    arguments.push_back(sql::value(bound_value(weights)));
    arguments.push_back(std::move(vector));
    arguments.push_back(std::move(query));
    arguments.push_back(std::move(normalization));
    return sql::call({options.cover_density ? "TS_RANK_CD({*})" : "TS_RANK({*})"},
                     sql::operand_list(std::move(arguments)), real);
}

sql::expression_ptr search_headline_of(sql::expression_ptr text, sql::expression_ptr query,
                                       const headline_options& options) {
    std::vector<sql::expression_ptr> arguments;
    if (!options.config.empty()) arguments.push_back(config_of(options.config));
    arguments.push_back(std::move(text));
    arguments.push_back(std::move(query));
    const std::string more = options_text(options);
    if (!more.empty()) arguments.push_back(text_of(more));
    return sql::call({"TS_HEADLINE({*})"}, sql::operand_list(std::move(arguments)), text_type);
}

}  // namespace orm::inline v0::query_detail
