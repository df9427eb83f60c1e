// Validation as QuerySets and managers offer it:
//     orm::validation_errors errors = Book::objects.validate(book);      // by field, one round trip at most
//     Book::objects.full_clean(book);                                    // throws validation_error
//     Book::objects.save(book, orm::validated);                          // the same first
//     orm::validation_errors errors = orm::clean_fields(book);           // without a database
// What is valid is said by the members' types, by meta (model/validators.hpp) and by the model's own clean().
#pragma once

#include <asynchrormous/query/row_validation.hpp>
#include <asynchrormous/query/save.hpp>

namespace orm::inline v0 {

// Fields that validation does not look at, and unique constraints that they are part of.
template <step... Names>
struct exclude_fields_option {};
template <step... Names>
inline constexpr exclude_fields_option<Names...> exclude_fields{};

// What the error about other options spells. False.
template <class Option>
struct no_option_of_validation {
    static constexpr bool value = false;
};

namespace query_detail {

template <class M>
constexpr validation_scope scope_of_validation() {
    return {};
}
template <class M, step... Names>
constexpr validation_scope scope_of_validation(const exclude_fields_option<Names...>&) {
    return {.excluded = written_fields<M, Names...>::columns};
}
template <class M, class Option>
constexpr validation_scope scope_of_validation(const Option&) {
    static_assert(no_option_of_validation<Option>::value,
                  "asynchrormous: validation takes exclude_fields<\"…\">");
    return {};
}

// An answer read by a member function.
template <class Into>
struct read_into {
    Into* into;
    void (Into::*read)(const postgres::result_view&);

    void operator()(const postgres::result_view& result, const sql::statement&) const {
        (into->*read)(result);
    }
};

}  // namespace query_detail

// What members, validators and clean() say, without asking the database.
template <model M>
validation_errors clean_fields(const M& row) {
    query_detail::row_validation checked = query_detail::check_row(row, {});
    return std::move(checked.errors());
}

}  // namespace orm::inline v0
