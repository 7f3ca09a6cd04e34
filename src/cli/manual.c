/* nianbao help --man: the manual page of section 1, made from the tables of verbs and options. */
#include "cli/cli.h"

#include "cli/option_table.h"
#include <string.h>

/* Text of a manual page: what roff would take for itself is escaped, a line end stays one. */
static void print_text(const char *text)
{
    bool is_first = true;
    for (; *text; text++) {
        if (is_first && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
        is_first = *text == '\n';
    }
}

static void print_option(const nb_option *option, nb_language language)
{
    fputs(".TP\n.B ", stdout);
    if (option->letter)
        printf("\\-%c, ", option->letter);
    fputs("\\-\\-", stdout);
    print_text(option->name);
    if (option->value) {
        fputs("\\fR \\fI", stdout);
        print_text(option->value);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    print_text(option->words[language]);
    putchar('\n');
}

static void print_verb(const nb_verb *verb, nb_language language)
{
    const char *details = nb_verb_details(verb, language);
    printf(".SS %s\n.B nianbao ", verb->name);
    print_text(verb->synopsis);
    fputs("\n.PP\n", stdout);
    print_text(verb->words[language]);
    putchar('\n');
    for (int i = 0; i < nb_option_count; i++)
        if (nb_options[i].verbs && nb_option_is_of(&nb_options[i], verb))
            print_option(&nb_options[i], language);
    if (details) {
        fputs(".PP\n.nf\n", stdout);
        print_text(details);
        fputs("\n.fi\n", stdout);
    }
}

static void print_section(const nb_arguments *arguments, const char *chinese, const char *english)
{
    printf(".SH \"%s\"\n", NB_WORDS(arguments, chinese, english));
}

void nb_print_manual(const nb_arguments *arguments)
{
    nb_language language = arguments->language;
    printf(".\\\" Made by: nianbao help --man --lang %s\n"
           ".TH NIANBAO 1 \"\" \"nianbao %s\"\n",
           NB_WORDS(arguments, "zh", "en"), NB_VERSION);
    print_section(arguments, "名称", "NAME");
    fputs(NB_WORDS(arguments, "nianbao \\- 编排政府信息公开工作年度报告\n",
                   "nianbao \\- typeset the annual report on government information disclosure\n"),
          stdout);
    print_section(arguments, "用法", "SYNOPSIS");
    fputs(NB_WORDS(arguments, ".B nianbao\n.I 命令\n[选项] [输入]\n",
                   ".B nianbao\n.I command\n[options] [inputs]\n"),
          stdout);
    print_section(arguments, "说明", "DESCRIPTION");
    fputs(
        NB_WORDS(
            arguments,
            "从一份结构化的报告（JSON）核对数据，排成规定的版式，写成 PDF、DOCX、OFD 和 HTML。"
            "输出的文件要么完整，要么不出现。\n",
            "From one structured report (JSON) it checks the figures, sets the pages as the rules "
            "ask and writes PDF, DOCX, OFD and HTML. A file appears whole or not at all.\n"),
        stdout);
    print_section(arguments, "命令", "COMMANDS");
    for (const nb_verb *verb = nb_verbs; verb->name; verb++)
        print_verb(verb, language);
    print_section(arguments, "选项", "OPTIONS");
    for (int i = 0; i < nb_option_count; i++)
        if (nb_option_is_of(&nb_options[i], NULL))
            print_option(&nb_options[i], language);
    print_section(arguments, "结束状态", "EXIT STATUS");
    fputs(".nf\n", stdout);
    print_text(nb_exit_words(language));
    fputs("\n.fi\n", stdout);
    print_section(arguments, "环境变量", "ENVIRONMENT");
    fputs(NB_WORDS(arguments,
                   ".TP\n.B NIANBAO_DATA\n含 layouts 和 fonts 的文件夹；默认是安装时的那一个。\n",
                   ".TP\n.B NIANBAO_DATA\nThe folder that holds layouts and fonts, in place of the "
                   "installed one.\n"),
          stdout);
    print_section(arguments, "另见", "SEE ALSO");
    fputs(".BR nianbao (3)\n", stdout);
}
