#!/bin/bash
# accessibility.sh PAGE.html…   Shows pages to an HTML validator (html-validate) and, in Chromium, to
# axe-core and the checks of accessibility.mjs. One line a check; exit status 1 when one fails.
# NB_CHECK is the folder for what npm installs, CHROMIUM another browser than Debian's.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: accessibility.sh PAGE.html…" >&2; exit 2; }
here=$(dirname "$(readlink -f "$0")")

# shellcheck source=../packages.sh
. "$here/../packages.sh"

# shellcheck source=browser.sh
. "$here/browser.sh"

install_browser_tools

failed=0
for page in "$@"; do
    name=$(basename "$page")
    if output=$("$NB_TOOLS/node_modules/.bin/html-validate" --formatter text \
        "$page" 2>&1); then
        echo "PASS $name: html-validate finds no fault"
    else
        echo "FAIL $name: html-validate finds no fault"
        head -n 20 <<<"$output" | sed 's/^/    /'
        failed=1
    fi
done
node "$here/accessibility.mjs" "$@" || failed=1
exit $failed
