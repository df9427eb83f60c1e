"""The C++ file that W8 compiles: models of 8 columns in a chain of foreign keys, and queries that all differ."""

MODEL = """
struct Model{i} {{
    std::int64_t id = 0;
    std::string name{{}};
    int pages = 0;
    double price = 0;
    std::optional<orm::date> published{{}};
    bool active = true;
    std::optional<std::string> note{{}};
    {last}

    static constexpr auto meta = orm::meta(orm::column<&Model{i}::name>(orm::max_length(200)), orm::ordering("-pages"));
    static constexpr orm::manager<Model{i}> objects{{}};
}};
"""

ASKED = 10  # models with more queries than a count(), so that a further model's price is that of the model

# {up}: the way to a model above, so that a lookup joins; {n}: the query's number.
SHAPES = [
    'M::objects.filter("name__icontains"_k = text, "pages__gt"_k = number).count()',
    'M::objects.filter("{up}name__startswith"_k = text).order_by<"-price", "name">()[orm::slice(0, 20)].rows()',
    'M::objects.filter("pages__in"_k = {{1, 2, {n}}}).exclude("note__isnull"_k = true).rows()',
    'M::objects.filter("published__year"_k = number, "{up}active"_k = true).values_list<"id", "name">().rows()',
    'M::objects.filter("price__range"_k = std::pair(1.0, 9.0), "{up}pages__lte"_k = number).exists()',
    'M::objects.filter(Q("name"_k = text) || !Q("{up}note__endswith"_k = text)).order_by<"id">().first()',
    'M::objects.exclude("{up}name__iexact"_k = text, "active"_k = false).order_by<"{up}price">().rows()',
    'M::objects.filter("pages__gte"_k = number).aggregate("n"_k = orm::count<>, "most"_k = orm::max<"price">)',
    'M::objects.filter("published__lt"_k = orm::date(2020, 1, 1), "name__contains"_k = text).update("pages"_k = {n})',
    'M::objects.async().filter("{up}price__gt"_k = 1.5, "note__icontains"_k = text, "pages__lt"_k = number).count()',
]


def model(i):
    if i == 0:
        last = "std::int16_t stars = 0;"
    else:
        last = f"orm::foreign_key<Model{i - 1}> parent{{}};"
    return MODEL.format(i=i, last=last)


def query(n):
    """The n-th query, n < 100: each shape once for each of the first ten models."""
    m = n % ASKED
    up = "parent__" * min(m, 1 + n // 50)
    shape = SHAPES[(n + n // ASKED) % len(SHAPES)].format(up=up, n=n)
    arguments = "[[maybe_unused]] std::string_view text, [[maybe_unused]] int number"
    return f"auto query{n}({arguments}) {{\n    using M = Model{m};\n    return {shape};\n}}\n"


def source(models, queries):
    parts = ["#include <asynchrormous/orm.hpp>\n\nusing namespace orm::literals;\nusing orm::Q;\n"]
    parts += [model(i) for i in range(models)]
    parts += [query(n) for n in range(queries)]
    # A model nobody asks for would cost nothing.
    parts += [f"auto all{i}() {{ return Model{i}::objects.count(); }}\n" for i in range(models)]
    return "\n".join(parts)
