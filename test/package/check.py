"""Builds and runs consumer.cpp as a user would: in a Meson project with the library as its subproject, and in a CMake
project with the installed library through pkg-config; each with C++20 and C++23.

check.py meson SOURCE_ROOT                subproject, static library
check.py cmake BUILD_ROOT                 what `meson install` puts there, shared library

CXX and CXX_LD come from the environment; ends with `N passed, N failed`.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def run(*command, **environment):
    result = subprocess.run(list(map(str, command)), env={**os.environ, **environment}, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode:
        print("$", *command, "\n" + result.stdout[-8000:])
    return result.returncode == 0


def consumer(kind, folder):
    shutil.copytree(HERE / kind, folder)
    shutil.copy(HERE / "consumer.cpp", folder)
    return folder


def meson_subproject(source_root, folder):
    project, build = consumer("meson", folder / "project"), folder / "build"
    (project / "subprojects").mkdir()
    (project / "subprojects" / "asynchrormous").symlink_to(source_root.resolve(), target_is_directory=True)
    ready = run("meson", "setup", build, project, "--buildtype=plain", "-Ddefault_library=static",
                "-Dasynchrormous:default_library=static") and run("ninja", "-C", build)
    for standard in ("c++20", "c++23"):
        yield ready and run("meson", "test", "-C", build, standard)


def cmake_pkgconfig(build_root, folder):
    stage = folder / "stage"
    if not run("meson", "install", "-C", build_root, "--no-rebuild", "--destdir", stage):
        yield False
        return
    file = next(stage.rglob("asynchrormous.pc"))
    prefix = re.search("^prefix=(.*)$", file.read_text(), re.MULTILINE)[1]
    file.write_text(file.read_text().replace(f"prefix={prefix}", f"prefix={stage}{prefix}", 1))
    libraries = str(file.parent.parent)
    project = consumer("cmake", folder / "project")
    for standard in ("20", "23"):
        build = folder / f"build{standard}"
        yield (run("cmake", "-S", project, "-B", build, "-G", "Ninja", f"-DCMAKE_CXX_STANDARD={standard}",
                   PKG_CONFIG_PATH=str(file.parent))
               and run("cmake", "--build", build)
               and run("ctest", "--test-dir", build, "--output-on-failure", LD_LIBRARY_PATH=libraries))


def main():
    kind, root = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="asynchrormous-package-") as folder:
        steps = {"meson": meson_subproject, "cmake": cmake_pkgconfig}[kind]
        results = list(steps(root, pathlib.Path(folder)))
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
