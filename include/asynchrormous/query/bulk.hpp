// bulk_create() and bulk_update(): many rows by few statements (bulk_steps.hpp), and their options.
//     books = Book::objects.bulk_create(std::move(books));
//     Book::objects.bulk_create(books, ignore_conflicts);
//     Book::objects.bulk_create(books, update_conflicts, unique_fields<"isbn">, update_fields<"pages">);
//     Book::objects.bulk_update<"pages", "title">(books, batch_size(1000));
// Both happen as a whole or not at all.
#pragma once

#include <asynchrormous/query/bulk_steps.hpp>
#include <asynchrormous/query/save.hpp>
#include <asynchrormous/query/stamps.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// Rows that a unique constraint refuses are left out. Gives the rows that were inserted.
struct ignore_conflicts_option {};
inline constexpr ignore_conflicts_option ignore_conflicts{};
// Rows that unique_fields<…> say are there already get the values of update_fields<…>. Gives all rows, as
// they are in the database then.
struct update_conflicts_option {};
inline constexpr update_conflicts_option update_conflicts{};

// The fields of a unique constraint, or the key.
template <step... Names>
struct unique_fields_option {};
template <step... Names>
inline constexpr unique_fields_option<Names...> unique_fields{};

// Rows of one statement, at most; the library chooses well without it.
struct batch_size {
    std::size_t rows;
    constexpr explicit batch_size(std::size_t of) : rows(of) {}
};

// Called as done(rows written, rows in all) as the server's answers arrive, in the loop: what it throws ends
// the call and undoes it.
template <std::invocable<std::size_t, std::size_t> F>
struct progress {
    F done;
    explicit progress(F call) : done(std::move(call)) {}
};

