"""bench/run.py NIANBAO [RUNS]   How long documents take, and how much memory.

Every figure is of whole cold processes: medians over RUNS (default 15). Machines differ and are
shared, so compare ratios of one run, not single times. NIANBAO_PEERS may name a folder with
gen.py, to_nianbao.py and peers/typst/run.sh: then the same report goes through both, in turn.
"""

import glob
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from narrative import lengthened

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "samples")


def seconds(command):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    spent = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr.decode()}")
    return spent


def medians(runs, *commands):
    """The median time of each command; the commands take turns, so that a busy machine hits all."""
    for command in commands:
        seconds(command)
    times = [[seconds(command) for command in commands] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*times)]


def peak_kib(command):
    # A child of this interpreter would count the interpreter's own memory before exec.
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, check=True)
    return int(done.stderr.split()[-1])


def cpu_seconds(command):
    """User and system time of a command, which other programs on the machine hardly change."""
    done = subprocess.run(["/usr/bin/time", "-f", "%U %S", *command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, check=True)
    user, system = done.stderr.split()[-2:]
    return float(user) + float(system)


def page_count(pdf):
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in info.splitlines() if line.startswith("Pages:"))


def show(what, value, unit, note=""):
    print(f"{what:<48} {value:>10} {unit:<6} {note}".rstrip(), flush=True)


