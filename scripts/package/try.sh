#!/bin/bash
# try.sh FOLDER   Installs the packages of a folder in a Debian 12 that has nothing else, as root, and
# makes documents there: what the packages need they must name and bring. The bare system is kept in
# the cache for the next time.
set -euo pipefail
packages=$(readlink -f "$1")
cd "$(dirname "$(readlink -f "$0")")/../.."

bare=${XDG_CACHE_HOME:-$HOME/.cache}/nianbao/debian-12
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

if [ ! -e "$bare/ready" ]; then
    rm -rf --one-file-system "$bare"
    mkdir -p "$bare"
    debootstrap --variant=minbase bookworm "$bare/root" >"$bare/log" || {
        tail -n 5 "$bare/log" >&2
        exit 1
    }
    touch "$bare/ready"
fi
root=$work/root
cp -a "$bare/root" "$root"
cp /etc/resolv.conf "$root/etc/resolv.conf"

inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root DEBIAN_FRONTEND=noninteractive \
        chroot "$root" "$@"
}

# Patterns in the list are those of the system inside.
install() {
    inside sh -c "apt-get install -y -q --no-install-recommends $1" >>"$work/log" 2>&1 || {
        tail -n 20 "$work/log" >&2
        return 1
    }
}

mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages/"
cp samples/minimal.json examples/setters.c "$root/root/"
inside apt-get update -q >"$work/log"
install "/packages/nianbao_*.deb /packages/nianbao-common_*.deb /packages/libnianbao[0-9]*.deb \
    fonts-arphic-gkai00mp fonts-noto-cjk fonts-liberation2"
cd /
inside nianbao version
inside nianbao forms >/dev/null
inside nianbao check /root/minimal.json
inside nianbao build /root/minimal.json --force -f pdf,docx,ofd,html -o /root/out
# The reader of PDFs is found, too, and what was written is read back.
inside nianbao import /root/out/minimal.pdf --ignore-carried -o /root/again.json
inside nianbao check /root/again.json
inside nianbao verify /root/out/minimal.docx

install "gcc libc6-dev pkg-config /packages/libnianbao-dev_*.deb"
# shellcheck disable=SC2016  # the inner shell expands it
inside sh -c 'cd /root && gcc -Werror setters.c -o setters $(pkg-config --cflags --libs nianbao) && ./setters setters.pdf'
# shellcheck disable=SC2016
inside sh -c 'cd /root && gcc -Werror setters.c -o static \
    $(pkg-config --static --cflags --libs nianbao | sed s/-lnianbao/-l:libnianbao.a/) && ./static static.pdf'
inside apt-get purge -y -q nianbao libnianbao-dev nianbao-common >>"$work/log" 2>&1
left=$(find "$root/usr" "$root/etc" -name '*nianbao*' | head)
[ -z "$left" ] || {
    echo "left behind: $left" >&2
    exit 1
}
echo "the packages install, work and go again"
