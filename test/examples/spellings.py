"""Fails when a spelling that docs/guide/from_django.md gives as ours does not stand in the program that the page says runs it.

spellings.py ROOT         checks the page of the project
spellings.py --self-test  proves on made-up pages that each rule can fail

Each `code` of the last column of each table must stand in the code of a program named above the table by a link to
docs/examples, in its section or before the first one.
Spaces and `orm::` do not matter, `…` is anything within one statement, `{ … }` any block. Comments of a program are no code. A row with *later* or
*not here* in its last column is not checked.
"""
import re
import sys

from cases import main, try_cases

CODE = re.compile(r"`([^`]+)`")
PROGRAM = re.compile(r"\]\(\.\./examples/(\w+\.cpp)\)")
UNCHECKED = re.compile(r"\*(later|not here)\*")


def code_of(text):
    """The program without comments and spaces. A string with two slashes would be cut: none of the programs has one."""
    return bare(re.sub(r"//[^\n]*", "", text))


def bare(text):
    return re.sub(r"(?<!\w)\s+|\s+(?!\w)", "", re.sub(r"\s+", " ", re.sub(r"\borm::", "", text)))


def spelt(spelling, code):
    parts = [re.escape(bare(part)) for part in spelling.split("…")]
    pattern = "[^;]*?".join(parts).replace(r"\{[^;]*?\}", r"\{.*?\}")
    if re.match(r"\w", spelling):
        pattern = r"(?<![A-Za-z0-9])" + pattern  # "__gt" may stand before: a lookup behind its path
    if re.search(r"\w$", spelling):
        pattern += r"(?![A-Za-z0-9]|_(?!_))"  # nor behind it: "__date" before another lookup
    return re.search(pattern, code) is not None


def cells(line):
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def check(root):
    """What is wrong, as lines, and how many spellings were found."""
    page = root / "docs" / "guide" / "from_django.md"
    examples, wrong, good = root / "docs" / "examples", [], 0
    always, programs, inside = [], [], False
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if line.startswith("## "):
            inside, programs = True, []
        if not line.startswith("|"):
            (programs if inside else always).extend(PROGRAM.findall(line))
            continue
        if re.fullmatch(r"[|\- ]+", line) or UNCHECKED.search(cells(line)[-1]):
            continue
        named = always + programs
        code = "".join(code_of((examples / name).read_text()) for name in named)
        for spelling in CODE.findall(cells(line)[-1]):
            if spelt(spelling, code):
                good += 1
            else:
                wrong.append(f"docs/guide/from_django.md:{number}: {spelling} does not stand in {', '.join(named) or 'any program'}")
    if not good and not wrong:
        wrong.append("there is no spelling in docs/guide/from_django.md: nothing was checked")
    return wrong, good


def self_test():
    page = "Run by [a](../examples/a.cpp).\n\n## One\n\n| D | ours |\n| --- | --- |\n| `x` | {} |\n"
    code = 'int main() {\n    f( 1, g("t__gt"_k = 2) );\n    h<3>();  // k();\n}\n'
    cases = [
        (page.format("`f(1, …)`"), None),
        (page.format("`gt` `h<3>()`, not `h<…>()`"), None),
        (page.format("`q()` *later*") + "| `y` | `f` |\n", None),
        (page.format(r"`main() {\|}`"), "docs/guide/from_django.md:7: main() {|} does not"),
        (page.format("`k()`"), "docs/guide/from_django.md:7: k() does not"),
        (page.format("`f(2)`"), "docs/guide/from_django.md:7: f(2) does not"),
        (page.format("`f(… h<3>`"), "docs/guide/from_django.md:7: f(… h<3> does not"),
        (page.format("`g`") + "| `y` | `ain()` |\n", "docs/guide/from_django.md:8: ain() does not"),
        (page.format("`int main`, `orm::h <3>()`"), None),
        (page.format("`int main() { … }`"), None),
        (page.format("`f(… h<3>()`"), "docs/guide/from_django.md:7: f(… h<3>() does not"),
        (page.format("`intmain`"), "docs/guide/from_django.md:7: intmain does not"),
        (page.format("`t__g`"), "docs/guide/from_django.md:7: t__g does not"),
        (page.format("none"), "there is no spelling"),
        (page.format("`f`") + "\n## Two\n\nBy [b](../examples/b.cpp).\n\n| D | ours |\n| --- | --- |\n| `x` | `f` |\n",
         None),
        (page.format("`f`") + "\n## Two\n\nBy [b](../examples/b.cpp).\n\n| D | ours |\n| --- | --- |\n| `x` | `b` |\n"
         + "\n## Three\n\n| D | ours |\n| --- | --- |\n| `x` | `b` |\n",
         "docs/guide/from_django.md:21: b does not stand in a.cpp"),
    ]
    return try_cases(check, [({"docs/examples/a.cpp": code, "docs/examples/b.cpp": "int b;\n",
                               "docs/guide/from_django.md": text}, wanted) for text, wanted in cases])


if __name__ == "__main__":
    sys.exit(main(check, self_test))
