"""Four topics, since three need extensions; what Django 3.2 has not got of trigrams is a Func or a lookup here."""
from django.contrib.postgres.lookups import PostgresOperatorLookup
from django.contrib.postgres.search import (SearchHeadline, SearchQuery, SearchRank, SearchVector, TrigramDistance,
                                            TrigramSimilarity)
from django.db.models import F, FloatField, Func, Q, TextField, Value
from django.db.models import functions as of

from oracle.compare import cases
from oracle.models import Page

page = Page.objects


@TextField.register_lookup
class WordSimilar(PostgresOperatorLookup):
    lookup_name, postgres_operator = "trigram_word_similar", "%%>"


@TextField.register_lookup
class StrictWordSimilar(PostgresOperatorLookup):
    lookup_name, postgres_operator = "trigram_strict_word_similar", "%%>>"


def keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


def found(*terms, **lookups):
    return lambda: keys(page.filter(*terms, **lookups))


def asked(text, kind="plain"):
    return SearchQuery(text, config="english", search_type=kind)


def both(*columns):
    return SearchVector(*(columns or ("title", "body")), config="english")


def weighted():
    return SearchVector("title", config="english", weight="A") + SearchVector("body", config="english", weight="C")


def match(vector, query):
    return lambda: keys(page.annotate(vector=vector).filter(vector=query))


def of_pages(value):
    return lambda: list(page.order_by("pk").annotate(computed=value).values_list("pk", "computed"))


def headline(of_column="body", words="cheese", **options):
    return of_pages(SearchHeadline(of_column, asked(words), **options))


def likeness(function, *arguments):
    return of_pages(Func(*arguments, function=function, output_field=FloatField()))


def word(text):
    return Value(text, output_field=TextField())


def distance(sign):
    return of_pages(Func(word("hous"), F("body"), arg_joiner=f" {sign} ", template="(%(expressions)s)",
                         output_field=FloatField()))


cases("search", {
    "search": found(title__search="cats"),
    "search of several words": found(title__search="cats cheese"),
    "search of a nullable": found(body__search="cheese"),
    "exclude search": lambda: keys(page.exclude(body__search="cheese")),
    "vector": match(both(), asked("cheese")),
    "vector of one column": match(both("title"), asked("house")),
    "vector without a configuration": match(SearchVector("title"), SearchQuery("cats")),
    "vector of another configuration":
        match(SearchVector("title", config="simple"), SearchQuery("houses", config="simple")),
    "sum of vectors": match(both("title") + both("body"), asked("cats eat")),
    "exclude a match": lambda: keys(page.annotate(vector=both()).exclude(vector=asked("cheese"))),
    "or of a match": lambda: keys(page.annotate(vector=both()).filter(Q(vector=asked("café")) | Q(body=None))),
    "phrase": match(both("body"), asked("fat cats", "phrase")),
    "raw": match(both("body"), asked("chees:* & !cat", "raw")),
    "websearch": match(both("body"), asked('"cats eating" or -cheese', "websearch")),
    "queries and": match(both(), asked("cats") & asked("cheese")),
    "queries or": match(both(), asked("fat") | asked("words")),
    "not a query": match(both(), ~asked("cheese")),
    "queries of queries": match(both(), (asked("cats") | asked("rats")) & ~asked("cheese")),
    "count of matches": lambda: page.annotate(vector=both()).filter(vector=asked("run")).count(),

    "rank": of_pages(SearchRank(both(), asked("cheese"))),
    "rank of weights": of_pages(SearchRank(weighted(), asked("cheese"))),
    "rank of other weights": of_pages(SearchRank(weighted(), asked("cheese"), weights=[0.2, 0.5, 0.6, 0.9])),
    "rank, normalized": of_pages(SearchRank(both(), asked("cats"), normalization=Value(2))),
    "rank, normalized twice": of_pages(SearchRank(both(), asked("cats"), normalization=Value(2).bitor(Value(8)))),
    "rank by cover density": of_pages(SearchRank(both(), asked("cats cheese"), cover_density=True)),
    "rank by cover density and weights":
        of_pages(SearchRank(weighted(), asked("cats"), weights=[0.1, 0.2, 0.3, 1.0], cover_density=True)),
    "rank of a column": of_pages(SearchRank("body", "cats")),
    "ordered by rank": lambda: list(
        page.order_by(SearchRank(weighted(), asked("cheese")).desc(), "pk").values_list("pk", flat=True)),
    "filtered by rank": lambda: keys(page.annotate(rank=SearchRank(both(), asked("cheese"))).filter(rank__gt=0.07)),
    "headline": headline(words="cheese cats"),
    "headline of a title": headline("title", "house", config="english"),
    "headline with marks": headline(start_sel="<i>", stop_sel="</i>"),
    "headline of few words": headline(max_words=4, min_words=2, short_word=1),
    "headline of fragments":
        headline(words="cheese cats", fragment_delimiter=" ... ", max_words=3, min_words=1, max_fragments=2),
    "headline of it all": headline(words="eat", highlight_all=True),
})

cases("trigrams", {
    "trigram_similar": found(title__trigram_similar="cheeze"),
    "trigram_word_similar": found(body__trigram_word_similar="chees"),
    "trigram_strict_word_similar": found(body__trigram_strict_word_similar="housed"),
    "exclude trigram_similar": lambda: keys(page.exclude(body__trigram_similar="cats cheese")),
    "TrigramSimilarity": of_pages(TrigramSimilarity("title", "cheese cats")),
    "TrigramSimilarity of columns": likeness("SIMILARITY", F("title"), F("body")),
    "TrigramDistance": of_pages(TrigramDistance("title", "cheese cats")),
    "TrigramWordSimilarity": likeness("WORD_SIMILARITY", word("hous"), F("body")),
    "TrigramWordDistance": distance("<<->"),
    "TrigramStrictWordSimilarity": likeness("STRICT_WORD_SIMILARITY", word("hous"), F("body")),
    "TrigramStrictWordDistance": distance("<<<->"),
    "ordered by likeness":
        lambda: list(page.order_by(TrigramSimilarity("title", "rats").desc(), "pk").values_list("pk", flat=True)),
    "filtered by likeness": lambda: keys(page.annotate(a=TrigramSimilarity("title", "cheese")).filter(a__gt=0.4)),
})

cases("accents", {
    "unaccent": found(title__unaccent="Uber cafe"),
    "unaccent icontains": found(body__unaccent__icontains="ÇAFE"),
    "unaccent startswith": found(title__unaccent__startswith="Üb"),
    "Unaccent": of_pages(Func(F("body"), function="UNACCENT", output_field=TextField())),
})

cases("digests", {
    "SHA1": of_pages(of.SHA1("title")),
    "SHA224": of_pages(of.SHA224("title")),
    "SHA256": of_pages(of.SHA256("body")),
    "SHA384": of_pages(of.SHA384("title")),
    "SHA512": of_pages(of.SHA512(of.Concat("title", "body"))),
    "MD5": of_pages(of.MD5("body")),
})
