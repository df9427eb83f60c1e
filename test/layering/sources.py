"""Fails when a .cpp file of lib/, test/, docs/ or bench/ is in no build list, so that no test is forgotten.

sources.py SOURCE_ROOT BUILD_ROOT
"""
import json
import pathlib
import sys

# Built by scripts of their own, or for fuzzing only.
ELSEWHERE = ("test/package/", "test/compile_fail/", "test/fuzz/", "bench/compile/")


def main():
    source_root, build_root = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    targets = json.loads((build_root / "meson-info" / "intro-targets.json").read_text())
    built = {pathlib.Path(file).resolve() for target in targets for group in target["target_sources"]
             for file in group.get("sources", [])}
    files = {file for folder in ("lib", "test", "docs", "bench") for file in (source_root / folder).rglob("*.cpp")}
    names = sorted(str(file.relative_to(source_root)) for file in files - built)
    forgotten = [name for name in names if not name.startswith(ELSEWHERE)]
    for name in forgotten:
        print(f"{name}: is in no build list; add it to the meson.build of its folder")
    return 1 if forgotten else 0


if __name__ == "__main__":
    sys.exit(main())
