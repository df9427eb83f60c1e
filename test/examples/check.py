"""Fails when a ```cpp block of the README or the guide is not, word for word, a marked region of docs/examples.

check.py ROOT         checks README.md and docs/guide/*.md of the project
check.py --self-test  proves on a made-up tree that each rule can fail

A region stands in a .cpp or .hpp between `// [name]` and `// [/name]`, on lines of their own, and is quoted without its
indentation. The examples are built and run as tests of their own (docs/examples/meson.build); this script runs nothing.
"""
import re
import sys
import textwrap

from cases import main, try_cases

MARK = re.compile(r"^\s*// \[(/?)([^\[\]]+)\]\s*$")
BLOCK = re.compile(r"^```([^\n`]*)\n(.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)


def regions_of(text):
    """The regions of one file by name, and what is wrong with its marks. Marks inside of a region are no part of it."""
    done, open_ones, wrong = {}, {}, []
    for line in text.splitlines():
        mark = MARK.match(line)
        if not mark:
            for lines in open_ones.values():
                lines.append(line)
        elif not mark[1]:
            if mark[2] in done or mark[2] in open_ones:
                wrong.append(f"[{mark[2]}] begins twice")
            open_ones[mark[2]] = []
        elif mark[2] in open_ones:
            done[mark[2]] = textwrap.dedent("\n".join(open_ones.pop(mark[2]))).strip("\n")
        else:
            wrong.append(f"[/{mark[2]}] ends what has not begun")
    wrong += [f"[{name}] does not end" for name in open_ones]
    return done, wrong


def check(root):
    """What is wrong, as lines, and how many blocks were found in order."""
    wrong, texts, good = [], {}, 0
    for file in sorted((root / "docs" / "examples").glob("*.[hc]pp")):
        regions, complaints = regions_of(file.read_text())
        wrong += [f"{file.relative_to(root)}: {complaint}" for complaint in complaints]
        texts.update({text: f"{file.relative_to(root)} [{name}]" for name, text in regions.items()})
    for page in [root / "README.md", *sorted((root / "docs" / "guide").glob("*.md"))]:
        text = page.read_text()
        for block in BLOCK.finditer(text):
            if block[1].strip() != "cpp":
                continue
            if block[2].strip("\n") in texts:
                good += 1
                continue
            line = text.count("\n", 0, block.start()) + 1
            wrong.append(f"{page.relative_to(root)}:{line}: this block is no region of docs/examples:\n{block[2]}")
    if not good and not wrong:
        wrong.append("there is no ```cpp block in the documentation: nothing was checked")
    return wrong, good


def self_test():
    example = "int main() {\n    // [a]\n    f();\n        g();\n    // [/a]\n}\n"
    page = "Text\n\n```cpp\nf();\n    g();\n```\n"
    cases = [
        (example, page, None),
        (example, page + "```sh\nls\n```\n", None),
        (example.replace("g();", "// [b]\n    g();\n    // [/b]"), page.replace("    g", "g"), None),
        (example, "Text\n", "there is no ```cpp block"),
        (example, page.replace("f()", "x()"), "README.md:3: this block is no region"),
        (example, page.replace("    g", "g"), "README.md:3: this block is no region"),
        (example, page + "```cpp\nh();\n```\n", "README.md:7: this block is no region"),
        (example.replace("    // [/a]\n", ""), page, "docs/examples/x.cpp: [a] does not end"),
        (example.replace("    // [a]\n", ""), page, "docs/examples/x.cpp: [/a] ends what has not begun"),
        (example + example, page, "docs/examples/x.cpp: [a] begins twice"),
    ]
    return try_cases(check, [({"docs/examples/x.cpp": code, "README.md": text}, wanted) for code, text, wanted in cases])


if __name__ == "__main__":
    sys.exit(main(check, self_test))
