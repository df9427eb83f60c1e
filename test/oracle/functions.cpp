// Functions of texts and numbers.
#include "computed.hpp"

#include <asynchrormous/query/functions/math.hpp>
#include <asynchrormous/query/functions/text.hpp>

using orm::F;

namespace oracle {

namespace {

void check_text() {
    computed("Lower", orm::Lower(F<"title">));
    computed("Upper", orm::Upper(F<"subtitle">));
    computed("Reverse", orm::Reverse(F<"title">));
    computed("Trim", orm::Trim(F<"title">));
    computed("LTrim", orm::LTrim(F<"title">));
    computed("RTrim", orm::RTrim(F<"title">));
    computed("Length", orm::Length(F<"title">));
    computed("Length over a relation", orm::Length(F<"editor__name">));
    computed("Ord", orm::Ord(F<"title">));
    computed("Chr", orm::Chr(F<"pages"> + 65));
    computed("Left", orm::Left(F<"title">, 3));
    computed("Right", orm::Right(F<"title">, 3));
    computed("Repeat", orm::Repeat(F<"title">, 2));
    computed("Repeat a nullable number", orm::Repeat(F<"title">, F<"stars">));
    computed("Substr", orm::Substr(F<"title">, 3));
    computed("Substr of a length", orm::Substr(F<"title">, 2, 4));
    computed("LPad", orm::LPad(F<"title">, 8, "xy"));
    computed("LPad with blanks", orm::LPad(F<"title">, 8));
    computed("RPad", orm::RPad(F<"title">, 8, "xy"));
    computed("Replace", orm::Replace(F<"title">, "e", "ë"));
    computed("Replace by nothing", orm::Replace(F<"title">, "e"));
    computed("StrIndex", orm::StrIndex(F<"title">, "e"));
    computed("StrIndex of a column", orm::StrIndex(F<"title">, F<"subtitle">));
    computed("MD5", orm::MD5(F<"title">));
    computed("Concat", orm::Concat(F<"title">, " / ", F<"subtitle">));
    computed("Concat of three columns", orm::Concat(F<"title">, F<"subtitle">, F<"editor__name">));
    computed("nested", orm::Upper(orm::Left(orm::Trim(F<"title">), 4)));
}

void check_math() {
    computed("Abs", orm::Abs(F<"pages"> - 100));
    computed("Ceil", orm::Ceil(F<"price">));
    computed("Floor", orm::Floor(F<"price">));
    computed("Round", orm::Round(F<"price">));
    computed("Sign", orm::Sign(F<"pages"> - 100));
    computed("Sqrt", orm::Sqrt(F<"pages">));
    computed("Exp", orm::Exp(F<"price">));
    computed("Ln", orm::Ln(F<"pages"> + 1));
    computed("Log", orm::Log(2, F<"pages"> + 1));
    computed("Power", orm::Power(F<"price">, 3));
    computed("Mod", orm::Mod(F<"pages">, 7));
    computed("Sin", orm::Sin(F<"price">));
    computed("Cos", orm::Cos(F<"price">));
    computed("Tan", orm::Tan(F<"price">));
    computed("Cot", orm::Cot(F<"price"> + 1));
    computed("ASin", orm::ASin(F<"price"> / 10));
    computed("ACos", orm::ACos(F<"price"> / 10));
    computed("ATan", orm::ATan(F<"price">));
    computed("ATan2", orm::ATan2(F<"price">, F<"pages"> + 1));
    computed("Degrees", orm::Degrees(F<"price">));
    computed("Radians", orm::Radians(F<"pages">));
    computed("Pi", orm::Pi());
    computed<Author>("of a nullable", orm::Ceil(F<"rating">));
    check("Random", [] { return Book::objects.filter(orm::Random() >= 2.0).count(); });
}

}  // namespace

void check_functions() {
    begin_topic("functions");
    check_text();
    check_math();
}

}  // namespace oracle
