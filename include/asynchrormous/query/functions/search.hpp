// Full-text search, by Django's names:
//     auto vector = SearchVector(F<"title">, F<"blurb">).config("english");
//     Book::objects.annotate("rank"_k = SearchRank(vector, SearchQuery("cheese")))
//         .filter(vector.matches(SearchQuery("cheese"))).order_by<"-rank">();
// A configuration is a name like "english"; without one the server's default_text_search_config counts.
// PostgreSQL documentation: 12 Full Text Search.
#pragma once

#include <asynchrormous/query/call.hpp>
#include <asynchrormous/query/q.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0 {

// What the values of these expressions are: only the database reads them.
struct search_vector {};
struct search_query {};

// How SearchQuery reads its text: words that must all occur, a phrase, PostgreSQL's own syntax, or what
// people write into a web search ("exact words" or -without).
enum class search_type : std::uint8_t { plain, phrase, raw, websearch };

class SearchQuery;

namespace query_detail {

ORM_EXPORT sql::expression_ptr search_vector_of(std::vector<sql::expression_ptr> texts,
                                                const std::string& config, char weight);
ORM_EXPORT sql::expression_ptr search_query_of(std::string_view text, search_type type,
                                               const std::string& config);
ORM_EXPORT sql::expression_ptr search_call(std::string_view text, sql::expression_ptr left,
                                           sql::expression_ptr right);

template <class Vector, class Query>
struct search_match : expression_methods<search_match<Vector, Query>> {
    Vector vector;
    Query query;

    search_match(Vector v, Query q) : vector(std::move(v)), query(std::move(q)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        return Vector::template valid_in<Scope>();
    }
    template <class Scope>
    using type_in = bool;
    template <class Scope>
    sql::expression_ptr bind() const {
        return sql::compare_by("{0} @@ {1}", vector.template bind<Scope>(), query.template bind<Scope>());
    }
};

template <class Self>
struct search_vector_methods : expression_base {
    template <class Scope>
    using type_in = search_vector;

    // As a term of filter().
    template <std::same_as<SearchQuery> Query>
    auto matches(Query query) const {
        return search_match<Self, Query>(static_cast<const Self&>(*this), std::move(query));
    }
};

template <class T>
concept search_vector_like =
    std::derived_from<std::remove_cvref_t<T>, search_vector_methods<std::remove_cvref_t<T>>>;

template <class A, class B>
struct joined_vectors : search_vector_methods<joined_vectors<A, B>> {
    A left;
    B right;

    constexpr joined_vectors(A a, B b) : left(std::move(a)), right(std::move(b)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        return A::template valid_in<Scope>() && B::template valid_in<Scope>();
    }
    template <class Scope>
    sql::expression_ptr bind() const {
        return search_call("({0} || {1})", left.template bind<Scope>(), right.template bind<Scope>());
    }
};

template <class... Texts>
struct vector_expression : search_vector_methods<vector_expression<Texts...>> {
    std::tuple<Texts...> texts;
    std::string name{};
    char letter = '\0';

    explicit vector_expression(Texts... of) : texts(std::move(of)...) {}

    vector_expression config(std::string_view by) const {
        vector_expression out = *this;
        out.name = by;
        return out;
    }
    // 'A' (weighs most) to 'D'. Throws: query_error, where it is used, for another letter.
    vector_expression weight(char by) const {
        vector_expression out = *this;
        out.letter = by;
        return out;
    }

    template <class Scope>
    static constexpr bool valid_in() {
        return (Texts::template valid_in<Scope>() && ...);
    }
    template <class Scope>
    sql::expression_ptr bind() const {
        std::vector<sql::expression_ptr> bound;
        std::apply([&](const auto&... each) { (bound.push_back(each.template bind<Scope>()), ...); }, texts);
        return search_vector_of(std::move(bound), name, letter);
    }
};

}  // namespace query_detail

// The words of all these texts; NULL counts as empty.
template <class First, class... Rest>
auto SearchVector(First&& first, Rest&&... rest) {
    return query_detail::vector_expression<query_detail::operand_t<First>, query_detail::operand_t<Rest>...>(
        as_expression(std::forward<First>(first)), as_expression(std::forward<Rest>(rest))...);
}

// One after the other. Narrower than the + of all expressions.
template <class A, class B>
    requires query_detail::expression_with<A, B> && query_detail::search_vector_like<A> &&
             query_detail::search_vector_like<B>
auto operator+(A&& left, B&& right) {
    return query_detail::joined_vectors<std::remove_cvref_t<A>, std::remove_cvref_t<B>>(
        std::forward<A>(left), std::forward<B>(right));
}

