#!/bin/bash
# sarif.sh NIANBAO FILE...   What check writes as SARIF is valid by the schema of the OASIS standard,
# which a package of its editors carries.
set -euo pipefail
nianbao=$1
shift
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=../packages.sh
. "$here/../packages.sh"

package=@microsoft/jest-sarif@1.0.0-beta.0
folder=${XDG_CACHE_HOME:-$HOME/.cache}/nianbao/sarif-schema
install_packages python3-jsonschema
if [ ! -e "$folder/ready" ]; then
    command -v npm >/dev/null || install_packages nodejs npm ca-certificates
    mkdir -p "$folder"
    (cd "$folder" && npm pack --silent "$package" >/dev/null && tar xzf ./*.tgz)
    touch "$folder/ready"
fi
"$nianbao" check --format sarif --fail-on never "$@" | python3 -c '
import glob, json, sys
import jsonschema
path, = glob.glob(sys.argv[1] + "/package/lib/schemas/sarif-2.1.0*.json")
with open(path, encoding="utf-8") as file:
    validator = jsonschema.Draft7Validator(json.load(file))
log = json.load(sys.stdin)
faults = list(validator.iter_errors(log))
for fault in faults[:20]:
    print(list(fault.absolute_path), fault.message[:200])
results = len(log["runs"][0]["results"])
print(f"{results} results")
sys.exit(bool(faults) or not results)
' "$folder"
