#!/usr/bin/env python3
"""W8: what the compiler pays for models and queries, in seconds and megabytes.

    python3 bench/compile/compile.py [--rounds 3] [--library] [--compilers clang++-19 g++]

Generates a file with the umbrella header alone, one with 10 models of 8 columns and 50 distinct queries, and
ones with more of each, and compiles them at -O0 and -O2. --library also times the library's own build.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

from source import source

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS, QUERIES = 10, 50
FILES = {
    "umbrella header only": (0, 0),
    "10 models, 50 queries": (MODELS, QUERIES),
    "+ 10 models": (2 * MODELS, QUERIES),
    "+ 50 queries": (MODELS, 2 * QUERIES),
}


def run(command, cwd=None):
    """Seconds and megabytes of the command and whatever it started; ends the program when it fails."""
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{output}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compile_once(compiler, level, file):
    flags = ["-std=c++20", level, f"-I{ROOT / 'include'}", "-c", str(file), "-o", os.devnull]
    _, cpu, memory = run([compiler, *flags])
    return cpu, memory


def measure(compiler, level, files, rounds):
    """Medians for each file; in turns, so that what disturbs the machine disturbs all of them."""
    samples = {name: [] for name in files}
    for _ in range(rounds):
        for name, file in files.items():
            samples[name].append(compile_once(compiler, level, file))
    return {name: tuple(map(statistics.median, zip(*taken))) for name, taken in samples.items()}


def print_table(compilers, files, rounds):
    print("| compiler | " + " | ".join(FILES) + " | each further model | each further query |")
    print("| --- " * (len(FILES) + 3) + "|")
    for compiler in compilers:
        for level in ("-O0", "-O2"):
            results = measure(compiler, level, files, rounds)
            whole, models, queries = (results[name][0] for name in list(FILES)[1:])
            cells = [f"{seconds:.2f} s / {memory:.0f} MB" for seconds, memory in results.values()]
            cells.append(f"{(models - whole) / MODELS * 1000:.0f} ms")
            cells.append(f"{(queries - whole) / QUERIES * 1000:.0f} ms")
            print(f"| {compiler} {level} | " + " | ".join(cells) + " |", flush=True)


def print_library(compilers, folder):
    print("\n| the library itself | CPU seconds | peak MB |\n| --- | --- | --- |")
    for compiler in compilers:
        for kind in ("debug", "release"):
            build = folder / f"{pathlib.Path(compiler).name}-{kind}"
            options = [f"--buildtype={kind}", "-Ddefault_library=static"]
            options += [f"-D{part}=disabled" for part in ("tests", "bench", "docs", "strict")]
            environment = ["env", f"CXX={compiler}", "CCACHE_DISABLE=1"]
            run([*environment, "meson", "setup", build, ROOT, *options])
            _, cpu, memory = run([*environment, "ninja", "-C", build])
            print(f"| {compiler}, {kind} | {cpu:.0f} | {memory:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--compilers", nargs="+", default=["clang++-19", "g++"])
    parser.add_argument("--library", action="store_true", help="also build the library")
    parser.add_argument("--keep", metavar="FOLDER", help="put the generated files there and compile nothing")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(arguments.keep or temporary)
        files = {}
        for name, (models, queries) in FILES.items():
            files[name] = folder / f"models_{models}_queries_{queries}.cpp"
            files[name].write_text(source(models, queries))
        if arguments.keep:
            return
        compilers = [found for found in arguments.compilers if shutil.which(found)]
        print_table(compilers, files, arguments.rounds)
        if arguments.library:
            print_library(compilers, folder)


if __name__ == "__main__":
    main()
