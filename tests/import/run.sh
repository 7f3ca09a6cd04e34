#!/bin/bash
# Imports each NAME.txt here: the report must be NAME.expected.json byte for byte, and the messages
# and exit status what NAME.expected holds. A text in faults/ that is no report at all has only the
# latter. NB_UPDATE_GOLDENS=1 writes the expected files anew, but never that of a published report.
set -euo pipefail
cd "$(dirname "$0")"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# compare EXPECTED ACTUAL
compare() {
    if [ -n "${NB_UPDATE_GOLDENS:-}" ] && [ "$1" != jianghan-2022.expected.json ]; then
        cp "$2" "$1"
    elif ! diff -u "$1" "$2"; then
        failed=1
    fi
}

for text in *.txt faults/*.txt; do
    name=${text%.txt}
    report=$scratch/report.json
    rm -f "$report"
    status=0
    "$NIANBAO" import "$text" -o "$report" 2>"$scratch/messages" || status=$?
    echo "exit $status" >>"$scratch/messages"
    compare "$name.expected" "$scratch/messages"
    if [ -e "$report" ]; then
        compare "$name.expected.json" "$report"
    elif [ -e "$name.expected.json" ]; then
        echo "$name: no report was written"
        failed=1
    fi
done
exit "$failed"