// Combined with &&, || and !.
class SearchQuery : public expression_base {
public:
    explicit SearchQuery(std::string_view text, search_type type = search_type::plain,
                         std::string config = {})
        : query_(query_detail::search_query_of(text, type, config)) {}

    friend SearchQuery operator&&(const SearchQuery& a, const SearchQuery& b) {
        return SearchQuery(query_detail::search_call("({0} && {1})", a.query_, b.query_));
    }
    friend SearchQuery operator||(const SearchQuery& a, const SearchQuery& b) {
        return SearchQuery(query_detail::search_call("({0} || {1})", a.query_, b.query_));
    }
    friend SearchQuery operator!(const SearchQuery& a) {
        return SearchQuery(query_detail::search_call("(!!{0})", a.query_, nullptr));
    }

    template <class>
    static constexpr bool valid_in() {
        return true;
    }
    template <class>
    using type_in = search_query;
    template <class>
    sql::expression_ptr bind() const {
        return query_;
    }

private:
    explicit SearchQuery(sql::expression_ptr made) : query_(std::move(made)) {}

    sql::expression_ptr query_;
};

// How the rank takes the text's length into account, added up. PostgreSQL documentation: 12.3.3.
enum class rank_by : std::int32_t {
    nothing = 0,
    log_of_length = 1,
    length = 2,
    distance = 4,
    unique_words = 8,
    log_of_unique_words = 16,
    rank_itself = 32,
};

struct rank_options {
    std::optional<std::array<float, 4>> weights{};  // of D, C, B, A; the server's are 0.1, 0.2, 0.4, 1
    std::int32_t normalization = 0;                 // rank_by values, added
    bool cover_density = false;                     // by how close the words are
};

namespace query_detail {

ORM_EXPORT sql::expression_ptr search_rank_of(sql::expression_ptr vector, sql::expression_ptr query,
                                              const rank_options& options);

template <class Vector>
struct rank_expression : expression_methods<rank_expression<Vector>> {
    Vector vector;
    SearchQuery query;
    rank_options options;

    rank_expression(Vector v, SearchQuery q, rank_options o)
        : vector(std::move(v)), query(std::move(q)), options(o) {}

    template <class Scope>
    static constexpr bool valid_in() {
        return Vector::template valid_in<Scope>();
    }
    template <class>
    using type_in = float;
    template <class Scope>
    sql::expression_ptr bind() const {
        return search_rank_of(vector.template bind<Scope>(), query.template bind<Scope>(), options);
    }
};

}  // namespace query_detail

// How well the query matches; 0: not at all. Of a SearchVector, or of a text as SearchVector(text).
template <class V>
auto SearchRank(V&& of, SearchQuery query, rank_options options = {}) {
    if constexpr (query_detail::search_vector_like<V>)
        return query_detail::rank_expression<std::remove_cvref_t<V>>(std::forward<V>(of), std::move(query),
                                                                     options);
    else
        return SearchRank(SearchVector(std::forward<V>(of)), std::move(query), options);
}

// PostgreSQL documentation: 12.3.4 Highlighting Results. Unset ones are the server's.
struct headline_options {
    std::optional<std::string> start_sel{}, stop_sel{}, fragment_delimiter{};
    std::optional<int> max_words{}, min_words{}, short_word{}, max_fragments{};
    std::optional<bool> highlight_all{};
    std::string config{};
};

namespace query_detail {

ORM_EXPORT sql::expression_ptr search_headline_of(sql::expression_ptr text, sql::expression_ptr query,
                                                  const headline_options& options);

template <class E>
struct headline_expression : expression_methods<headline_expression<E>> {
    E text;
    SearchQuery query;
    headline_options options;

    headline_expression(E t, SearchQuery q, headline_options o)
        : text(std::move(t)), query(std::move(q)), options(std::move(o)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        if constexpr (!E::template valid_in<Scope>())
            return false;
        else
            return check_argument<"TS_HEADLINE({0})", any_text, typename E::template type_in<Scope>>();
    }
    template <class Scope>
    using type_in = typename E::template type_in<Scope>;
    template <class Scope>
    sql::expression_ptr bind() const {
        return search_headline_of(text.template bind<Scope>(), query.template bind<Scope>(), options);
    }
};

}  // namespace query_detail

// The parts of the text that match, with the words marked: `<b>cheese</b>`.
template <class E>
auto SearchHeadline(E&& text, SearchQuery query, headline_options options = {}) {
    return query_detail::headline_expression<query_detail::operand_t<E>>(
        as_expression(std::forward<E>(text)), std::move(query), std::move(options));
}

}  // namespace orm::inline v0
