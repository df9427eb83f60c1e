"""What must not compile, and the message it must give.

check.py INCLUDE COMPILER...    compiles each case below this folder; closes with `N passed, N failed`
check.py --self-test INCLUDE COMPILER...    proves that a case that compiles, says another thing or says too much fails

A case is one .cpp. It must give exactly one error, and the compiler's output must contain the text of each line
    // expect: text              with both compilers
    // expect clang: text        with one of them; with no other line, the case is for that compiler alone
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
EXPECTATION = re.compile(r"^// expect( clang| gcc)?: (.*)$", re.MULTILINE)
ERROR = re.compile(r"\b(?:fatal )?error: ")


def family(compiler):
    version = subprocess.run([*compiler, "--version"], capture_output=True, text=True, check=True).stdout
    return " clang" if "clang" in version else " gcc"


def complaint(case, include, compiler):
    """What is wrong with this case, or None."""
    wanted = [text for of, text in EXPECTATION.findall(case.read_text()) if of in ("", family(compiler))]
    run = subprocess.run([*compiler, "-std=c++20", "-fsyntax-only", f"-I{include}", f"-I{FOLDER}", str(case)],
                         capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    errors = sum(bool(ERROR.search(line)) for line in run.stderr.splitlines())
    if run.returncode == 0:
        return "compiles"
    if errors != 1:
        return f"gives {errors} errors instead of one:\n{run.stderr}"
    missing = [text for text in wanted if text not in run.stderr]
    if not wanted or missing:
        return f"does not say {missing or 'what it expects'}:\n{run.stderr}"
    return None


def self_test(include, compiler):
    cases = {
        "// expect: x\nint main() {}\n": "compiles",
        '// expect: good\nstatic_assert(false, "bad");\n': "does not say",
        'static_assert(false, "bad");\n': "does not say",
        '// expect: one\nstatic_assert(false, "one");\nstatic_assert(false, "two");\n': "gives 2 errors",
        '// expect: one\nstatic_assert(false, "one");\n': None,
    }
    failed = 0
    for text, wanted in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            case = pathlib.Path(folder) / "case.cpp"
            case.write_text(text)
            found = complaint(case, include, compiler)
            if (found is None) != (wanted is None) or (wanted and not found.startswith(wanted)):
                failed += 1
                print(f"self-test: {text!r} gave {found!r} instead of {wanted!r}")
    return len(cases) - failed, failed


def concerns(case, compiler):
    """A case whose expectations are all for the other compiler is not for this one."""
    wanted = [of for of, _ in EXPECTATION.findall(case.read_text())]
    return not wanted or any(of in ("", family(compiler)) for of in wanted)


def check_all(include, compiler):
    cases = [case for case in sorted(FOLDER.rglob("*.cpp")) if concerns(case, compiler)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda case: complaint(case, include, compiler), cases))
    for case, problem in zip(cases, found):
        if problem:
            print(f"{case.relative_to(FOLDER)} {problem}")
    failed = sum(problem is not None for problem in found)
    return len(cases) - failed, failed


def main():
    arguments = sys.argv[1:]
    run = self_test if arguments[0] == "--self-test" else check_all
    include, *compiler = arguments[1:] if run is self_test else arguments
    passed, failed = run(include, compiler)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
