from django.db.models import F, TextField, Value
from django.db.models import functions as of

from oracle.compare import cases
from oracle.computed import computed
from oracle.models import Author, Book


def text(value):
    return Value(value, output_field=TextField())


cases("functions", {
    "Lower": computed(of.Lower("title")),
    "Upper": computed(of.Upper("subtitle")),
    "Reverse": computed(of.Reverse("title")),
    "Trim": computed(of.Trim("title")),
    "LTrim": computed(of.LTrim("title")),
    "RTrim": computed(of.RTrim("title")),
    "Length": computed(of.Length("title")),
    "Length over a relation": computed(of.Length("editor__name")),
    "Ord": computed(of.Ord("title")),
    "Chr": computed(of.Chr(F("pages") + 65, output_field=TextField())),
    "Left": computed(of.Left("title", 3)),
    "Right": computed(of.Right("title", 3)),
    "Repeat": computed(of.Repeat("title", 2)),
    "Repeat a nullable number": computed(of.Repeat("title", F("stars"))),
    "Substr": computed(of.Substr("title", 3)),
    "Substr of a length": computed(of.Substr("title", 2, 4)),
    "LPad": computed(of.LPad("title", 8, text("xy"))),
    "LPad with blanks": computed(of.LPad("title", 8)),
    "RPad": computed(of.RPad("title", 8, text("xy"))),
    "Replace": computed(of.Replace("title", text("e"), text("ë"))),
    "Replace by nothing": computed(of.Replace("title", text("e"), text(""))),
    "StrIndex": computed(of.StrIndex("title", text("e"))),
    "StrIndex of a column": computed(of.StrIndex("title", F("subtitle"))),
    "MD5": computed(of.MD5("title")),
    "Concat": computed(of.Concat("title", text(" / "), "subtitle")),
    "Concat of three columns": computed(of.Concat("title", "subtitle", "editor__name")),
    "nested": computed(of.Upper(of.Left(of.Trim("title"), 4))),

    "Abs": computed(of.Abs(F("pages") - 100)),
    "Ceil": computed(of.Ceil("price")),
    "Floor": computed(of.Floor("price")),
    "Round": computed(of.Round("price")),
    "Sign": computed(of.Sign(F("pages") - 100)),
    "Sqrt": computed(of.Sqrt("pages")),
    "Exp": computed(of.Exp("price")),
    "Ln": computed(of.Ln(F("pages") + 1)),
    "Log": computed(of.Log(2, F("pages") + 1)),
    "Power": computed(of.Power("price", 3)),
    "Mod": computed(of.Mod("pages", 7)),
    "Sin": computed(of.Sin("price")),
    "Cos": computed(of.Cos("price")),
    "Tan": computed(of.Tan("price")),
    "Cot": computed(of.Cot(F("price") + 1)),
    "ASin": computed(of.ASin(F("price") / 10)),
    "ACos": computed(of.ACos(F("price") / 10)),
    "ATan": computed(of.ATan("price")),
    "ATan2": computed(of.ATan2("price", F("pages") + 1)),
    "Degrees": computed(of.Degrees("price")),
    "Radians": computed(of.Radians("pages")),
    "Pi": computed(of.Pi()),
    "of a nullable": computed(of.Ceil("rating"), Author),
    "Random": lambda: Book.objects.alias(value=of.Random()).filter(value__gte=2).count(),
})
