# Sourced by test/run.sh and docs/demo/run.sh: the packages of Debian 12 that they need, and a folder to build in.
# Expects $project; installs only what is missing, so that everything works offline afterwards.

build_packages="clang-19 lld-19 meson ninja-build pkg-config libpq-dev libuv1-dev nlohmann-json3-dev postgresql iso-codes"

say() { printf '\n== %s\n' "$*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian's postgresql package would also start a server of its own, which nothing here uses: ask it not to,
# unless this machine already has its own settings for that, and put the package's settings in place afterwards.
postgresql_conf=/etc/postgresql-common/createcluster.conf
without_system_server() {
    if [ -e "${postgresql_conf%/*}" ]; then "$@"; return; fi
    as_root mkdir -p "${postgresql_conf%/*}"
    echo 'create_main_cluster = false' | as_root tee "$postgresql_conf" >/dev/null
    "$@"
    status=$?
    [ ! -e "$postgresql_conf.ucf-dist" ] || as_root mv "$postgresql_conf.ucf-dist" "$postgresql_conf"
    return $status
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is no Debian: these packages, or what they are called here, must be there: $*"
        return
    fi
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing$missing"
    as_root apt-get update
    # shellcheck disable=SC2086  # a list of words
    without_system_server apt_install $missing || say "Not everything could be installed; going on with what is there."
}

# The first of these folders that belongs to this user: a build by root does not stand in the way of other users.
build_folder() {
    for folder in "$project/build" "$project/build-$(id -un)" "${TMPDIR:-/tmp}/asynchrormous-build-$(id -un)"; do
        if mkdir -p "$folder" 2>/dev/null && [ -O "$folder" ]; then
            echo "$folder"
            return
        fi
    done
    echo "No folder to build in: neither $project nor ${TMPDIR:-/tmp} can be written." >&2
    return 1
}

# configure FOLDER COMPILER MESON_OPTIONS...
configure() {
    folder=$1 compiler=$2
    shift 2
    ! command -v ccache >/dev/null || compiler="ccache $compiler"
    [ -f "$folder/build.ninja" ] || CXX=$compiler meson setup "$folder" "$project" "$@"
}

export NINJA_STATUS='[%f/%t %es] '
