// descendants<"parent">() and ancestors<"parent">(): walks over a key of a model to itself, of any depth.
#pragma once

#include <asynchrormous/query/correlated.hpp>
#include <asynchrormous/query/scope.hpp>
#include <asynchrormous/sql/query.hpp>

namespace orm::inline v0 {

// What the error about another field spells. False.
template <class Model, reflect::fixed_string Path>
struct no_key_to_the_model_itself {
    static constexpr bool value = false;
};

namespace query_detail {

// `rows` stand for their primary keys. Circles end where they began; with_self: the rows themselves, too,
// else only rows that a step leads to, which in a circle they are.
ORM_EXPORT sql::query walked(const sql::query& rows, const sql::path& key, const sql::path& primary_key,
                             sql::tree_direction direction, bool with_self,
                             const std::vector<sql::outer_binding>& outer);

template <class M, reflect::fixed_string Name, class Target = field_of<M, Name>>
struct tree_key {
    static constexpr bool check() {
        if constexpr (!Target::valid) {
            return false;
        } else {
            constexpr bool own =
                Target::path.hops.empty() && Target::path.target->target == Target::path.root;
            static_assert(own || no_key_to_the_model_itself<M, Name>::value,
                          "asynchrormous: a tree is walked over a foreign key of the model to itself; the "
                          "template arguments are model and field");
            return own;
        }
    }
    static constexpr bool valid = check();

    template <class Needs>
    static sql::query walk(const sql::query& rows, sql::tree_direction direction, bool with_self, Needs) {
        if constexpr (valid)
            return walked(rows, Target::path, field_of<M, "pk">::path, direction, with_self,
                          passed_on(Needs()));
        else
            return sql::query(table_of<M>());
    }

private:
    // What the rows need of a query around, the walk needs of it.
    template <reflect::fixed_string Path, class T, std::uint32_t Level>
    static sql::outer_binding passed_on_one(std::type_identity<needs_outer<Path, T, Level>>) {
        return {Path.view(), Level, sql::outer(Path.view(), Level, postgres::codec<T>::type)};
    }
    template <class... Needs>
    static std::vector<sql::outer_binding> passed_on(reflect::type_list<Needs...>) {
        return {passed_on_one(std::type_identity<Needs>())...};
    }
};

}  // namespace query_detail

}  // namespace orm::inline v0
