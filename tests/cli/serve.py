"""nianbao serve: what it answers, whom it refuses, and that drafts are not written over."""

import concurrent.futures
import io
import json
import os
import re
import signal
import socket
import time
import zipfile

from common import ROOT, unittest
from common_serve import SAMPLE, ServeTest, read


class DocumentTest(unittest.TestCase):
    def test_every_route_is_told(self):
        routes = read(os.path.join(ROOT, "src", "serve", "routes.c")).decode()
        told = read(os.path.join(ROOT, "docs", "serve.md")).decode()
        paths = set(re.findall(r'"(/api/[a-z/]+)"', routes))
        self.assertGreater(len(paths), 8)
        for path in paths:
            self.assertIn(path, told)


class PageTest(ServeTest):
    def test_page(self):
        data, headers = self.expect_status(200, "GET", "/")
        self.assertIn(b"<!DOCTYPE html>", data)
        policy = headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        self.expect_status(304, "GET", "/", If_None_Match=headers["ETag"])
        self.assertEqual(self.expect_status(200, "HEAD", "/")[0], b"")

    def test_a_port_that_is_taken(self):
        self.expect(5, "serve", "--port", str(self.port))

    def test_a_terminal_that_closes(self):
        """It ends as by SIGTERM, with nothing half written, unless nohup started it."""
        self.process.send_signal(signal.SIGHUP)
        self.assertEqual(self.process.wait(60), 0)
        self.process.stdout.close()
        self.start(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.process.send_signal(signal.SIGHUP)
        self.expect_status(200, "GET", "/")

    def test_addresses(self):
        self.expect(2, "serve", "--address", "0.0.0.0")
        self.expect(2, "serve", "--address", "office")


class RefusalTest(ServeTest):
    def test_hosts(self):
        self.expect_status(421, "GET", "/api/forms", Host="example.org")
        self.expect_status(421, "GET", "/api/forms", Host="127.0.0.1:1")
        self.expect_status(200, "GET", "/api/forms", Host=f"localhost:{self.port}")

    def test_origins(self):
        for origin in ("http://example.org", "https://127.0.0.1", "null"):
            self.expect_status(403, "POST", "/api/preview", b"{}", Origin=origin)
        self.expect_status(403, "GET", "/api/forms", Sec_Fetch_Site="cross-site")
        self.expect_status(200, "GET", "/", Sec_Fetch_Site="cross-site")
        self.expect_status(200, "GET", "/api/forms", Origin=f"http://127.0.0.1:{self.port}")

    def test_paths(self):
        for path in ("/../etc/passwd", "/assets/../server.c", "/assets/%2e%2e/%2e%2e/dev",
                     "/api/drafts/../x", "/api/drafts/%2e%2e%2fx", "/api/forms/../x", "/nothing"):
            self.assertIn(self.ask("GET", path)[0], (400, 404), path)
        self.expect_status(405, "DELETE", "/")

    def test_a_body_that_says_it_is_too_large(self):
        head = (f"POST /api/preview HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                "Content-Length: 1073741824\r\n\r\n")
        self.assertIn(b" 413 ", self.send_raw(head.encode()))

    def test_a_body_that_turns_out_too_large(self):
        head = (f"POST /api/preview HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                "Transfer-Encoding: chunked\r\n\r\n")
        piece = b"100000\r\n" + b"x" * (1 << 20) + b"\r\n"
        self.assertIn(b" 413 ", self.send_raw(head.encode(), *[piece] * 12, b"0\r\n\r\n"))

    def test_no_http(self):
        """It is refused or cut off, and does no harm."""
        answer = self.send_raw(b"hello\r\n\r\n")
        self.assertTrue(answer == b"" or b" 400 " in answer, answer)
        self.expect_status(200, "GET", "/")

    def test_slow_clients_hold_up_nobody(self):
        slow = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(20)]
        for connection in slow:
            connection.sendall(b"POST /api/preview HTTP/1.1\r\nHost: 127")
        begun = time.monotonic()
        self.expect_status(200, "GET", "/api/forms")
        self.assertLess(time.monotonic() - begun, 10)
        for connection in slow:
            connection.close()


class ReportTest(ServeTest):
    def test_preview(self):
        report = read(SAMPLE)
        pages = self.expect_json(200, "POST", "/api/preview", report)["pages"]
        self.assertGreater(len(pages), 2)
        known = ",".join(page["digest"] for page in pages[1:])
        again = self.expect_json(200, "POST", "/api/preview", report, X_Known_Pages=known)["pages"]
        self.assertEqual(["svg" in page for page in again], [True] + [False] * (len(pages) - 1))
        face, glyph = re.search(r'href="#([^."]+)\.(\d+)"', pages[0]["svg"]).groups()
        shapes, _ = self.expect_status(200, "GET", f"/api/glyphs/{face}?ids={glyph}")
        self.assertIn(f'id="{face}.{glyph}"'.encode(), shapes)
        self.expect_status(400, "GET", f"/api/glyphs/{face}?ids=1;2")
        self.expect_status(400, "GET", "/api/glyphs/NoSuchFace?ids=1")

    def test_computed_totals(self):
        report = json.loads(read(SAMPLE))
        del report["requests"]["received"][6]
        preview = self.expect_json(200, "POST", "/api/preview", json.dumps(report))
        self.assertEqual([value["pointer"] for value in preview["computed"]],
                         ["/requests/received/6"])

    def test_errors(self):
        report = json.loads(read(SAMPLE))
        report["requests"]["received"][6] += 1
        wrong = json.dumps(report)
        refusal = self.expect_json(422, "POST", "/api/build?format=pdf", wrong)
        self.assertIn("A3", [finding["rule"] for finding in refusal["findings"]])
        self.expect_status(200, "POST", "/api/build?format=pdf&force=1", wrong)
        self.expect_status(200, "POST", "/api/build?format=pdf&draft=1", wrong)
        english = self.expect_json(200, "POST", "/api/preview?lang=en", wrong)
        self.assertIn("is written", "".join(f["message"] for f in english["findings"]))
        self.expect_status(422, "POST", "/api/preview", b"{")
        self.expect_status(422, "POST", "/api/import", b"nothing of a report")
        self.expect_status(400, "POST", "/api/build?format=exe", read(SAMPLE))

    def test_files_are_those_of_the_command(self):
        for suffix in ("pdf", "docx", "ofd", "html"):
            self.expect(0, "build", SAMPLE, "-o", f"report.{suffix}")
            data, _ = self.expect_status(200, "POST", f"/api/build?format={suffix}", read(SAMPLE))
            self.assertEqual(data, read(self.path(f"report.{suffix}")), suffix)
        self.expect(0, "build", SAMPLE, "-o", "draft.html", "--draft")
        data, _ = self.expect_status(200, "POST", "/api/build?format=html&draft=1", read(SAMPLE))
        self.assertEqual(data, read(self.path("draft.html")))
        pages = self.expect_json(200, "POST", "/api/preview?draft=1", read(SAMPLE))["pages"]
        self.assertTrue(all("草稿</text>" in page["svg"] and 'fill="#C00000"' in page["svg"] for page in pages))
        data, _ = self.expect_status(200, "POST", "/api/build?format=zip", read(SAMPLE))
        self.assertEqual(data[:2], b"PK")

    def test_import(self):
        docx, _ = self.expect_status(200, "POST", "/api/build?format=docx", read(SAMPLE))
        for name, data in (("report.docx", docx), ("report.json", read(SAMPLE))):
            answer = self.expect_json(200, "POST", f"/api/import?name={name}", data)
            self.assertEqual(answer["report"], json.loads(read(SAMPLE)))

    def test_last_year(self):
        """Two texts in one body: the report, and last year's, with which it is compared."""
        last = json.loads(read(SAMPLE))
        last["year"] -= 1
        last["requests"]["carried_out"][0] += 1
        body = b"\x1e" + read(SAMPLE) + b"\n\x1e" + json.dumps(last).encode() + b"\n"
        findings = self.expect_json(200, "POST", "/api/preview", body)["findings"]
        self.assertIn("A5", [finding["rule"] for finding in findings])

    def test_repairs(self):
        report = json.loads(read(SAMPLE))
        self.assertEqual(self.expect_json(200, "POST", "/api/repairs", read(SAMPLE)),
                         {"outcome": "not needed", "repairs": []})
        report["requests"]["carried_in"][0] += 3
        answer = self.expect_json(200, "POST", "/api/repairs", json.dumps(report))
        cell = answer["repairs"][0]["cells"][0]
        self.assertEqual((answer["outcome"], cell["pointer"], cell["new"]),
                         ("found", "/requests/carried_in/0", report["requests"]["carried_in"][0] - 3))

    def test_correction(self):
        corrected = read(SAMPLE).replace(b'"licences": ', b'"licences": 1')
        self.write("new.json", corrected.decode("utf-8"))
        self.expect(0, "correct", SAMPLE, "new.json", "-o", "out")
        body = b"\x1e" + read(SAMPLE) + b"\n\x1e" + corrected + b"\n"
        data, _ = self.expect_status(200, "POST", "/api/correct", body)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.assertEqual(sorted(package.namelist()), self.files("out"))
            for name in ("report.pdf", "redline.docx", "note.pdf", "patch.json"):
                self.assertEqual(package.read(name), read(self.path(f"out/{name}")), name)
        same = b"\x1e" + read(SAMPLE) + b"\n\x1e" + read(SAMPLE) + b"\n"
        self.assertIn("E3", [finding["rule"] for finding in
                             self.expect_json(422, "POST", "/api/correct", same)["findings"]])

    def test_rules(self):
        rules = self.expect_json(200, "GET", "/api/rules?lang=en")["rules"]
        fixed = {rule["id"]: rule["fixed"] for rule in rules}
        self.assertEqual((fixed["L5"], fixed["S4"]), (False, True))
        off = json.loads(read(SAMPLE))
        off["checks"] = {"A3": {"severity": "off", "reason": "x"}}
        off["requests"]["received"][6] += 1
        answer = self.expect_json(200, "POST", "/api/preview", json.dumps(off))
        self.assertEqual([finding["rule"] for finding in answer["suppressed"]], ["A3"])

    def test_many_at_once(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(self.expect_json, 200, "POST", "/api/preview", read(SAMPLE))
                     for _ in range(24)]
            pages = {tuple(p["digest"] for p in answer.result()["pages"]) for answer in asked}
        self.assertEqual(len(pages), 1)


class DraftTest(ServeTest):
    options = ("--dir", "DRAFTS")
    one = "/api/drafts/one"

    def save(self, text, wanted=200, **revision):
        answer = self.expect_json(wanted, "PUT", self.one, text, **revision)
        return answer.get("revision")

    def test_revisions(self):
        self.expect_status(404, "GET", self.one)
        self.save(b"{}", 428)
        first = self.save(b'{"a": 1}', If_None_Match="*")
        self.save(b"{}", 412, If_None_Match="*")
        second = self.save(b'{"a": 2}', If_Match=first)
        _, headers = self.expect_status(412, "PUT", self.one, b"{}", If_Match=first)
        self.assertEqual(headers["ETag"], second)
        data, headers = self.expect_status(200, "GET", self.one)
        self.assertEqual((data, headers["ETag"]), (b'{"a": 2}', second))
        self.assertEqual(read(self.path("drafts/one.draft.json")), b'{"a": 2}')
        names = [draft["name"] for draft in self.expect_json(200, "GET", "/api/drafts")["drafts"]]
        self.assertEqual(names, ["one"])
        self.expect_status(200, "DELETE", self.one)
        self.expect_status(404, "GET", self.one)

    def test_names(self):
        for name in ("a.b", "A", "-a", "", "x" * 65, "%00"):
            status = self.ask("PUT", f"/api/drafts/{name}", b"{}", If_None_Match="*")[0]
            self.assertIn(status, (400, 404), name)

    def test_of_many_at_once_one_wins(self):
        first = self.save(b"{}", If_None_Match="*")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            ends = sorted(pool.map(
                lambda number: self.ask("PUT", self.one, b"[%d]" % number, If_Match=first)[0],
                range(16)))
        self.assertEqual(ends, [200] + [412] * 15)


class BulkTest(ServeTest):
    options = ("--dir", "DRAFTS")
    one = "/api/bulk/one"

    def begin(self, rows=b"", formats="pdf", template=None, name="rows.jsonl"):
        if template:
            self.expect_status(200, "PUT", f"{self.one}/template.json", template)
        self.expect_status(200, "PUT", f"{self.one}/{name}", rows)
        self.expect_status(200, "POST", f"{self.one}/run?title=a.jsonl&formats={formats}")

    def wait(self):
        for _ in range(3000):
            run = self.expect_json(200, "GET", self.one)
            if run["end"]:
                return run
            time.sleep(0.1)
        self.fail("the run does not end")

    def rows(self, count, wrong=()):
        report = json.loads(read(SAMPLE))
        lines = []
        for row in range(1, count + 1):
            report["requests"]["received"][6] += row in wrong
            lines.append(json.dumps(report))
            report["requests"]["received"][6] -= row in wrong
        return "\n".join(lines).encode() + b"\n"

    def test_a_run(self):
        rows = self.rows(5, wrong=(3,))
        self.begin(rows, "pdf,docx")
        run = self.wait()
        self.assertEqual((run["end"]["ended"], run["end"]["done"], run["end"]["failed"]),
                         ("done", 4, 1))
        self.assertEqual(run["settings"], {"title": "a.jsonl", "formats": "pdf,docx",
                                           "sheet": "", "force": False, "draft": False})
        self.write("rows.jsonl", rows.decode())
        self.expect(1, "bulk", "rows.jsonl", "-o", "out", "-f", "pdf,docx", "--archive", "all.zip")
        for part, wanted in (("manifest.jsonl", "out/manifest.jsonl"), ("archive.zip", "all.zip")):
            data, _ = self.expect_status(200, "GET", f"{self.one}/{part}")
            self.assertEqual(data, read(self.path(wanted)), part)
        runs = self.expect_json(200, "GET", "/api/bulk")
        self.assertEqual([each["name"] for each in runs["runs"]], ["one"])
        self.expect_status(200, "DELETE", self.one)
        self.expect_status(404, "GET", self.one)
        self.assertEqual(os.listdir(self.path("drafts")), [])

    def test_a_filled_starter(self):
        form = "annual-report-2021"
        template, _ = self.expect_status(200, "GET", f"/api/starters/{form}/template.json")
        sheet, _ = self.expect_status(200, "GET", f"/api/starters/{form}/rows.csv")
        heads = sheet.decode("utf-8-sig").strip().split(",")
        row = ",".join("2025" if head == "年度" else "0" for head in heads)
        self.begin((sheet.decode() + row + "\n").encode(), "pdf", template, "rows.csv")
        end = self.wait()["end"]
        self.assertEqual((end["ended"], end["rows"]), ("done", 1), end)
        self.expect_status(404, "GET", f"/api/starters/{form}/../x")
        self.expect_status(404, "GET", "/api/starters/none/rows.csv")

    def test_stop_and_go_on(self):
        self.begin(self.rows(120))
        self.expect_status(409, "PUT", f"{self.one}/rows.jsonl", b"")
        self.expect_status(409, "DELETE", self.one)
        while not self.expect_json(200, "GET", self.one)["progress"]["done"]:
            time.sleep(0.05)
        self.expect_status(200, "POST", f"{self.one}/stop")
        self.assertEqual(self.wait()["end"]["ended"], "stopped")
        self.expect_status(404, "GET", f"{self.one}/archive.zip")
        self.expect_status(200, "POST", f"{self.one}/run?formats=pdf")
        self.assertEqual(self.wait()["end"]["done"], 120)

    def test_the_server_ends_with_a_run_at_work(self):
        self.begin(self.rows(400))

    def test_too_many_rows(self):
        self.begin(b"{}\n" * 10_001)
        end = self.wait()["end"]
        self.assertEqual((end["ended"], [each["rule"] for each in end["findings"]]), ("failed", ["B10"]), end)
        self.assertIn("10000", end["findings"][0]["message"])
        self.assertEqual(os.listdir(self.path("drafts/one.bulk")).count("out"), 0)
        self.begin(b"{}\n" * 3)
        self.assertEqual(self.wait()["end"]["failed"], 3)

    def test_what_cannot_be(self):
        self.expect_status(400, "POST", f"{self.one}/run?formats=pdf")
        self.begin(b"nothing\n")
        self.assertEqual(self.wait()["end"]["failed"], 1)
        self.begin(b"x", name="rows.xlsx")
        end = self.wait()["end"]
        self.assertEqual((end["ended"], end["errors"]), ("failed", 1), end)
        self.expect_status(400, "POST", f"{self.one}/run?formats=exe")
        self.expect_status(404, "PUT", f"{self.one}/out", b"")
        self.expect_status(404, "PUT", f"{self.one}/../x/rows.csv", b"")
        self.expect_status(400, "PUT", "/api/bulk/A/rows.csv", b"")
        for number in range(31):
            self.expect_status(200, "PUT", f"/api/bulk/n-{number}/rows.csv", b"")
        self.expect_status(409, "PUT", "/api/bulk/more/rows.csv", b"")


class TokenTest(ServeTest):
    options = ("--token", "secret-1")

    def test_token(self):
        self.expect_status(401, "GET", "/api/forms")
        self.expect_status(401, "GET", "/api/forms", Authorization="Bearer secret-2")
        self.expect_status(200, "GET", "/api/forms", Authorization="Bearer secret-1")
        _, headers = self.expect_status(303, "GET", "/?token=secret-1")
        self.assertIn("HttpOnly", headers["Set-Cookie"])
        self.expect_status(200, "GET", "/", Cookie=headers["Set-Cookie"].split(";")[0])
        self.expect_status(401, "GET", "/?token=secret-2")

    def test_no_drafts_without_a_folder(self):
        self.expect_status(404, "PUT", "/api/drafts/one", b"{}", If_None_Match="*",
                           Authorization="Bearer secret-1")
        self.expect_status(404, "PUT", "/api/bulk/one/rows.csv", b"",
                           Authorization="Bearer secret-1")


if __name__ == "__main__":
    unittest.main()
