#!/bin/bash
# Runs fuzz targets one after the other and says of each how many inputs it tried.
# usage: scripts/fuzz.sh BUILD SECONDS [TARGET...]
# New inputs go to BUILD/corpus/TARGET, those that crash to BUILD/crashes.
set -euo pipefail

build=$1
seconds=$2
shift 2
tests=$(dirname "$(readlink -f "$0")")/../tests
targets=("$@")
if [ ${#targets[@]} = 0 ]; then
    for source in "$tests"/fuzz/fuzz_*.c; do
        name=$(basename "$source" .c)
        targets+=("${name#fuzz_}")
    done
fi

mkdir -p "$build/crashes"
failed=()
for name in "${targets[@]}"; do
    corpus=$build/corpus/$name
    mkdir -p "$corpus"
    log=$build/$name.log
    if nice "$build/tests/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$build/crashes/$name-" \
        "$corpus" "$tests/fuzz/corpus/$name" >"$log" 2>&1; then
        outcome=well
    else
        outcome=FAILED
        failed+=("$name")
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf '%-14s %-6s %10s runs\n' "$name" "$outcome" "${runs:-?}"
done

if [ ${#failed[@]} -gt 0 ]; then
    echo "inputs that fail are in $build/crashes; the reports are in $build/NAME.log" >&2
    exit 1
fi
