#!/bin/bash
# accessibility.sh PAGE.html…   Shows pages to an HTML validator (html-validate) and, in Chromium, to
# axe-core and the checks of accessibility.mjs. One line a check; exit status 1 when one fails.
# NB_CHECK is the folder for what npm installs, CHROMIUM another browser than Debian's.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: accessibility.sh PAGE.html…" >&2; exit 2; }
here=$(dirname "$(readlink -f "$0")")

# shellcheck source=../packages.sh
. "$here/../packages.sh"

tools=${NB_CHECK:-$HOME/.cache/nianbao-check}/html
packages=(html-validate@9.7.1 axe-core@4.14.1 playwright-core@1.60.0)

command -v npm >/dev/null || install_packages nodejs npm ca-certificates
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || install_packages chromium
if [ "$(cat "$tools/installed" 2>/dev/null)" != "${packages[*]}" ]; then
    mkdir -p "$tools"
    npm install --prefix "$tools" --loglevel=error --no-fund --no-audit --ignore-scripts \
        --no-package-lock "${packages[@]}" >&2
    echo "${packages[*]}" >"$tools/installed"
fi

failed=0
for page in "$@"; do
    name=$(basename "$page")
    if output=$("$tools/node_modules/.bin/html-validate" --formatter text \
        "$page" 2>&1); then
        echo "PASS $name: html-validate finds no fault"
    else
        echo "FAIL $name: html-validate finds no fault"
        head -n 20 <<<"$output" | sed 's/^/    /'
        failed=1
    fi
done
NB_TOOLS=$tools CHROMIUM=${CHROMIUM:-$(command -v chromium)} \
    node "$here/accessibility.mjs" "$@" || failed=1
exit $failed
