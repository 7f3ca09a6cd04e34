#!/bin/bash
# Installs the free fonts that fonts.json falls back to. Does nothing when they are there.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../scripts/packages.sh
. "$here/../scripts/packages.sh"

packages=(fonts-noto-cjk fonts-arphic-gkai00mp fonts-lxgw-wenkai fonts-liberation2
    fonts-babelstone-han fonts-hanazono)
fandol=(FandolFang-Regular.otf FandolKai-Regular.otf)

if can_install; then
    folder=/usr/local/share/fonts/nianbao
    install_packages "${packages[@]}"
else
    folder=$HOME/.local/share/fonts/nianbao
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

put() {
    if can_install; then
        as_root install -D -m 644 -t "$folder" "$@"
    else
        install -D -m 644 -t "$folder" "$@"
    fi
}

# Fandol comes only inside TeX Live's package. Two of its files are taken out, since installing it
# would bring TeX with it. Its licence text goes along with the fonts.
take_fandol() {
    (cd "$work" && unpack_package texlive-lang-chinese)
    local otf=$work/tree/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
    local doc=$work/tree/usr/share/doc/texlive-doc/fonts/fandol
    gunzip -c "$doc/COPYING.gz" >"$work/Fandol-COPYING"
    cp "$doc/README" "$work/Fandol-README"
    put "$work/Fandol-COPYING" "$work/Fandol-README" "${fandol[@]/#/$otf/}"
    rm -rf "$work/tree"
}

# Without root the packages' font files go to the user's own folder.
take_package() {
    (cd "$work" && unpack_package "$1")
    mapfile -t files < <(find "$work/tree/usr/share/fonts" -type f)
    put "${files[@]}"
    rm -rf "$work/tree"
}

changed=
for file in "${fandol[@]}"; do
    [ -s "$folder/$file" ] || { take_fandol; changed=1; break; }
done
if ! can_install; then
    mark=$folder/packages
    for package in $(missing_packages "${packages[@]}"); do
        grep -qsxF "$package" "$mark" || { take_package "$package"; echo "$package" >>"$mark"; changed=1; }
    done
fi

# fontconfig is not needed to find the fonts that fonts.json names, so its cache is a courtesy.
if [ -n "$changed" ] && command -v fc-cache >/dev/null; then
    if can_install; then as_root fc-cache "$folder"; else fc-cache "$folder"; fi
fi