// What the errors about options spell. All are false.
template <class Option>
struct no_option_of_bulk_create {
    static constexpr bool value = false;
};
template <class Option>
struct no_option_of_bulk_update {
    static constexpr bool value = false;
};
template <class Model>
struct conflicts_without_fields {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string... Names>
struct fields_that_are_not_unique {
    static constexpr bool value = false;
};

namespace query_detail {

template <class T>
inline constexpr bool is_progress = false;
template <class F>
inline constexpr bool is_progress<progress<F>> = true;
template <class T>
inline constexpr bool is_unique_fields = false;
template <step... Names>
inline constexpr bool is_unique_fields<unique_fields_option<Names...>> = true;
template <class T>
inline constexpr bool is_update_fields = false;
template <step... Names>
inline constexpr bool is_update_fields<update_fields_option<Names...>> = true;

// Whether these columns, in any order, are the key or have a unique constraint.
constexpr bool are_unique(const sql::table& of, std::span<const sql::column* const> columns) {
    if (columns.size() == 1 && (columns[0]->primary_key || columns[0]->unique)) return true;
    for (const sql::column_group& group : of.groups) {
        if (!group.unique || group.fields.size() != columns.size()) continue;
        std::size_t found = 0;
        for (const std::string_view field : group.fields)
            for (const sql::column* each : columns) found += each->field == field ? 1 : 0;
        if (found == columns.size()) return true;
    }
    return false;
}

// Columns that say which rows are the same.
template <class M, step... Names>
struct unique_columns {
    template <reflect::fixed_string Name, class Target = field_of<M, Name>>
    static constexpr bool own() {
        if constexpr (!Target::valid)
            return false;
        else
            return Target::path.hops.empty();
    }
    static constexpr bool check() {
        if constexpr (!(own<model_detail::joined_name<Names>()>() && ...)) {
            static_assert((!field_of<M, model_detail::joined_name<Names>()>::valid || ...) ||
                              fields_that_are_not_unique<M, model_detail::joined_name<Names>()...>::value,
                          "asynchrormous: columns of the model itself are wanted here");
            return false;
        } else {
            constexpr bool unique = are_unique(model_detail::table_holder<M>::value, columns);
            static_assert(
                unique || fields_that_are_not_unique<M, model_detail::joined_name<Names>()...>::value,
                "asynchrormous: no unique constraint says that two rows cannot be alike in these "
                "fields: name those of unique_together, a column that is unique, or the key");
            return unique;
        }
    }
    static constexpr std::array<const sql::column*, sizeof...(Names)> columns{[] {
        if constexpr (own<model_detail::joined_name<Names>()>())
            return field_of<M, model_detail::joined_name<Names>()>::path.target;
        else
            return static_cast<const sql::column*>(nullptr);
    }()...};
};

template <class M, class Option>
constexpr bool check_bulk_option() {
    constexpr bool known = std::is_same_v<Option, ignore_conflicts_option> ||
                           std::is_same_v<Option, update_conflicts_option> ||
                           std::is_same_v<Option, batch_size> || is_progress<Option> ||
                           is_unique_fields<Option> || is_update_fields<Option>;
    static_assert(known || no_option_of_bulk_create<Option>::value,
                  "asynchrormous: bulk_create() takes ignore_conflicts, update_conflicts with "
                  "unique_fields<…> and update_fields<…>, batch_size(n) and progress(f)");
    return known;
}
template <class M, class... Options>
constexpr bool check_bulk_create() {
    constexpr bool updates = (std::is_same_v<Options, update_conflicts_option> || ...);
    constexpr bool complete =
        !updates || ((is_unique_fields<Options> || ...) && (is_update_fields<Options> || ...));
    static_assert(complete || conflicts_without_fields<M>::value,
                  "asynchrormous: update_conflicts needs unique_fields<…>, which say when a row is there "
                  "already, and update_fields<…>, which are set then");
    return (check_bulk_option<M, Options>() && ...) && complete;
}
template <class M, class Option>
constexpr bool check_bulk_update_option() {
    constexpr bool known = std::is_same_v<Option, batch_size> || is_progress<Option>;
    static_assert(known || no_option_of_bulk_update<Option>::value,
                  "asynchrormous: bulk_update() takes batch_size(n) and progress(f)");
    return known;
}

template <class M, class Option>
void apply_option(bulk_request& request, const Option& option) {
    using enum sql::conflict_rule::action;
    if constexpr (std::is_same_v<Option, batch_size>)
        request.batch_size = option.rows;
    else if constexpr (is_progress<Option>)
        request.progress = option.done;
    else if constexpr (std::is_same_v<Option, ignore_conflicts_option>)
        request.conflict.then = do_nothing;
    else if constexpr (std::is_same_v<Option, update_conflicts_option>)
        request.conflict.then = update;
}
template <class M, step... Names>
void apply_option(bulk_request& request, const unique_fields_option<Names...>&) {
    using given = unique_columns<M, Names...>;
    if constexpr (given::check())
        request.conflict.target.assign(given::columns.begin(), given::columns.end());
}
template <class M, step... Names>
void apply_option(bulk_request& request, const update_fields_option<Names...>&) {
    using given = written_fields<M, Names...>;
    request.conflict.overwrite.assign(given::columns.begin(), given::columns.end());
}

template <model M>
class bulk_create_state final : public steps_state<std::vector<M>, bulk_steps> {
public:
    bulk_create_state(event_loop& on, const std::optional<database>& chosen, bulk_request request,
                      std::vector<M> rows)
        : steps_state<std::vector<M>, bulk_steps>(on, chosen, std::move(request)),
          whole_(this->after_conflicts()),
          rows_(stamped(std::move(rows))) {}

private:
    static std::vector<M> stamped(std::vector<M> rows) {
        if constexpr (has_moments<M> || version_of<M> != nullptr)
            for (M& each : rows) stamp_new(each);
        return rows;
    }
    bulk_rows& rows() noexcept override { return rows_; }
    std::vector<M> value() override {
        std::vector<M>& done = whole_ ? rows_.made() : rows_.rows();
        for (const M& each : done) note_owners(each);
        return std::move(done);
    }

    bool whole_;
    bulk_rows_of<M> rows_;
};

template <model M>
class bulk_update_state final : public steps_state<std::int64_t, bulk_steps> {
public:
    bulk_update_state(event_loop& on, const std::optional<database>& chosen, bulk_request request,
                      std::vector<M> rows)
        : steps_state<std::int64_t, bulk_steps>(on, chosen, std::move(request)), rows_(std::move(rows)) {}

private:
    bulk_rows& rows() noexcept override { return rows_; }
    std::int64_t value() override { return affected(); }

    bulk_rows_of<M> rows_;
};

}  // namespace query_detail

}  // namespace orm::inline v0