class Bench:
    def __init__(self, nianbao, runs, folder):
        self.nianbao, self.runs, self.folder = nianbao, runs, folder
        self.sample = sorted(glob.glob(os.path.join(SAMPLES, "*.json")))[0]

    def build(self, report, formats="pdf,docx"):
        return [self.nianbao, "build", report, "--force", "-f", formats, "-o", self.folder]

    def write(self, name, report):
        path = os.path.join(self.folder, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False)
        return path

    def cold(self, sample):
        both, pdf, docx = (self.build(sample, f) for f in ("pdf,docx", "pdf", "docx"))
        times = medians(self.runs, both, pdf, docx)
        for name, spent in zip(("PDF and DOCX", "PDF", "DOCX"), times):
            show(f"one report, cold, {name}", f"{spent * 1000:.1f}", "ms")
        show("one report, cold, peak memory", f"{peak_kib(both) / 1024:.1f}", "MiB")

    def growth(self, sample):
        with open(sample, encoding="utf-8") as file:
            report = json.load(file)
        lengths = (5, 50, 200)
        commands = [self.build(self.write(f"narrative-{n}", lengthened(report, n)))
                    for n in lengths]
        times = medians(max(3, self.runs // 3), *commands)
        pages = []
        for n, command, spent in zip(lengths, commands, times):
            pages.append(page_count(os.path.join(self.folder, f"narrative-{n}.pdf")))
            show(f"narrative of {n} pages", f"{spent * 1000:.1f}", "ms",
                 f"{pages[-1]} pages in all, {peak_kib(command) / 1024:.1f} MiB")
        show("200 pages / 5 pages, time", f"{times[2] / times[0]:.1f}", "times",
             f"{pages[2] / pages[0]:.1f} times the pages")
        # What starting costs is in both terms of the ratio above; it cancels out of this one.
        slope = [(times[i + 1] - times[i]) / (pages[i + 1] - pages[i]) for i in (0, 1)]
        show("a page more, from 5 to 50", f"{slope[0] * 1000:.3f}", "ms")
        show("a page more, from 50 to 200", f"{slope[1] * 1000:.3f}", "ms",
             f"{slope[1] / slope[0]:.2f} times; 1 is linear")

    def beside_typst(self, peers):
        line = os.path.join(self.folder, "peer.jsonl")
        with open(line, "wb") as file:
            subprocess.run([sys.executable, f"{peers}/gen.py", "1"], stdout=file, check=True)
        with open(line, "rb") as file:
            ours = subprocess.run([sys.executable, f"{peers}/to_nianbao.py"], stdin=file,
                                  stdout=subprocess.PIPE, check=True).stdout
        report = self.write("peer", json.loads(ours))
        typst = [f"{peers}/peers/typst/run.sh", line, os.path.join(self.folder, "typst")]
        times = medians(self.runs, typst, self.build(report, "pdf"), self.build(report))
        show("Typst, the same report, PDF", f"{times[0] * 1000:.1f}", "ms")
        show("nianbao, PDF", f"{times[1] * 1000:.1f}", "ms",
             f"Typst takes {times[0] / times[1]:.1f} times as long")
        show("nianbao, PDF and DOCX", f"{times[2] * 1000:.1f}", "ms",
             f"Typst takes {times[0] / times[2]:.1f} times as long")


    def lines(self, count, peers=None):
        """An input of so many reports, each of its own agency: the peers' own, or a sample's."""
        path = os.path.join(self.folder, f"rows-{count}.jsonl")
        with open(path, "wb") as file:
            if peers:
                made = subprocess.run([sys.executable, f"{peers}/gen.py", str(count)], stdout=subprocess.PIPE,
                                      check=True).stdout
                file.write(subprocess.run([sys.executable, f"{peers}/to_nianbao.py"], input=made,
                                          stdout=subprocess.PIPE, check=True).stdout)
            else:
                for number in range(count):
                    with open(self.sample, encoding="utf-8") as sample:
                        report = json.load(sample)
                    report["agency"] += str(number)
                    file.write((json.dumps(report, ensure_ascii=False) + "\n").encode())
        return path

    def bulk(self, rows, formats="pdf,docx", workers=1):
        return [self.nianbao, "bulk", rows, "-o", os.path.join(self.folder, "bulk"), "-f", formats, "-j",
                str(workers), "--force", "--quiet", "--lang", "en"]

    def many(self):
        """A rate grows with the number of reports until starting no longer counts; memory does not grow."""
        for count in (100, 1000, 4000):
            command = self.bulk(self.lines(count))
            spent = cpu_seconds(command)
            show(f"bulk, {count} reports, PDF and DOCX, one worker", f"{count / spent:.0f}", "/CPU-s",
                 f"{peak_kib(command) / 1024:.1f} MiB")

    def beside_peers(self, peers):
        """Rates of our own bulk and of programs that stay in memory, in turn."""
        rows = self.lines(1000, peers)
        ours = {formats: 1000 / cpu_seconds(self.bulk(rows, formats)) for formats in ("pdf", "docx", "pdf,docx")}
        for formats, rate in ours.items():
            show(f"bulk, the peers' reports, {formats}", f"{rate:.0f}", "/CPU-s")
        cost = 0  # of a report by both peers
        for peer, formats, count in (("typst", "pdf", 100), ("docxtemplater", "docx", 100)):
            if not os.path.exists(f"{peers}/node/node_modules"):
                print(f"{peer}: not installed in {peers}")
                return
            line = os.path.join(self.folder, f"{peer}.jsonl")
            with open(line, "wb") as file:
                subprocess.run([sys.executable, f"{peers}/gen.py", str(count)], stdout=file, check=True)
            rate = count / cpu_seconds([f"{peers}/peers/{peer}/run.sh", line, os.path.join(self.folder, peer)])
            cost += 1 / rate
            show(f"{peer}, the same reports, {formats}", f"{rate:.1f}", "/CPU-s",
                 f"nianbao is {ours[formats] / rate:.0f} times as fast, "
                 f"with both formats {ours['pdf,docx'] / rate:.1f}")
        show("both peers, PDF and DOCX", f"{1 / cost:.1f}", "/CPU-s",
             f"nianbao is {ours['pdf,docx'] * cost:.0f} times as fast")


def main():
    samples = sorted(glob.glob(os.path.join(SAMPLES, "*.json")))
    if len(sys.argv) not in (2, 3) or not samples:
        sys.exit(__doc__ if samples else "no samples")
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(os.path.abspath(sys.argv[1]), runs, folder)
        bench.cold(samples[0])
        bench.growth(samples[0])
        bench.many()
        if os.environ.get("NIANBAO_PEERS"):
            bench.beside_typst(os.path.abspath(os.environ["NIANBAO_PEERS"]))
            bench.beside_peers(os.path.abspath(os.environ["NIANBAO_PEERS"]))


main()
