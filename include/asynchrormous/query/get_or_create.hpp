// get_or_create() and update_or_create(): right when many do it at once, with or without a transaction
// around.
//     auto [book, created] = Book::objects.get_or_create("isbn"_k = isbn, defaults("title"_k = "Tehanu"));
// A row that is there is found (or updated) by one statement. Else it is inserted ON CONFLICT DO NOTHING,
// which waits for whoever inserts the same row and does no harm to the open transaction; who comes second
// finds the other's row. Only where that is still not seen, the INSERT is sent as it is, in a savepoint: it
// says which constraint refuses it.
#pragma once

#include <asynchrormous/query/decode.hpp>
#include <asynchrormous/query/guarded_write.hpp>
#include <asynchrormous/query/returning.hpp>
#include <asynchrormous/query/row_from_terms.hpp>
#include <asynchrormous/query/steps.hpp>
#include <asynchrormous/query/write.hpp>

#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// auto [book, created] = …
template <class M>
struct created_row {
    M row;
    bool created = false;
};

template <class... Terms>
struct defaults_of {
    std::tuple<Terms...> terms;
};
template <class... Terms>
struct create_defaults_of {
    std::tuple<Terms...> terms;
};

// What a new row has beside the conditions; with update_or_create() also what a row that is there gets, where
// expressions may be: defaults("copies"_k = F<"copies"> + 1).
template <reflect::fixed_string... Names, class... Values>
constexpr defaults_of<keyword<Names, Values>...> defaults(keyword<Names, Values>... terms) {
    return {{std::move(terms)...}};
}
// What a new row has instead of the defaults.
template <reflect::fixed_string... Names, class... Values>
constexpr create_defaults_of<keyword<Names, Values>...> create_defaults(keyword<Names, Values>... terms) {
    return {{std::move(terms)...}};
}

namespace query_detail {

template <class Term>
constexpr auto conditions_among(const Term& term) {
    return std::tuple<const Term&>(term);
}
template <class... Terms>
constexpr std::tuple<> conditions_among(const defaults_of<Terms...>&) {
    return {};
}
template <class... Terms>
constexpr std::tuple<> conditions_among(const create_defaults_of<Terms...>&) {
    return {};
}

template <class Term>
constexpr std::tuple<> defaults_among(const Term&) {
    return {};
}
template <class... Terms>
constexpr auto defaults_among(const defaults_of<Terms...>& from) {
    return std::apply([](const auto&... each) { return std::tuple<const Terms&...>(each...); }, from.terms);
}
template <class Term>
constexpr std::tuple<> create_defaults_among(const Term&) {
    return {};
}
template <class... Terms>
constexpr auto create_defaults_among(const create_defaults_of<Terms...>& from) {
    return std::apply([](const auto&... each) { return std::tuple<const Terms&...>(each...); }, from.terms);
}

template <class T>
inline constexpr bool is_create_defaults = false;
template <class... Terms>
inline constexpr bool is_create_defaults<create_defaults_of<Terms...>> = true;

template <class M>
M new_row(const auto& conditions, const auto& values) {
    M row{};
    std::apply([&](const auto&... each) { (set_if_field(row, each), ...); }, conditions);
    std::apply([&](const auto&... each) { (set_field(row, each), ...); }, values);
    return row;
}

// `find` reads the row that is there, or updates it and gives it back.
struct find_or_insert {
    sql::statement find;
    postgres::access access = postgres::access::read;
    bool undo_many = false;  // it may change several rows, which is no answer
};

// INSERT … ON CONFLICT DO NOTHING, or as it is, giving the key back at least.
ORM_EXPORT sql::statement insert_unless_there(const sql::table& into, row_image image, bool anyway,
                                              std::vector<const sql::column*>& returning);

template <model M>
class find_or_insert_state final : public hooked_steps<created_row<M>, M> {
public:
    find_or_insert_state(event_loop& on, const std::optional<database>& chosen, find_or_insert how, M row)
        : hooked_steps<created_row<M>, M>(on, chosen), how_(std::move(how)), row_(std::move(row)) {}

private:
    void advance() override {
        if (created_) {
            if (this->run_hooks(hooks_of<M, hook_point::after_save>(), row_, true)) this->end();
            return;
        }
        if (found_) return this->end();
        if (phase_ == 1 && !this->run_hooks(hooks_of<M, hook_point::before_save>(), row_, false)) return;
        switch (phase_++) {
            case 0:
                if (how_.undo_many) this->begin_level(true);
                return find();
            case 1:
                return validate();
            case 2:
                return insert(false);
            case 3:
                return find();
            default:
                if (!how_.undo_many) this->begin_level(true);
                return insert(true);
        }
    }

    // As create() does. What only the database knows is not asked: its constraints say it.
    void validate() {
        if constexpr (wants_validation<M>()) check_row(row_, {.adding = true}).throw_if_wrong();
        stamp_new(row_);
        advance();
    }

    void find() {
        this->send(how_.find, how_.access, [this](const postgres::result_view& result) {
            if (result.rows() == 0) return;
            found_ = decode_one<M, M>()(result, how_.find);
        });
    }
    void insert(bool anyway) {
        std::vector<const sql::column*> returning;
        sql::statement statement = insert_unless_there(table_of<M>(), image_of(row_), anyway, returning);
        this->send(std::move(statement), postgres::access::write,
                   [this, returning = std::move(returning)](const postgres::result_view& result) {
                       if (result.rows() == 0) return;
                       created_ = true;
                       row_ = written_row<M>{std::move(row_), returning}(result, {});
                   });
    }
    created_row<M> value() override {
        return created_ ? created_row<M>{std::move(row_), true} : created_row<M>{std::move(*found_), false};
    }

    find_or_insert how_;
    M row_;
    std::optional<M> found_{};
    bool created_ = false;
    int phase_ = 0;
};

}  // namespace query_detail

}  // namespace orm::inline v0
