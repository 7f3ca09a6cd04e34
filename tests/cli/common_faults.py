"""Calls of the system that fail, one at a time, while the command runs: tests/faults/calls.c."""

import errno
import os
import tempfile

from common import ROOT

CALLS = os.environ.get("NB_FAULT_CALLS", os.path.join(ROOT, "build", "dev", "tests", "libfault_calls.so"))


def environment(call, number, fault, fired, file=""):
    """Of a command in which the call of that number fails: with an errno by name, or as calls.c says."""
    found = {"LD_PRELOAD": CALLS, "ASAN_OPTIONS": "verify_asan_link_order=0",
             "NIANBAO_FAULT": f"{call} {number} {getattr(errno, fault, fault)}", "NIANBAO_FAULT_FIRED": fired}
    if file:
        found["NIANBAO_FAULT_FILE"] = file
    return found


def each(call, fault, run, stride=1):
    """Run with the first call failing, then the next, until none is left to fail. How many there were."""
    number = 1
    while True:
        with tempfile.TemporaryDirectory() as folder:
            fired = os.path.join(folder, "fired")
            run(environment(call, number, fault, fired))
            if not os.path.exists(fired):
                return number - 1
        number += stride
