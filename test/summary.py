"""Prints how many cases passed and failed in a Meson test log: `PASSED FAILED`.

A doctest program counts by its test cases, a script by its closing line `N passed, N failed`, anything else as one.
A program that fails although its own count says otherwise (it crashed, it leaked) counts as one failure more.
"""
import json
import pathlib
import re
import sys

CASES = re.compile(r"test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed|^(\d+) passed, (\d+) failed$", re.MULTILINE)


def cases(entry):
    succeeded = entry["result"] in ("OK", "EXPECTEDFAIL")
    if entry["result"] == "SKIP":
        print(entry["name"], "is skipped:", entry.get("stdout", "").strip(), file=sys.stderr)
        return 0, 0
    passed = failed = 0
    counts = CASES.findall(entry.get("stdout", ""))
    for own in counts:
        numbers = [int(number) for number in own if number]
        passed, failed = passed + numbers[0], failed + numbers[1]
    if succeeded and not passed:
        passed = 1
    if not succeeded and not failed:
        failed = 1
    return passed, failed


def main():
    log = pathlib.Path(sys.argv[1])
    lines = log.read_text().splitlines() if log.exists() else []
    totals = [cases(json.loads(line)) for line in lines]
    passed, failed = (sum(column) for column in zip(*totals)) if totals else (0, 1)
    print(passed, failed)


if __name__ == "__main__":
    main()
