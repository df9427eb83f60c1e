#!/usr/bin/env python3
"""Instructions that building and rendering a query costs, counted by callgrind.

Usage: instructions.py <path of build_query>

Each stage runs twice with different repetitions; the difference leaves out what only the first ones cost.
"""
import re
import subprocess
import sys

FEW, MANY = 200, 1200


def instructions(program, stage, times):
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, stage, str(times)],
        capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    cost = {stage: (instructions(sys.argv[1], stage, MANY) - instructions(sys.argv[1], stage, FEW)) / (MANY - FEW)
            for stage in ("encode", "build", "render")}
    print(f"encode the values          {cost['encode']:8.0f} instructions")
    print(f"build the query            {cost['build'] - cost['encode']:8.0f}")
    print(f"render a shape seen before {cost['render'] - cost['build']:8.0f}")
    print(f"both, beyond encoding      {cost['render'] - cost['encode']:8.0f}")


if __name__ == "__main__":
    main()
