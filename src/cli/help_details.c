/* What help says of a verb beyond its options. */
#include "cli/option_table.h"

#include <string.h>

static const struct {
    const char *verb;
    const char *words[2]; /* by nb_language */
} details[] = {
    { "fix",
      { "逐格找出改动最少的几组数，使表单的勾稽关系（A1–A4）都成立，每组是一个方案，附理由：\n"
        "正文、上年报告（--previous）是否相符，是否像打字的差错。空格能推出的就填上；没有写的\n"
        "总计由程序计算，不算错。方案供核实，不会自动采用；--apply N 写出采用方案 N 的报告，\n"
        "其余内容不变。每部分最多改 8 格。\n"
        "\n"
        "例：nianbao fix 报告.json --previous 去年.docx\n"
        "    nianbao fix 报告.json --apply 1 -o 改好.json\n"
        "结束状态：0 没有要改的，或已写出；1 有要改的（不论有没有找到方案）；其余同 nianbao help。",
        "Looks for the smallest sets of numbers whose change makes the form's equations (A1-A4)\n"
        "hold. Each is a repair, told with what speaks for it: the text, last year's report\n"
        "(--previous), a likely slip of typing. Blanks are filled where they are settled; a total\n"
        "that was left out is computed and no fault. Repairs are to be verified and none is taken\n"
        "unasked: --apply N writes the report with repair N, all else unchanged. At most 8 "
        "numbers\n"
        "change in each part of the form.\n"
        "\n"
        "example: nianbao fix report.json --previous last.docx\n"
        "         nianbao fix report.json --apply 1 -o fixed.json\n"
        "exit status: 0 nothing to repair, or written; 1 something to repair, whether or not a\n"
        "repair was found; otherwise as nianbao help says." } },
    { "diff",
      { "逐格、逐段、逐句比较，句中只标出改动的字词：[-删去的-]{+增加的+}，在终端上用颜色。\n"
        "A、B 可以是 JSON 或已公布的文件，要用同一种表单。--format json 写成 JSON Patch\n"
        "（RFC 6902），替换和删去之前先核对原值，可用 nianbao patch 用到 A 上得到 B。\n"
        "\n"
        "例：nianbao diff 草稿.json 定稿.json\n"
        "    nianbao diff 草稿.json 定稿.json --format json > 改动.json\n"
        "结束状态：0 相同，1 有不同，2 用法不对或表单不同，4 输入读不了，5 资源出错。",
        "Compares cell by cell, paragraph by paragraph and sentence by sentence; within a "
        "sentence\n"
        "what changed is marked: [-removed-]{+added+}, or coloured on a terminal. A and B may be\n"
        "JSON or published files of one form. --format json writes a JSON Patch (RFC 6902) that\n"
        "tests each value before it replaces or removes it; nianbao patch makes B of A with it.\n"
        "\n"
        "example: nianbao diff draft.json final.json\n"
        "         nianbao diff draft.json final.json --format json > changes.json\n"
        "exit status: 0 equal, 1 different, 2 wrong usage or different forms, 4 an input that\n"
        "cannot be read, 5 resource failure." } },
    { "patch",
      { "把 JSON Patch（RFC 6902：add、remove、replace、move、copy、test）用到报告的规范 JSON "
        "上，\n"
        "写出规范 JSON。各步全做或全不做：test 不符、位置不存在，就指出补丁里的哪一步、应是什么、\n"
        "现在是什么，什么都不写出。\n"
        "\n"
        "例：nianbao patch 草稿.json 改动.json -o 新.json\n"
        "结束状态：0 已写出；1 有一步做不到，或写出的报告有错误；4 输入读不了或不是补丁；其余同\n"
        "nianbao help。",
        "Applies a JSON Patch (RFC 6902: add, remove, replace, move, copy, test) to the report's\n"
        "canonical JSON and writes canonical JSON. All operations are done or none: when a test\n"
        "fails or a place is missing, the operation is named, what was expected and what is "
        "there,\n"
        "and nothing is written.\n"
        "\n"
        "example: nianbao patch draft.json changes.json -o new.json\n"
        "exit status: 0 written; 1 an operation failed, or the written report has errors; 4 an "
        "input\n"
        "that cannot be read or is no patch; otherwise as nianbao help says." } },
};

const char *nb_verb_details(const nb_verb *verb, nb_language language)
{
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++)
        if (strcmp(details[i].verb, verb->name) == 0)
            return details[i].words[language];
    return NULL;
}
