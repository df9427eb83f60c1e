"""Every public header compiles alone, names neither libpq-fe.h nor uv.h even through what it includes, and is light.

check.py INCLUDE_DIR COMPILER...   COMPILER is the command with its flags; ends with `N passed, N failed`

g++ 12 miscompiles co_await, so there a header that needs coroutines must give exactly the one #error of
runtime/task.hpp; orm.hpp, through which the blocking API is used, must compile all the same.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys

FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-x", "c++", "-"]
TASK = "asynchrormous/runtime/task.hpp"
HEAVY = re.compile(r"<(iostream|functional|ranges|format|regex|map|algorithm|nlohmann/(?!json_fwd\.hpp).*)>")
BLOCKING_API = "asynchrormous/orm.hpp"


def compile_text(compiler, include_dir, text, *more):
    command = [*compiler, *more, "-I", str(include_dir), *FLAGS]
    return subprocess.run(command, input=text, capture_output=True, text=True)


def has_coroutines(compiler):
    old_gcc = "#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13\n#error old\n#endif\n"
    return compile_text(compiler, ".", old_gcc).returncode == 0


def complaint(compiler, include_dir, header, coroutines):
    """What is wrong with the header, or an empty string."""
    heavy = HEAVY.search((include_dir / header).read_text())
    if heavy:
        return f"it includes {heavy[0]}, which every user would pay for in compile time"
    # Twice, so that a missing include guard shows.
    run = compile_text(compiler, include_dir, f"#include <{header}>\n" * 2, "-H")
    opened = re.findall(r"^\.+ (\S+)$", run.stderr, re.MULTILINE)
    for api in ("libpq-fe.h", "uv.h"):
        if any(name.endswith("/" + api) for name in opened):
            return f"it includes <{api}>"
    errors = re.findall(r"^\S+: (?:fatal )?error: .*$", run.stderr, re.MULTILINE)
    refused = len(errors) == 1 and TASK + ":" in errors[0] and "#error" in errors[0]
    if not coroutines and header == TASK:
        return "" if refused else f"it must give exactly one #error with this compiler, not {errors}"
    if not coroutines and refused and header != BLOCKING_API:
        return ""
    return "" if run.returncode == 0 else "\n".join(errors[:5]) or run.stderr


def main():
    include_dir, compiler = pathlib.Path(sys.argv[1]), sys.argv[2:]
    headers = sorted(str(file.relative_to(include_dir)) for file in include_dir.rglob("*.hpp"))
    coroutines = has_coroutines(compiler)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda header: complaint(compiler, include_dir, header, coroutines), headers))
    for header, problem in zip(headers, found):
        if problem:
            print(f"{header}: {problem}")
    failed = sum(map(bool, found))
    print(f"{len(headers) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
