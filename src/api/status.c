#include <nianbao/nianbao.h>

const char *nb_version(void)
{
    return NB_VERSION;
}

typedef struct status_words {
    nb_status status;
    const char *words[2]; /* by nb_language */
} status_words;

static const status_words known[] = {
    { NB_OK, { "完成", "done" } },
    { NB_E_FINDINGS, { "报告有错误", "the report has error findings" } },
    { NB_E_NOT_A_REPORT,
      { "读不了，或者不是报告", "the input cannot be read or is not a report" } },
    { NB_E_RESOURCE,
      { "缺少表单、版式、字体或图片，或者它已损坏",
        "a form, style, font or picture is missing or broken" } },
    { NB_E_OUTPUT, { "写不出来", "the output cannot be written" } },
    { NB_E_MEMORY, { "内存不足", "memory ran out" } },
    { NB_E_ARGUMENT, { "要的东西不存在", "the caller asked for something that does not exist" } },
    { NB_E_LATER,
      { "中途停止，或者另一次运行正在那里写；请稍后再试",
        "stopped, or another run is at work there; try again later" } },
};

const char *nb_status_words(nb_status status, nb_language language)
{
    bool is_english = language == NB_ENGLISH;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].status == status)
            return known[i].words[is_english];
    return is_english ? "unknown status" : "未知状态";
}

const char *nb_status_message(nb_status status)
{
    return nb_status_words(status, NB_ENGLISH);
}
