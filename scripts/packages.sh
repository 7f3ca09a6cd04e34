# shellcheck shell=bash
# Debian packages, sourced by the other scripts: which are missing, and installing them.

# Runs a command as root, through sudo when we are not root.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "needs root or sudo: $*" >&2
        return 1
    fi
}

can_install() {
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null
}

# Prints those of the named packages that are not installed.
missing_packages() {
    local have package
    have=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "$package installed" <<<"$have" || echo "$package"
    done
}

# The package lists are fetched once a run, and only when something is to be installed.
update_lists() {
    [ -z "${NB_LISTS_FRESH:-}" ] || return 0
    if can_install; then
        as_root apt-get update -q >&2
    fi
    export NB_LISTS_FRESH=1
}

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "installing: ${missing[*]}" >&2
    update_lists
    # Another apt may be at work on the machine: wait for its lock instead of failing.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=600 "${missing[@]}" >&2
}

# Downloads a package into the current folder and unpacks it to ./tree, without installing it.
unpack_package() {
    update_lists
    # The download folder is private, so apt's own user could not write to it.
    apt-get download -q -o APT::Sandbox::User="$(id -un)" "$1" >&2
    dpkg -x "$1"_*.deb tree
}
