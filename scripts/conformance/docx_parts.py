"""docx_parts.py FILE.docx   Every XML part parses, and no part is there twice."""

import sys
import zipfile
from xml.parsers import expat

with zipfile.ZipFile(sys.argv[1]) as archive:
    names = archive.namelist()
    faults = [f"{name}: twice in the archive" for name in set(names) if names.count(name) > 1]
    for name in names:
        if name.endswith((".xml", ".rels")):
            try:
                expat.ParserCreate(namespace_separator=" ").Parse(archive.read(name), True)
            except expat.ExpatError as error:
                faults.append(f"{name}: {error}")
print(*faults, sep="\n")
sys.exit(bool(faults))
