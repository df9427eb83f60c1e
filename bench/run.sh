#!/bin/sh
# Builds the peers and runs the whole benchmark: bench/run.sh [--quick] [--docs] ... (bench/run.py --help tells all).
# BENCH_BUILD is the build folder, build/bench in the sources without it; CXX the compiler.
set -eu
sources=$(cd "$(dirname "$0")/.." && pwd)
build=${BENCH_BUILD:-$sources/build/bench}
if [ -z "${CXX:-}" ] && command -v clang++-19 >/dev/null; then
    CXX=clang++-19
    export CXX
fi
case " $* " in
*" --self-test "*) ;;
*) python3 "$sources/bench/run.py" --build "$build" --install-only ;;
esac
[ -f "$build/build.ninja" ] ||
    meson setup "$build" "$sources" --buildtype=release -Ddefault_library=static -Dtests=disabled -Ddocs=disabled >&2
ninja -C "$build" bench/macro/peer >&2
for name in libpqxx_peer soci_peer; do # one that is not installed, or does not compile, is left out
    ninja -C "$build" "bench/peers/$name" >&2 || true
done
exec python3 "$sources/bench/run.py" --build "$build" "$@"
