#!/bin/bash
# goldens.sh BUILD_DIR   Runs every test with NB_UPDATE_GOLDENS=1, in which those that compare with
# a kept output write it anew, and shows what changed. Read the change before you commit it.
set -euo pipefail
build=$(readlink -f "$1")
cd "$(dirname "$0")/.."

status=0
NB_UPDATE_GOLDENS=1 ctest --test-dir "$build" --output-on-failure -j "$(nproc)" || status=$?
git diff --stat -- tests
git ls-files --others --exclude-standard -- tests | sed 's/^/new: /'
exit "$status"
