#!/bin/bash
# import_roundtrip.sh NIANBAO OUTDIR
# A report must come back from its DOCX after another word processor has saved it: each sample is
# built, saved again by LibreOffice with and without the carried data, and imported.
# Needs soffice and python3. Prints one line a check; exit status 1 when one failed.
set -euo pipefail

nianbao=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
source_dir=$(realpath "$(dirname "$0")/../..")
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
failed=0

check() { # NAME EXPECTED ACTUAL
    if cmp -s "$2" "$3"; then
        echo "PASS $1"
    else
        echo "FAIL $1"
        diff "$2" "$3" | head -20 || true
        failed=1
    fi
}

# Import exits with 1 when values are missing, which the comparison then shows.
import() {
    "$nianbao" import "$1" -o "$2" 2>"$2.messages" || true
}

for report in "$source_dir"/samples/*.json "$source_dir"/tests/import/*.expected.json; do
    name=$(basename "$report" .json)
    bare=$name-bare
    "$nianbao" build "$report" --force -o "$out/$name.docx" 2>"$out/$name.build" ||
        { echo "FAIL $name: build"; cat "$out/$name.build"; failed=1; continue; }
    python3 "$source_dir/tests/cli/common_published.py" "$out/$name.docx" "$out/$bare.docx"
    import "$out/$name.docx" "$out/$name.first.json"
    import "$out/$bare.docx" "$out/$bare.first.json"
    mkdir -p "$out/saved"
    soffice "-env:UserInstallation=file://$profile" --headless --convert-to docx \
        --outdir "$out/saved" "$out/$name.docx" "$out/$bare.docx" >"$out/soffice.log" 2>&1
    for file in "$name" "$bare"; do
        import "$out/saved/$file.docx" "$out/$file.saved.json"
        check "$file: saved by LibreOffice" "$out/$file.first.json" "$out/$file.saved.json"
    done
done
exit "$failed"
