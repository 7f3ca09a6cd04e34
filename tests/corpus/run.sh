#!/bin/bash
# A slice of the corpus: reports rendered in the ways seen in the wild and imported. Each comes back
# right or is refused with a reason; scripts/conformance runs many more.
set -euo pipefail
cd "$(dirname "$0")"
python3 corpus.py --reports 14 --renderings 5 --most-refused 0.05
