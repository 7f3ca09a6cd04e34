#!/bin/bash
# Checks each NAME.json here: what is printed, and the exit status, must be what NAME.expected holds.
# Where there is a NAME.en.expected, the same in English. NB_UPDATE_GOLDENS=1 writes both anew.
set -euo pipefail
cd "$(dirname "$0")"

failed=0

# compare EXPECTED COMMAND...
compare() {
    local expected=$1 actual status=0
    shift
    actual=$("$@" 2>&1) || status=$?
    actual+=$'\n'"exit $status"
    if [ -n "${NB_UPDATE_GOLDENS:-}" ]; then
        echo "$actual" >"$expected"
    elif ! diff -u "$expected" <(echo "$actual"); then
        failed=1
    fi
}

for input in *.json; do
    name=${input%.json}
    compare "$name.expected" "$NIANBAO" check "$input"
    [ ! -e "$name.en.expected" ] || compare "$name.en.expected" "$NIANBAO" check --lang en "$input"
done
exit "$failed"
