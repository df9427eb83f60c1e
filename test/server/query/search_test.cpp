// Full-text search, and likeness by trigrams. The ranks are those that ts_rank gives for the same arguments.
#include "function_fixture.hpp"

using namespace orm;
using test::entries_fixture;

namespace {

struct Page {
    std::int64_t id = 0;
    std::string title{};
    std::optional<std::string> body{};

    static constexpr manager<Page> objects{};
};

using strings = std::vector<std::string>;

struct pages_fixture : entries_fixture {
    pages_fixture() {
        create_tables<Page>().get();
        Page::objects.create({.title = "Cheeses", .body = "The cats were eating a fat cheese"});
        Page::objects.create({.title = "Cats", .body = "Rats run from cats; no cheese, please"});
        Page::objects.create({.title = "A cheese without a body"});
    }

    template <class... Terms>
    static strings found(const Terms&... terms) {
        strings titles;
        for (const Page& page : Page::objects.order_by<"id">().filter(terms...)) titles.push_back(page.title);
        return titles;
    }
    template <class... Terms>
    static strings left(const Terms&... terms) {
        strings titles;
        for (const Page& page : Page::objects.order_by<"id">().exclude(terms...))
            titles.push_back(page.title);
        return titles;
    }
    template <class E>
    static auto of_pages(const E& expression) {
        std::vector<typename E::template type_in<Page>> values;
        for (const auto& row : Page::objects.order_by<"id">().annotate("computed"_k = expression))
            values.push_back(row["computed"_k]);
        return values;
    }
};

}  // namespace

TEST_CASE_FIXTURE(pages_fixture, "words are found in the texts of a vector, by the configuration's stems") {
    const auto both = SearchVector(F<"title">, F<"body">).config("english");
    const auto asked = [](const char* text) { return SearchQuery(text, search_type::plain, "english"); };
    CHECK(found(both.matches(asked("cheese"))).size() == 3);
    CHECK(found(both.matches(asked("Cats eat"))) == strings{"Cheeses"});
    CHECK(found(SearchVector(F<"body">).config("english").matches(asked("cheese"))) ==
          strings{"Cheeses", "Cats"});
    CHECK(found(SearchVector(F<"title">)
                    .config("simple")
                    .matches(SearchQuery("cheese", search_type::plain, "simple"))) ==
          strings{"A cheese without a body"});
    CHECK(found(SearchVector("a plain text about rats").matches(SearchQuery("rats"))).size() == 3);
    CHECK(found((SearchVector(F<"title">).config("english") + SearchVector(F<"body">).config("english"))
                    .matches(asked("cheeses run"))) == strings{"Cats"});
    CHECK_THROWS_AS(found(SearchVector(F<"title">).config("elvish").matches(SearchQuery("x"))),
                    database_error);
}

TEST_CASE_FIXTURE(pages_fixture, "a match is a term like any other; NULL has no words") {
    const auto match = SearchVector(F<"body">).config("english").matches(
        SearchQuery("cheese", search_type::plain, "english"));
    CHECK(left(match) == strings{"A cheese without a body"});
    CHECK(found(!Q(match)) == strings{"A cheese without a body"});
    CHECK(found(match, "title__startswith"_k = "Ch") == strings{"Cheeses"});
    CHECK(found(Q(match) || Q("body__isnull"_k = true)).size() == 3);
    CHECK(of_pages(match) == std::vector<bool>{true, true, false});
    CHECK(Page::objects.filter(match).count() == 2);
    CHECK(Page::objects.filter(match).delete_() == 2);
}

TEST_CASE_FIXTURE(pages_fixture, "queries are read in four ways") {
    const auto vector = SearchVector(F<"body">).config("english");
    const auto asked = [](const char* text, search_type type) { return SearchQuery(text, type, "english"); };
    CHECK(found(vector.matches(asked("cheese fat", search_type::plain))) == strings{"Cheeses"});
    CHECK(found(vector.matches(asked("fat cheese", search_type::phrase))) == strings{"Cheeses"});
    CHECK(found(vector.matches(asked("cheese fat", search_type::phrase))).empty());
    CHECK(found(vector.matches(asked("'rat' & !eat", search_type::raw))) == strings{"Cats"});
    CHECK(found(vector.matches(asked("chee:*", search_type::raw))).size() == 2);
    CHECK(found(vector.matches(asked("cheese -rats", search_type::websearch))) == strings{"Cheeses"});
    CHECK(found(vector.matches(asked("rats or \"fat cheese\"", search_type::websearch))).size() == 2);
    CHECK(found(vector.matches(asked("it's; -- \"", search_type::websearch))).empty());
    CHECK_THROWS_AS(found(vector.matches(asked("a b", search_type::raw))), database_error);
}

TEST_CASE_FIXTURE(pages_fixture, "queries are combined") {
    const SearchQuery rats("rat"), fat("fat"), cheese("cheese");
    const auto vector = SearchVector(F<"body">).config("english");
    CHECK(found(vector.matches(cheese && rats)) == strings{"Cats"});
    CHECK(found(vector.matches(rats || fat)) == strings{"Cheeses", "Cats"});
    CHECK(found(vector.matches(!rats && cheese)) == strings{"Cheeses"});
    CHECK(found(vector.matches(!(rats || fat))) == strings{"A cheese without a body"});
    CHECK(found(vector.matches(SearchQuery("cheese") && !SearchQuery("fat"))) == strings{"Cats"});
}

