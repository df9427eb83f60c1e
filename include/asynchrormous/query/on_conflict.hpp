// What becomes of a row that a unique constraint refuses: on_conflict<"isbn">() and what is to be done then.
//     Book::objects.on_conflict<"isbn">().do_nothing().create(book)           the row, or nothing
//     Book::objects.on_conflict<"isbn">().update<"title", "pages">().bulk_create(books)
//     Book::objects.on_conflict<"isbn">().update("copies"_k = F<"copies"> + excluded<"copies">).create(book)
// One statement each, right whoever else writes the same row.
#pragma once

#include <asynchrormous/query/assignment.hpp>
#include <asynchrormous/query/bulk.hpp>
#include <asynchrormous/query/mapped.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// In update() of on_conflict(): the value of the row that was to be inserted; F<…> is that of the row that is
// there.
template <step... Steps>
struct excluded_reference : expression_methods<excluded_reference<Steps...>> {
    static constexpr auto name = model_detail::joined_name<Steps...>();

    template <class M>
    using in = field_of<M, name>;

    template <class Scope>
    static constexpr bool valid_in() {
        return query_detail::returned_column<model_of<Scope>, name>::valid;
    }
    template <class Scope>
    using type_in = typename query_detail::selected<typename in<model_of<Scope>>::type>::type;
    template <class Scope>
    sql::expression_ptr bind() const {
        return sql::call({text<model_of<Scope>>.view(), false}, sql::operand_list(),
                         in<model_of<Scope>>::path.target->type);
    }

private:
    // EXCLUDED."title": a name with quotes or braces would have to be spelled otherwise.
    template <class M>
    static constexpr auto text = [] {
        constexpr std::string_view before = "EXCLUDED.\"";
        constexpr std::string_view column = in<M>::path.target->name;
        static_assert(column.find_first_of("\"{}") == std::string_view::npos);
        reflect::fixed_string<before.size() + column.size() + 1> made;
        std::size_t at = 0;
        for (const char c : before) made.text[at++] = c;
        for (const char c : column) made.text[at++] = c;
        made.text[at] = '"';
        return made;
    }();
};
template <step... Steps>
inline constexpr excluded_reference<Steps...> excluded{};

// What the error about an update without a constraint spells. False.
template <class M>
struct conflict_without_fields {
    static constexpr bool value = false;
};

namespace query_detail {

template <class M>
struct only_row {
    M operator()(const operation_state& state) const { return fetched_rows<M>(state).front(); }
};
template <class M>
struct row_if_inserted {
    std::optional<M> operator()(const operation_state& state) const {
        const std::vector<M>& rows = fetched_rows<M>(state);
        return rows.empty() ? std::nullopt : std::optional<M>(rows.front());
    }
};

}  // namespace query_detail

// create() and bulk_create() with an answer to conflicts. Created: M, or std::optional<M> where nothing may
// be done.
template <class M, class Evaluation, class Created>
class conflict_writes {
    template <class T>
    using result = typename Evaluation::template result<T>;

public:
    conflict_writes(std::optional<database> chosen, sql::conflict_rule rule)
        : chosen_(std::move(chosen)), rule_(std::move(rule)) {}

    // The row as it is in the database then; with do_nothing() empty when one was in the way.
    result<Created> create(M row) const {
        using read = std::conditional_t<std::is_same_v<Created, M>, query_detail::only_row<M>,
                                        query_detail::row_if_inserted<M>>;
        std::vector<M> rows;
        rows.push_back(std::move(row));
        const lazy<std::vector<M>> written = send({}, std::move(rows));
        return Evaluation::template finish<Created>(query_detail::map_lazy<Created>(written.state(), read()));
    }

    // The rows as they are in the database then; with do_nothing() those that were inserted.
    template <class... Options>
    result<std::vector<M>> bulk_create(std::vector<M> rows, const Options&... options) const {
        query_detail::bulk_request request;
        if constexpr ((query_detail::check_bulk_update_option<M, Options>() && ...))
            (query_detail::apply_option<M>(request, options), ...);
        return Evaluation::template finish<std::vector<M>>(send(std::move(request), std::move(rows)));
    }

private:
    lazy<std::vector<M>> send(query_detail::bulk_request request, std::vector<M> rows) const {
        using state = query_detail::bulk_create_state<M>;
        request.of = &table_of<M>();
        request.conflict = rule_;
        event_loop& loop = query_detail::route::choose(chosen_).loop();
        Evaluation::enter(loop);
        return state::start(make_intrusive<state>(loop, chosen_, std::move(request), std::move(rows)));
    }

    std::optional<database> chosen_;
    sql::conflict_rule rule_;
};

template <class M, class Evaluation, step... Names>
class conflict_target {
public:
    explicit conflict_target(std::optional<database> chosen) : chosen_(std::move(chosen)) {}

    // The row that is there stays as it is.
    [[nodiscard]] conflict_writes<M, Evaluation, std::optional<M>> do_nothing() const {
        sql::conflict_rule rule = rule_of(sql::conflict_rule::action::do_nothing);
        return {chosen_, std::move(rule)};
    }

    // The row that is there gets values: those of the new row for the names, and what the terms say.
    template <step... Overwritten, reflect::fixed_string... Set, class... Values>
    [[nodiscard]] conflict_writes<M, Evaluation, M> update(const keyword<Set, Values>&... terms) const {
        static_assert(sizeof...(Overwritten) + sizeof...(Set) > 0,
                      "asynchrormous: update() of on_conflict() needs columns to set: update<\"title\">(), "
                      "update(\"copies\"_k = F<\"copies\"> + 1)");
        static_assert(
            sizeof...(Names) > 0 || conflict_without_fields<M>::value,
            "asynchrormous: to update the row that is there, on_conflict<…>() has to name the fields "
            "of the unique constraint");
        sql::conflict_rule rule = rule_of(sql::conflict_rule::action::update);
        using given = query_detail::written_fields<M, Overwritten...>;
        rule.overwrite.assign(given::columns.begin(), given::columns.end());
        (rule.set.push_back(query_detail::assignment_of<M, M>(terms)), ...);
        return {chosen_, std::move(rule)};
    }

private:
    static sql::conflict_rule rule_of(sql::conflict_rule::action then) {
        sql::conflict_rule rule{.then = then};
        if constexpr (sizeof...(Names) > 0) {
            using given = query_detail::unique_columns<M, Names...>;
            if constexpr (given::check()) rule.target.assign(given::columns.begin(), given::columns.end());
        }
        return rule;
    }

    std::optional<database> chosen_;
};

}  // namespace orm::inline v0
