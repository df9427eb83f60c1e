#!/bin/sh
# Installs what is missing, builds and runs every test there is; ends with `N passed, N failed`.
# clang 19 runs everything, g++ 12 what needs no coroutines, AddressSanitizer and UBSan the unit and server tests,
# and random input for the decoders.
# The server tests start a private PostgreSQL in a temporary folder; DATABASE_URL, when set, is used instead.
set -u
project=$(cd "$(dirname "$0")/.." && pwd)
. "$project/test/prepare.sh"
# shellcheck disable=SC2086  # a list of words
install_packages $build_packages ccache python3 g++ doctest-dev cmake clang-format-19 clang-tidy-19 libclang-rt-19-dev \
    python3-django python3-psycopg2
build=$(build_folder) || exit 1
cd "$project" || exit 1

passed=0
failed=0
count() {
    passed=$((passed + $1))
    failed=$((failed + $2))
}

# check NAME COMMAND...: one check that passes or fails; its output is shown when it fails
check() {
    say "$1"
    shift
    if "$@" >"$build/check.log" 2>&1; then count 1 0; else
        count 0 1
        tail -n 100 "$build/check.log"
    fi
}

# suite FOLDER TARGETS [meson test arguments]: builds the targets, runs the tests and adds up their cases
suite() {
    folder=$1 targets=$2
    shift 2
    # shellcheck disable=SC2086  # a list of words
    if ! ninja -C "$folder" $targets; then
        count 0 1
        return
    fi
    log=$folder/meson-logs/testlog.json
    rm -f "$log"
    meson test -C "$folder" --no-rebuild --print-errorlogs "$@"
    # shellcheck disable=SC2046  # two words
    count $(python3 test/summary.py "$log")
}

formatted() { find include lib test bench docs -name '*.[hc]pp' -exec clang-format-19 --dry-run -Werror {} +; }
tidy() { find lib -name '*.cpp' -print0 | xargs -0 -n 4 -P "$(nproc)" clang-tidy-19 --quiet -p "$build/clang"; }

export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

check 'Format (clang-format)' formatted

say 'clang: everything'
export CXX_LD=lld
configure "$build/clang" clang++-19 --buildtype=debug
suite "$build/clang" all

say 'g++: the library, blocking QuerySets and lazy proxies'
unset CXX_LD
configure "$build/gcc" g++ --buildtype=debug -Ddefault_library=static -Dbench=disabled -Ddocs=disabled
suite "$build/gcc" all --no-suite once

say 'clang with AddressSanitizer and UndefinedBehaviorSanitizer'
export CXX_LD=lld
configure "$build/sanitize" clang++-19 --buildtype=debug -Ddefault_library=static -Dbench=disabled -Ddocs=disabled \
    -Db_sanitize=address,undefined -Db_lundef=false -Dcpp_args=-fsanitize=fuzzer-no-link
suite "$build/sanitize" 'test/unit_tests test/server_tests test/fuzz/fuzz_decoders' unit server 'fuzz decoders'

check 'Static analysis (clang-tidy)' tidy

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
