"""nianbao check: exit statuses, the two forms of findings, several inputs."""

import json
import os
import subprocess

from common import NIANBAO, PUBLISHED, CommandTest, unittest


class Check(CommandTest):
    def test_a_correct_report(self):
        out, err = self.expect(0, "check", self.sample())
        self.assertEqual((out, err), ("没有发现问题\n", ""))

    def test_a_wrong_report(self):
        out, err = self.expect(1, "check", self.wrong())
        self.assertEqual(err, "")
        self.assertIn("wrong.json:19:40: 错误 A3: ", out)
        self.assertTrue(out.endswith("错误 1 个，警告 0 个\n"))

    def test_what_fails(self):
        self.wrong()
        self.expect(0, "check", "wrong.json", "--fail-on", "never")
        self.expect(1, "check", "wrong.json", "--fail-on", "warning")
        # A text with words that the form has no place for: a warning, but no error.
        with open(PUBLISHED + ".txt", encoding="utf-8") as file:
            text = file.read().replace("\t5\n", "\t4\n").replace("（3）", "（三）")
        self.write("warning.txt", "网站首页\n" + text)
        self.expect(0, "check", "warning.txt")
        self.expect(3, "check", "warning.txt", "--fail-on", "warning")
        self.expect(0, "check", "warning.txt", "--fail-on", "never")

    def test_an_input_that_is_not_there_or_no_report(self):
        out, _ = self.expect(4, "check", "missing.json")
        self.assertIn("missing.json: 错误 IO: 无法读取：", out)
        self.expect(4, "check", self.write("empty.json", ""))
        self.expect(4, "check", self.write("no.txt", "通知\n"))
        self.expect(4, "check", ".", "--fail-on", "never")

    def test_the_worst_of_several_inputs_counts(self):
        self.sample()
        self.wrong()
        out, _ = self.expect(4, "check", "missing.json", "wrong.json", "minimal.json")
        self.assertIn("wrong.json:19:40", out)
        self.assertTrue(out.endswith("错误 2 个，警告 0 个\n"))

    def test_json_holds_all_inputs(self):
        self.wrong("a.json")
        self.wrong("b.json")
        out, err = self.expect(4, "check", "a.json", "b.json", "missing.json", "--format", "json")
        self.assertEqual(err, "")
        result = json.loads(out)
        self.assertEqual(list(result), ["findings", "errors", "warnings"])
        self.assertEqual([f["file"] for f in result["findings"]], ["a.json", "b.json", "missing.json"])
        self.assertEqual(result["errors"], 3)
        self.assertEqual(result["warnings"], 0)
        self.assertEqual(list(result["findings"][0]), ["rule", "severity", "file", "line", "column", "length",
                                                       "pointer", "message", "hint", "clause"])
        self.assertEqual(result["findings"][0]["pointer"], "/requests/received/6")

    def test_json_of_nothing(self):
        out, _ = self.expect(0, "check", self.sample(), "--format=json")
        self.assertEqual(json.loads(out), {"findings": [], "errors": 0, "warnings": 0})

    def test_json_survives_names_that_are_no_text(self):
        name = os.path.join(os.fsencode(self.folder), b'\xff"\\\n.json')
        done = subprocess.run([os.fsencode(NIANBAO), b"check", b"--format=json", name], check=False,
                              stdout=subprocess.PIPE)
        self.assertEqual(done.returncode, 4)
        self.assertIn('\ufffd"\\\n.json', json.loads(done.stdout)["findings"][0]["file"])

    def test_standard_input(self):
        with open(self.path(self.wrong()), "rb") as file:
            out, _ = self.expect(1, "check", "-", stdin=file.read())
        self.assertIn("-:19:40: 错误 A3", out)
        self.assertIn('"received": [2, 1, 0, 0, 0, 0, 4],', out)

    def test_standard_input_may_be_text(self):
        with open(PUBLISHED + ".txt", "rb") as file:
            out, _ = self.expect(1, "check", "-", stdin=file.read())
        self.assertIn("-:333:2: 错误 A2", out)

    def test_the_published_report_has_its_faults(self):
        for suffix, line in ((".expected.json", "267:17"), (".txt", "333:2")):
            out, _ = self.expect(1, "check", PUBLISHED + suffix)
            self.assertEqual(out.count("错误 A2"), 2)
            self.assertIn(f"{suffix}:{line}: 错误 A2: 三、本年度办理结果 （七）总计 · 自然人：填 4，"
                          "本列（一）至（六）各项之和为 5\n", out)
            self.assertIn("错误 L14: 序号“（3）”应为“（三）”\n", out)
            self.assertIn("警告 L16: “住房和城乡部门”不是武汉市江汉区统计局的领域\n", out)
            self.assertTrue(out.endswith("错误 3 个，警告 2 个\n"))

    def test_english(self):
        out, _ = self.expect(1, "check", self.wrong(), "--lang=en")
        self.assertIn("wrong.json:19:40: error A3: ", out)
        self.assertIn("  hint: ", out)
        self.assertTrue(out.endswith("1 errors, 0 warnings\n"))

    def test_nothing_in_a_report_can_steer_the_terminal(self):
        name = self.sample(to="x.json", changes=[('"licences": 0', '"licences": "\\u001b[31m\\u202e", "\x9b": 0')])
        out, _ = self.expect(1, "check", name)
        self.assertNotIn("\x1b", out)
        self.assertNotIn("\x9b", out)
        self.assertNotIn("\u202e", out)

    def test_a_closed_standard_output(self):
        self.sample()
        read_end, write_end = os.pipe()
        os.close(read_end)
        done = self.run_command("check", "minimal.json", stdout=write_end)
        os.close(write_end)
        self.assertEqual(done.returncode, 5)
        self.assertIn("无法写到标准输出", done.stderr.decode())
        done = subprocess.run(f"exec '{NIANBAO}' check minimal.json >&-", shell=True, cwd=self.folder,
                              stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 5)
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.run_command("check", "minimal.json", stdout=full).returncode, 5)

    def test_a_data_folder_that_is_none(self):
        self.sample()
        _, err = self.expect(5, "check", "minimal.json", environment={"NIANBAO_DATA": self.folder})
        self.assertIn("layouts", err)


if __name__ == "__main__":
    unittest.main()
