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
peers=bench/macro/peer
case " $* " in
*" --self-test "*) ;;
*) python3 "$sources/bench/run.py" --build "$build" --install-only ;;
esac
[ -f "$build/build.ninja" ] ||
    meson setup "$build" "$sources" --buildtype=release -Ddefault_library=static -Dtests=disabled -Ddocs=disabled >&2
for name in libpqxx soci; do
    if ninja -C "$build" -t query "bench/peers/${name}_peer" >/dev/null 2>&1; then
        peers="$peers bench/peers/${name}_peer"
    fi
done
ninja -C "$build" $peers >&2
exec python3 "$sources/bench/run.py" --build "$build" "$@"
