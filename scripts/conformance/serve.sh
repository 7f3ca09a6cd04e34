#!/bin/bash
# serve.sh NIANBAO   Works with `nianbao serve` in Chromium as a clerk does, and as fifty of them at once.
# One line a check; exit status 1 when one fails. Pictures of the views go to build/conformance/serve.
# NB_SERVE_SECONDS is how long the fifty work (60).
set -euo pipefail
nianbao=$(readlink -f "$1")
here=$(dirname "$(readlink -f "$0")")

# shellcheck source=../packages.sh
. "$here/../packages.sh"
# shellcheck source=browser.sh
. "$here/browser.sh"

install_browser_tools
out=$here/../../build/conformance/serve
rm -rf "$out"
mkdir -p "$out"
failed=0
if output=$("$NB_TOOLS/node_modules/.bin/html-validate" --formatter text "$here/../../src/serve/assets/index.html" 2>&1); then
    echo "PASS index.html: html-validate finds no fault"
else
    echo "FAIL index.html: html-validate finds no fault"
    head -n 20 <<<"$output" | sed 's/^/    /'
    failed=1
fi
node "$here/serve.mjs" "$nianbao" "$out" || failed=1
node "$here/serve_load.mjs" "$nianbao" "${NB_SERVE_SECONDS:-60}" || failed=1
exit $failed
