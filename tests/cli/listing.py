"""nianbao forms and nianbao fonts."""

from common import CommandTest, unittest


class Listing(CommandTest):
    def test_forms(self):
        out, err = self.expect(0, "forms")
        self.assertEqual(err, "")
        self.assertRegex(out, r"(?m)^annual-report-2019 +政府信息公开工作年度报告 +国办公开办函〔2019〕60号$")
        self.assertRegex(out, r"(?m)^annual-report-2021 +政府信息公开工作年度报告 +国办公开办函〔2021〕30号$")
        self.assertNotIn("gbt9704", out)

    def test_fonts_of_every_role(self):
        out, _ = self.expect(0, "fonts")
        for role in ("title", "body", "kai", "hei", "song", "latin"):
            self.assertRegex(out, rf"(?m)^{role} +\S")
        self.assertEqual(out.count("\n  * "), 6)
        self.assertRegex(out, r"\d+/20997")

    def test_fonts_need_their_manifest(self):
        import os
        os.mkdir(self.path("layouts"))
        _, err = self.expect(5, "fonts", environment={"NIANBAO_DATA": self.folder})
        self.assertIn("fonts/fonts.json: 错误 IO: 无法读取：", err)


if __name__ == "__main__":
    unittest.main()
