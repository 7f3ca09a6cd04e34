#!/bin/bash
# Runs fuzz targets, as many at once as there are processors, and says of each how many inputs it
# tried.
# usage: scripts/fuzz.sh BUILD SECONDS [TARGET...]
# New inputs go to BUILD/corpus/TARGET, those that crash to BUILD/crashes.
set -euo pipefail

export build=$1 seconds=$2
shift 2
tests=$(dirname "$(readlink -f "$0")")/../tests
export tests
targets=("$@")
if [ ${#targets[@]} = 0 ]; then
    for source in "$tests"/fuzz/fuzz_*.c; do
        name=$(basename "$source" .c)
        targets+=("${name#fuzz_}")
    done
fi

# Runs one target; fails when it does.
fuzz() {
    local name=$1 corpus=$build/corpus/$1 log=$build/$1.log outcome=well
    mkdir -p "$corpus"
    nice "$build/tests/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$build/crashes/$name-" \
        "$corpus" "$tests/fuzz/corpus/$name" >"$log" 2>&1 || outcome=FAILED
    printf '%-14s %-6s %10s runs\n' "$name" "$outcome" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
    [ "$outcome" = well ]
}
export -f fuzz

mkdir -p "$build/crashes"
# shellcheck disable=SC2016 # the inner shell expands it
if ! printf '%s\0' "${targets[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'fuzz "$1"' fuzz; then
    echo "inputs that fail are in $build/crashes; the reports are in $build/NAME.log" >&2
    exit 1
fi
