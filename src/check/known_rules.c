#include "check/known_rules.h"

/* A rule a line. */
/* clang-format off */
const nb_general_rule nb_general_rules[] = {
    { "S1", NB_ERROR, { "输入是 JSON", "the input is JSON" }, "RFC 8259", true },
    { "S2", NB_ERROR, { "键是表单有的", "keys are those of the form" }, "", true },
    { "S3", NB_ERROR, { "值是表单要的那一种", "values are of the kind that the form wants" }, "", true },
    { "S4", NB_ERROR, { "该有的值都有", "what must be there is there" }, "", true },
    { "S5", NB_ERROR, { "字符能排印", "characters can be printed" }, "", true },
    { "S6", NB_ERROR, { "报告有已知的表单", "the report names a known form" }, "", true },
    { "S7", NB_ERROR, { "文中引用的值存在", "values named in texts are there" }, "", true },
    { "I1", NB_INFO, { "导入时整理了什么", "what the import tidied" }, "", true },
    { "I2", NB_WARNING, { "导入的文字在表单里都有位置", "every imported text has a place in the form" }, "", true },
    { "IO", NB_ERROR, { "文件能读写", "files can be read and written" }, "", true },
    { "F", NB_ERROR, { "表单和版式的文件没有错", "the files of forms and styles are right" }, "", true },
    { "C1", NB_WARNING, { "不用自造字", "there are no private-use characters" }, "GB 18030-2022", false },
    { "C2", NB_WARNING, { "不用部首和兼容汉字代替汉字", "no radicals or compatibility ideographs stand for hanzi" }, "GB 18030-2022 §9", false },
    { "C3", NB_WARNING, { "文字前后没有空白", "no blanks stand before or behind a text" }, "", false },
    { "L3", NB_ERROR, { "每一格都填了数，没有的填0", "every cell has a number, 0 where there is none" }, "", false },
    { "L4", NB_ERROR, { "每一格填的是表格要的数", "every cell has the kind of number that it wants" }, "", false },
    { "L5", NB_ERROR, { "文中的数与表格一致", "numbers in the text agree with the tables" }, "国办公开办函〔2021〕30号", false },
    { "L6", NB_WARNING, { "文中的百分比与数一致", "percentages in the text follow from the numbers" }, "", false },
    { "L7", NB_WARNING, { "“其中”各项之和等于总数", "parts that a text lists add up to its total" }, "", false },
    { "P1", NB_ERROR, { "用来比较的是上一年的报告", "the report to compare with is that of the year before" }, "", false },
    { "P2", NB_WARNING, { "用来比较的是同一机关的报告", "the report to compare with is the same agency's" }, "", false },
    { "P3", NB_INFO, { "哪些报告没有拿来比较", "which reports were not compared" }, "", false },
    { "P4", NB_ERROR, { "下级报告与本报告同年、同表单，不重复", "reports below are of the same year and form, each once" }, "", false },
};
/* clang-format on */

const int nb_general_rule_count = sizeof nb_general_rules / sizeof nb_general_rules[0];

const nb_general_rule *nb_general_rule_lookup(const char *id)
{
    for (int i = 0; i < nb_general_rule_count; i++)
        if (strcmp(nb_general_rules[i].id, id) == 0)
            return &nb_general_rules[i];
    return NULL;
}

const char *const *nb_rule_ids(const nb_form *form, nb_arena *arena, int *count)
{
    const char **ids =
        NB_NEW_ARRAY(arena, const char *, (size_t)(nb_general_rule_count + form->rule_count));
    *count = 0;
    for (int i = 0; i < nb_general_rule_count; i++)
        ids[(*count)++] = nb_general_rules[i].id;
    for (int i = 0; i < form->rule_count; i++)
        if (nb_form_rule(form, form->rules[i]->id) == form->rules[i])
            ids[(*count)++] = form->rules[i]->id;
    return ids;
}
