"""Reports of a wished length, for measuring: the same number gives the same report."""

import copy
import random

LINES_ON_PAGE = 22
CHARACTERS_IN_LINE = 28

OPENINGS = ["一是", "二是", "三是", "同时，", "此外，", "在此基础上，", ""]
WHO = ["各科室", "信息公开工作机构", "政务服务中心", "机关党委办公室", "下属事业单位", "网站管理部门"]
DID = ["梳理公开目录", "完善审查流程", "更新办事指南", "办理群众来信", "开展业务培训", "核对统计数据",
       "修订工作制度", "组织专题讲座"]
RESULT = ["全年共办理{n}件，按时办结率达到{p}%", "新增条目{n}条，清理过期信息{m}条",
          "公众访问量为{n}人次，比上年增加{p}%", "覆盖{m}个社区，收到意见建议{n}条",
          "制发文件{m}份，全部在《政府公报》刊登"]


def sentence(dice):
    result = dice.choice(RESULT).format(n=dice.randint(10, 9999), m=dice.randint(2, 90),
                                        p=dice.randint(1, 99))
    return f"{dice.choice(OPENINGS)}{dice.choice(WHO)}{dice.choice(DID)}，{result}。"


def paragraphs(pages, seed=1):
    """Paragraphs that fill about so many pages of the standard page."""
    dice = random.Random(seed)
    lines = 0
    while lines < pages * LINES_ON_PAGE:
        text = "".join(sentence(dice) for _ in range(dice.randint(2, 6)))
        # The first line of a paragraph is indented by two characters.
        lines += -(-(len(text) + 2) // CHARACTERS_IN_LINE)
        yield text


def lengthened(report, pages):
    """The report, its overview replaced by one of so many pages."""
    longer = copy.deepcopy(report)
    longer["sections"]["overview"] = list(paragraphs(pages))
    return longer
