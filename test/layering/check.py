"""Fails when an #include runs against the order of the layers (docs/design.md), or a C API leaves its one folder.

check.py ROOT         checks include/ and lib/ of the project
check.py --self-test  proves on a made-up tree that each rule can fail
"""
import pathlib
import re
import sys
import tempfile

LAYERS = ["reflect", "runtime", "sql", "postgres", "observe", "model", "query", "schema", "testing"]
C_APIS = {"uv.h": "runtime", "libpq-fe.h": "postgres"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer_of(path):
    """The layer that a path below include/asynchrormous or lib names, or None for the files on top of all layers."""
    return path.parts[0] if len(path.parts) > 1 and path.parts[0] in LAYERS else None


def included_layer(kind, target):
    path = pathlib.PurePosixPath(target)
    if path.parts[0] == "asynchrormous":
        return layer_of(pathlib.PurePosixPath(*path.parts[1:])) or ("top" if path.name == "orm.hpp" else None)
    return next((part for part in path.parts[:-1] if part in LAYERS), None) if kind == '"' else None


def complaints(root):
    for base in (root / "include" / "asynchrormous", root / "lib"):
        public = base.name == "asynchrormous"
        for file in sorted(base.rglob("*.[hc]pp")):
            own = layer_of(file.relative_to(base))
            if own is None and not public:
                yield f"{file}: lies in no layer"
            for kind, target in INCLUDE.findall(file.read_text()):
                api = next((a for a in C_APIS if target == a or target.endswith("/" + a)), None)
                if api and public:
                    yield f"{file}: a public header includes <{api}>; keep it in lib/{C_APIS[api]}/"
                elif api and own != C_APIS[api]:
                    yield f"{file}: only lib/{C_APIS[api]}/ includes <{api}>"
                if own is None:
                    continue
                other = included_layer(kind, target)
                if other == "top" or (other and LAYERS.index(other) > LAYERS.index(own)):
                    yield f"{file}: {own}/ must not include {target}, which stands below it in the list of layers"


def self_test():
    cases = {
        "include/asynchrormous/sql/a.hpp": ["#include <asynchrormous/query/b.hpp>", "#include <asynchrormous/orm.hpp>"],
        "include/asynchrormous/runtime/a.hpp": ["#include <uv.h>", '#include "../sql/b.hpp"'],
        "lib/sql/a.cpp": ['#include "postgres/connection.hpp"', "# include <uv.h>", "#include <libpq-fe.h>"],
        "lib/stray/a.cpp": ["#include <vector>"],
    }
    fine = {
        "include/asynchrormous/orm.hpp": "#include <asynchrormous/query/b.hpp>\n",
        "include/asynchrormous/query/b.hpp": "#include <asynchrormous/sql/a.hpp>\n#include <asynchrormous/export.hpp>\n",
        "lib/runtime/a.cpp": '#include <uv.h>\n#include "a.hpp"\n',
        "lib/postgres/a.cpp": '#include <libpq-fe.h>\n#include "runtime/b.hpp"\n',
    }
    for name, lines in [(n, l) for n, ls in cases.items() for l in ls] + [(n, l) for n, l in fine.items()]:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / name
            file.parent.mkdir(parents=True)
            file.write_text(lines + "\n")
            found = list(complaints(pathlib.Path(folder)))
            if bool(found) != (name in cases):
                return [f"self-test: {name} with {lines!r} gave {found}"]
    return []


def main():
    found = self_test() if sys.argv[1] == "--self-test" else list(complaints(pathlib.Path(sys.argv[1])))
    print("\n".join(found) if found else "layering: in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
