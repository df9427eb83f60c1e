"""full_clean() by fields, codes and messages. The order of errors does not count; names of models and values in messages are left
out where ours have none. A column that is NULL is blank=True here (docs/guide/differences_from_django.md)."""
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models

from oracle.compare import cases
from oracle.models import Author, Tag


class Memo(models.Model):
    id = models.BigAutoField(primary_key=True)
    slug = models.CharField(max_length=8, unique=True, validators=[validators.validate_slug])
    title = models.CharField(max_length=20, validators=[validators.MinLengthValidator(2)])
    mail = models.CharField(max_length=254, blank=True, validators=[validators.validate_email])
    link = models.CharField(max_length=200, blank=True, validators=[validators.URLValidator()])
    words = models.IntegerField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(100)])
    state = models.CharField(max_length=10, default="draft", choices=[("draft", "D"), ("published", "P")])
    stars = models.IntegerField(null=True, blank=True,
                                validators=[validators.MinValueValidator(1), validators.MaxValueValidator(5)])
    author = models.ForeignKey(Author, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        app_label, managed, db_table = "oracle", False, "memo"
        unique_together = [("author", "title")]

    def clean(self):
        if self.title == "Clean":
            raise ValidationError({"words": ValidationError("Not so clean.", code="unclean")})
        if self.title == "Row":
            raise ValidationError("Not this row.", code="row")


def errors_of(row):
    try:
        row.full_clean()
    except ValidationError as failure:
        return sorted(line(field, each) for field, all in failure.error_dict.items() for each in all)
    return []


def line(field, each):
    named = each.code == "invalid_choice" or (each.code == "invalid" and field == "author")
    return f"{field} {each.code}: {'' if named else each.messages[0]}"


def changed(**values):
    return lambda: errors_of(Memo(**{"slug": "new", "title": "New", "words": 5, "author_id": 1, **values}))


def of_first(**values):
    def run():
        row = Memo.objects.get(slug="first")
        for name, value in values.items():
            setattr(row, name, value)
        return errors_of(row)
    return run


def accepted(check, texts):
    def valid(text):
        try:
            check(text)
            return "1"
        except ValidationError:
            return "0"
    return lambda: "".join(valid(text) for text in texts)


cases("validation", {
    "nothing wrong": changed(),
    "blank": changed(slug="", title="", state=""),
    "blank and allowed": changed(mail="", link=""),
    "no key": changed(author_id=None),
    "too long": changed(slug="sluggishly", title="ü234567890ü234567890ü"),
    "as long as it may be": changed(title="ü234567890ü234567890"),
    "too short": changed(title="ü"),
    "no slug, and too long": changed(slug="slugs & ice"),
    "too small": changed(words=0, stars=0),
    "too large": changed(words=101, stars=6),
    "no choice": changed(state="lost"),
    "no mail, no link": changed(mail="none", link="none"),
    "clean() of a field": changed(title="Clean"),
    "clean() of the row": changed(title="Row"),
    "a slug that is there": changed(slug="first"),
    "a pair that is there": changed(title="First"),
    "both": changed(slug="first", title="First"),
    "half of a pair is wrong": changed(slug="first", title="First", author_id=None),
    "the row itself": of_first(words=7),
    "another one's slug": of_first(slug="second"),
    "a key to no row": changed(author_id=12345678),
    "what is wrong by clean() is not asked about": changed(slug="first", title="Clean"),
    "mails": accepted(validators.validate_email, [
        "a@b.co", "a.b+c@d-e.example", '"quoted"@x.org', "x@localhost", "x@[127.0.0.1]", "x@[::1]", "ada@exämple.org", "a",
        "@b.co", "a@", "a@b", "a b@c.de", ".a@b.co", "a.@b.co", "a..b@c.de", "a@-b.co", "a@b-.co", "a@b.c", "a@[999.0.0.1]",
        "a@b..co", '"@b.co', "a@b@c.de", "a@b.123", "a@b.c-", "ü@b.co", "a@B.CO", '"a b"@b.co', '""@b.co', "a@b.co ",
        "a@b.co\n", "_@b.co", "a@b_c.co", "a@b.co."]),
    "links": accepted(validators.URLValidator(), [
        "http://example.com", "https://example.com/a?b#c", "ftp://user:word@example.com:8000/", "http://localhost:80",
        "http://127.0.0.1", "http://[::1]:8000/", "HTTPS://exämple.org", "http://example.com.", "example.com", "http://",
        "gopher://example.com", "http://example", "http://a b.com", "http://example.com:port", "http://example.com:123456",
        "http://-a.com", "http://a..com", "http://[::1", "http://1.2.3", "http://@example.com", "http://a:b:c@example.com",
        "http://a.b-", "http://example.com?x", "http://example.com#x", "http://user@example.com", "http://x.12",
        "http://xn--a.xn--p1ai", "http://a_b.com", "http://example.com/ü", "http://.com", "http:///a", "http://a.b--c.de",
        "http://256.0.0.1"]),
    "slugs": accepted(validators.validate_slug, ["a", "A-b_9", "-", "", "a b", "ä", "a\n", "a.b"]),
    "addresses": accepted(validators.validate_ipv46_address, [
        "1.2.3.4", "fe80::1", "", "1.2.3", "1.2.3.256", "::g", "::ffff:1.2.3.4", "1.2.3.4 ", ":::", "1::2::3"]),
})
