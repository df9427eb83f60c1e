"""What the checks of this folder share: their command line, and made-up trees on which each rule fails."""
import pathlib
import sys
import tempfile


def try_cases(check, cases):
    """cases: pairs of the files of a tree, texts by name, and how its first complaint begins, or None.

    Returns: how many failed, how many passed.
    """
    failed = 0
    for files, wanted in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            found = check(root)[0]
            if bool(found) != bool(wanted) or (wanted and not found[0].startswith(wanted)):
                failed += 1
                print(f"self-test: {files!r} gave {found!r} instead of {wanted!r}")
    return failed, len(cases) - failed


def main(check, self_test):
    """check(root) returns what is wrong, and how much is right. Returns: the exit status."""
    if sys.argv[1] == "--self-test":
        failed, passed = self_test()
    else:
        wrong, passed = check(pathlib.Path(sys.argv[1]))
        failed = len(wrong)
        print("\n".join(wrong))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0
