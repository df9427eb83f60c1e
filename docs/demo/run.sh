#!/bin/sh
# Installs what is missing, builds the library and the demo, and runs the demo on a private PostgreSQL that it
# starts in a temporary folder and removes again; DATABASE_URL, when set, is used instead.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
. "$project/test/prepare.sh"
# shellcheck disable=SC2086  # a list of words
install_packages $build_packages
build=$(build_folder)/demo

say 'Building the library and the demo'
export CXX_LD=lld
configure "$build" clang++-19 --buildtype=release -Ddefault_library=static -Dtests=disabled -Dbench=disabled
ninja -C "$build" docs/demo/demo

say 'Running the demo'
exec "$build/docs/demo/demo" "$@"
