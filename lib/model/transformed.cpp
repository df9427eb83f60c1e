#include <asynchrormous/model/transformed.hpp>
#include <asynchrormous/postgres/codec.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0::model_detail {

namespace {

sql::expression_ptr bound(std::int32_t number) { return sql::value(postgres::to_parameter(number)); }

// Requires: is_number(text).
std::int32_t to_number(std::string_view text) {
    std::int32_t number = 0;
    for (const char digit : text) number = number * 10 + (digit - '0');
    return number;
}

sql::expression_ptr bound_keys(std::string_view path) {
    std::vector<std::string> keys;
    while (true) {
        const std::size_t end = path.find("__");
        keys.emplace_back(path.substr(0, end));
        if (end == std::string_view::npos) break;
        path.remove_prefix(end + 2);
    }
    return sql::value(postgres::to_parameter(keys));
}

// Positions are counted from 0 in paths, from 1 in SQL; the end of a slice is not in it.
sql::operand_list arguments_of(sql::expression_ptr of, const transform_step& step) {
    const std::size_t middle = step.argument.find('_');
    switch (step.by->argument) {
        case transform_argument::index:
            return {std::move(of), bound(to_number(step.argument) + 1)};
        case transform_argument::slice:
            return {std::move(of), bound(to_number(step.argument.substr(0, middle)) + 1),
                    bound(to_number(step.argument.substr(middle + 1)))};
        case transform_argument::keys:
            return {std::move(of), bound_keys(step.argument)};
        case transform_argument::none:
            break;
    }
    return {std::move(of)};
}

std::string_view text_of(const transform_step& step) {
    const bool instant = step.of.kind == sql::type_kind::timestamptz && !step.of.array;
    return instant && !step.by->in_utc.empty() ? step.by->in_utc : step.by->text;
}

sql::expression_ptr apply(std::string_view text, sql::expression_ptr of, const transform_step& step,
                          sql::type result) {
    return sql::call({text, !step.by->may_be_null}, arguments_of(std::move(of), step), result);
}

sql::expression_ptr apply(sql::expression_ptr of, const transform_step& step) {
    return apply(text_of(step), std::move(of), step, result_of(*step.by, step.of));
}

sql::expression_ptr as_value(sql::expression_ptr of, const transform_step& step) {
    if (step.by->selected.empty()) return of;
    const sql::type type = of->type();
    return sql::call({step.by->selected}, {std::move(of)}, type);
}

}  // namespace

sql::expression_ptr transformed(sql::expression_ptr of, std::span<const transform_step> steps) {
    for (const transform_step& step : steps) of = as_value(apply(std::move(of), step), step);
    return of;
}

sql::expression_ptr compared(sql::expression_ptr of, std::span<const transform_step> steps,
                             const lookup_info& by) {
    if (steps.empty()) return of;
    const transform_step& last = steps.back();
    of = transformed(std::move(of), steps.first(steps.size() - 1));
    if (is_text_lookup(by) && !last.by->as_text.empty())
        return apply(last.by->as_text, std::move(of), last, {sql::type_kind::text});
    of = apply(std::move(of), last);
    return compares_as_itself(last, by) ? of : as_value(std::move(of), last);
}

}  // namespace orm::inline v0::model_detail
