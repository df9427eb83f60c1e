// Full-text search, trigrams, accents: on a model of its own, with words.
#include "oracle.hpp"

#include <asynchrormous/query/functions.hpp>

#include <array>

using orm::F, orm::Q, orm::SearchHeadline, orm::SearchQuery, orm::SearchRank, orm::SearchVector,
    orm::search_type;

namespace oracle {

struct Page {
    std::int64_t id = 0;
    std::string title{};
    std::optional<std::string> body{};

    static constexpr orm::manager<Page> objects{};
};

namespace {

void create_pages() {
    constexpr std::array words{"cats", "rats",    "cheese", "cheeses", "running", "ran",
                               "the",  "eating",  "Über",   "café",    "house",   "houses",
                               "fat",  "quickly", "words",  "working", "it's"};
    orm::create_tables<Page>().get();
    orm::atomic([&] {
        for (std::size_t i = 0; i < 60; ++i) {
            Page made{.title = std::string(words[i % 17]) + ' ' + words[i * i % 17]};
            if (i % 5) {
                made.body = words[i * 7 % 17];
                for (std::size_t n = 0; n < 3 + i % 9; ++n)
                    *made.body += (n == 2 ? ", " : " ") + std::string(words[(i + n * n * 3) % 17]);
            }
            Page::objects.create(made);
        }
    });
}

SearchQuery asked(const char* text, search_type type = search_type::plain) {
    return SearchQuery(text, type, "english");
}

auto both_columns() { return SearchVector(F<"title">, F<"body">).config("english"); }
auto weighted() {
    return SearchVector(F<"title">).config("english").weight('A') +
           SearchVector(F<"body">).config("english").weight('C');
}

template <class... Terms>
void found(std::string_view name, const Terms&... terms) {
    check(name, Page::objects.filter(terms...).template order_by<"pk">().template values_list<"pk">());
}
template <class E>
void of_pages(std::string_view name, const E& value) {
    check(name, Page::objects.order_by<"pk">().values_list<"pk">("computed"_k = value));
}

void check_matches() {
    found("search", "title__search"_k = "cats");
    found("search of several words", "title__search"_k = "cats cheese");
    found("search of a nullable", "body__search"_k = "cheese");
    check("exclude search",
          Page::objects.exclude("body__search"_k = "cheese").order_by<"pk">().values_list<"pk">());
    found("vector", both_columns().matches(asked("cheese")));
    found("vector of one column", SearchVector(F<"title">).config("english").matches(asked("house")));
    found("vector without a configuration", SearchVector(F<"title">).matches(SearchQuery("cats")));
    found("vector of another configuration",
          SearchVector(F<"title">)
              .config("simple")
              .matches(SearchQuery("houses", search_type::plain, "simple")));
    found("sum of vectors",
          (SearchVector(F<"title">).config("english") + SearchVector(F<"body">).config("english"))
              .matches(asked("cats eat")));
    check(
        "exclude a match",
        Page::objects.exclude(both_columns().matches(asked("cheese"))).order_by<"pk">().values_list<"pk">());
    found("or of a match", Q(both_columns().matches(asked("café"))) || Q("body__isnull"_k = true));
    found("phrase",
          SearchVector(F<"body">).config("english").matches(asked("fat cats", search_type::phrase)));
    found("raw",
          SearchVector(F<"body">).config("english").matches(asked("chees:* & !cat", search_type::raw)));
    found("websearch", SearchVector(F<"body">).config("english").matches(
                           asked("\"cats eating\" or -cheese", search_type::websearch)));
    found("queries and", both_columns().matches(asked("cats") && asked("cheese")));
    found("queries or", both_columns().matches(asked("fat") || asked("words")));
    found("not a query", both_columns().matches(!asked("cheese")));
    found("queries of queries", both_columns().matches((asked("cats") || asked("rats")) && !asked("cheese")));
    check("count of matches",
          [] { return Page::objects.filter(both_columns().matches(asked("run"))).count(); });
}

void check_ranks() {
    of_pages("rank", SearchRank(both_columns(), asked("cheese")));
    of_pages("rank of weights", SearchRank(weighted(), asked("cheese")));
    of_pages("rank of other weights",
             SearchRank(weighted(), asked("cheese"), {.weights = {{0.2F, 0.5F, 0.6F, 0.9F}}}));
    of_pages("rank, normalized", SearchRank(both_columns(), asked("cats"), {.normalization = 2}));
    of_pages("rank, normalized twice", SearchRank(both_columns(), asked("cats"), {.normalization = 2 | 8}));
    of_pages("rank by cover density",
             SearchRank(both_columns(), asked("cats cheese"), {.cover_density = true}));
    of_pages("rank by cover density and weights",
             SearchRank(weighted(), asked("cats"),
                        {.weights = {{0.1F, 0.2F, 0.3F, 1.0F}}, .cover_density = true}));
    of_pages("rank of a column", SearchRank(F<"body">, SearchQuery("cats")));
    check("ordered by rank",
          Page::objects.order_by(SearchRank(weighted(), asked("cheese")).desc(), F<"pk">.asc())
              .values_list<"pk">());
    found("filtered by rank", SearchRank(both_columns(), asked("cheese")) > 0.07);
    of_pages("headline", SearchHeadline(F<"body">, asked("cheese cats")));
    of_pages("headline of a title", SearchHeadline(F<"title">, asked("house"), {.config = "english"}));
    of_pages("headline with marks",
             SearchHeadline(F<"body">, asked("cheese"), {.start_sel = "<i>", .stop_sel = "</i>"}));
    of_pages("headline of few words",
             SearchHeadline(F<"body">, asked("cheese"), {.max_words = 4, .min_words = 2, .short_word = 1}));
    of_pages(
        "headline of fragments",
        SearchHeadline(F<"body">, asked("cheese cats"),
                       {.fragment_delimiter = " ... ", .max_words = 3, .min_words = 1, .max_fragments = 2}));
    of_pages("headline of it all", SearchHeadline(F<"body">, asked("eat"), {.highlight_all = true}));
}

// Of an extension; false, and the program of the comparison says so, where the server has not got it.
bool extension(const std::string& name) {
    try {
        orm::execute("CREATE EXTENSION IF NOT EXISTS " + name).get();
        return true;
    } catch (const orm::database_error&) {
        return false;
    }
}

void check_trigrams() {
    found("trigram_similar", "title__trigram_similar"_k = "cheeze");
    found("trigram_word_similar", "body__trigram_word_similar"_k = "chees");
    found("trigram_strict_word_similar", "body__trigram_strict_word_similar"_k = "housed");
    check("exclude trigram_similar", Page::objects.exclude("body__trigram_similar"_k = "cats cheese")
                                         .order_by<"pk">()
                                         .values_list<"pk">());
    of_pages("TrigramSimilarity", orm::TrigramSimilarity(F<"title">, "cheese cats"));
    of_pages("TrigramSimilarity of columns", orm::TrigramSimilarity(F<"title">, F<"body">));
    of_pages("TrigramDistance", orm::TrigramDistance(F<"title">, "cheese cats"));
    of_pages("TrigramWordSimilarity", orm::TrigramWordSimilarity("hous", F<"body">));
    of_pages("TrigramWordDistance", orm::TrigramWordDistance("hous", F<"body">));
    of_pages("TrigramStrictWordSimilarity", orm::TrigramStrictWordSimilarity("hous", F<"body">));
    of_pages("TrigramStrictWordDistance", orm::TrigramStrictWordDistance("hous", F<"body">));
    check("ordered by likeness",
          Page::objects.order_by(orm::TrigramSimilarity(F<"title">, "rats").desc(), F<"pk">.asc())
              .values_list<"pk">());
    found("filtered by likeness", orm::TrigramSimilarity(F<"title">, "cheese") > 0.4);
}

void check_accents() {
    found("unaccent", "title__unaccent"_k = "Uber cafe");
    found("unaccent icontains", "body__unaccent__icontains"_k = "ÇAFE");
    found("unaccent startswith", "title__unaccent__startswith"_k = "Üb");
    of_pages("Unaccent", orm::Unaccent(F<"body">));
}

void check_digests() {
    of_pages("SHA1", orm::SHA1(F<"title">));
    of_pages("SHA224", orm::SHA224(F<"title">));
    of_pages("SHA256", orm::SHA256(F<"body">));
    of_pages("SHA384", orm::SHA384(F<"title">));
    of_pages("SHA512", orm::SHA512(orm::Concat(F<"title">, F<"body">)));
    of_pages("MD5", orm::MD5(F<"body">));
}

}  // namespace

void check_search() {
    create_pages();
    begin_topic("search");
    check_matches();
    check_ranks();
    begin_topic("trigrams");
    if (extension("pg_trgm")) check_trigrams();
    begin_topic("accents");
    if (extension("unaccent")) check_accents();
    begin_topic("digests");
    if (extension("pgcrypto")) check_digests();
}

}  // namespace oracle