TEST_CASE_FIXTURE(pages_fixture, "ranks are those of ts_rank and ts_rank_cd") {
    const SearchQuery query("cheese", search_type::plain, "english");
    const auto vector = SearchVector(F<"title">, F<"body">).config("english");
    CHECK(
        of_pages(SearchRank(vector, query)) ==
        of_pages(RawSQL<"ts_rank(to_tsvector('english', concat_ws(' ', {0}, {1})), 'chees'::tsquery)", float>(
            F<"title">, Coalesce(F<"body">, ""))));
    const auto weighted = SearchVector(F<"title">).config("english").weight('A') +
                          SearchVector(F<"body">).config("english").weight('D');
    const std::vector<float> ranks = of_pages(SearchRank(
        weighted, query, {.weights = {{0.5F, 0, 0, 1}}, .normalization = 2, .cover_density = true}));
    CHECK(
        ranks ==
        of_pages(RawSQL<"ts_rank_cd(array[0.5,0,0,1]::real[], setweight(to_tsvector('english', {0}), 'A') || "
                        "setweight(to_tsvector('english', {1}), 'D'), 'chees'::tsquery, 2)",
                        float>(F<"title">, Coalesce(F<"body">, ""))));
    CHECK(ranks[0] > ranks[1]);
    CHECK(of_pages(SearchRank(F<"body">, query)) == of_pages(SearchRank(SearchVector(F<"body">), query)));
    const auto only_titles = [&](rank_options options) {
        return of_pages(SearchRank(weighted, query, options));
    };
    CHECK(only_titles({.weights = {{0, 0, 0, 1}}})[1] == 0);
    CHECK(only_titles({.weights = {{0, 0, 0, 1}}, .cover_density = true})[1] == 0);
    CHECK(only_titles({.normalization = 32})[0] < only_titles({})[0]);
    CHECK(Page::objects.order_by(SearchRank(weighted, query).desc(), F<"id">).first()->title == "Cheeses");
    CHECK(Page::objects.filter(SearchRank(weighted, query) > 0.5F).count() == 2);
    CHECK_THROWS_AS(found(SearchVector(F<"title">).weight('E').matches(query)), query_error);
}

TEST_CASE_FIXTURE(pages_fixture, "headlines mark the words") {
    const SearchQuery query("cheese", search_type::plain, "english");
    const auto of = [&](headline_options options) {
        options.config = "english";
        return of_pages(SearchHeadline(F<"body">, query, options));
    };
    using headlines = std::vector<std::optional<std::string>>;
    CHECK(of({}) == headlines{"The cats were eating a fat <b>cheese</b>",
                              "Rats run from cats; no <b>cheese</b>, please", std::nullopt});
    CHECK(of({.start_sel = "<i class=\"x, y\">", .stop_sel = "</i>"})[0] ==
          "The cats were eating a fat <i class=\"x, y\">cheese</i>");
    CHECK(of({.start_sel = "", .stop_sel = "\\'="})[0] == "The cats were eating a fat cheese\\'=");
    CHECK(of({.max_words = 4, .min_words = 2})[0].value_or("") == "eating a fat <b>cheese</b>");
    CHECK(of({.start_sel = "[", .stop_sel = "]", .highlight_all = true})[1] ==
          "Rats run from cats; no [cheese], please");
    const std::string twice = "cheese one two three four five six seven eight nine ten eleven twelve cheese";
    CHECK(first(SearchHeadline(twice, query,
                               {.fragment_delimiter = " \"...\", ",
                                .max_words = 3,
                                .min_words = 1,
                                .short_word = 2,
                                .max_fragments = 2,
                                .config = "english"})) ==
          "<b>cheese</b> one two \"...\", twelve <b>cheese</b>");
}

TEST_CASE_FIXTURE(pages_fixture, "likeness by trigrams") {
    if (!extension("pg_trgm")) return;
    CHECK(first(TrigramSimilarity("word", "two words")) == doctest::Approx(0.36363637));  // as in F.35.2
    CHECK(first(TrigramDistance("word", "two words")) == doctest::Approx(1 - 0.36363637));
    CHECK(first(TrigramWordSimilarity("word", "two words")) == doctest::Approx(0.8));
    CHECK(first(TrigramStrictWordSimilarity("word", "two words")) == doctest::Approx(0.571429));
    CHECK(first(TrigramWordDistance("word", "two words")) == doctest::Approx(1 - 0.8));
    CHECK(first(TrigramStrictWordDistance("word", "two words")) == doctest::Approx(1 - 0.571429));
    CHECK(of_pages(TrigramSimilarity(F<"body">, "cheese")).back() == std::nullopt);
    CHECK(found(TrigramSimilarity(F<"title">, "chees") > 0.5) == strings{"Cheeses"});
    CHECK(Page::objects.order_by(TrigramWordDistance("cat", F<"title">)).first()->title == "Cats");
}
