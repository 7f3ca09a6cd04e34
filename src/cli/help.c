/* The table of options, and help made from it. */
#include "cli/option_table.h"

#include "cli/screen.h"
#include <stddef.h>
#include <string.h>

const nb_option nb_options[] = {
    { "output",
      "OUT",
      "build",
      { "写到哪里：文件、文件夹或 -（标准输出）；可以重复",
        "where to write: a file, a folder or - for standard output; may be repeated" },
      NB_OPTION_LIST,
      offsetof(nb_arguments, outputs),
      'o' },
    { "output",
      "OUT",
      "import",
      { "写到哪个文件或文件夹；默认写到标准输出",
        "which file or folder to write; standard output by default" },
      NB_OPTION_LIST,
      offsetof(nb_arguments, outputs),
      'o' },
    { "output",
      "DIR",
      "bulk",
      { "写到哪个文件夹；其中的 manifest.jsonl 说明每一条的结果",
        "the folder to write into; its manifest.jsonl tells what became of each row" },
      NB_OPTION_LIST,
      offsetof(nb_arguments, outputs),
      'o' },
    { "output",
      "OUT.json",
      "patch",
      { "写到哪个文件；默认写到标准输出", "which file to write; standard output by default" },
      NB_OPTION_LIST,
      offsetof(nb_arguments, outputs),
      'o' },
    { "format",
      "pdf,docx,ofd,html,trace",
      "build bulk",
      { "写哪些格式；写到文件夹时默认 pdf,docx",
        "which formats to write; pdf,docx by default into a folder" },
      NB_OPTION_FORMATS,
      offsetof(nb_arguments, formats),
      'f' },
    { "force",
      NULL,
      "build bulk",
      { "报告有错误也照原样写出", "write a report with errors too, as it stands" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, force),
      0 },
    { "font-dir",
      "DIR",
      "build bulk fonts",
      { "先在这个文件夹里找字体；可以重复",
        "look for fonts in this folder first; may be repeated" },
      NB_OPTION_LIST,
      offsetof(nb_arguments, font_dirs),
      0 },
    { "style",
      "STYLE",
      "build bulk",
      { "用哪个版式；默认用表单规定的，如 gbt9704",
        "which page style to use; the form's own by default, such as gbt9704" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, style),
      0 },
    { "pdf-standard",
      "a-3a|a-2a|none",
      "build bulk",
      { "PDF 的归档标准；默认 a-3a（附有 JSON），a-2a 不带附件",
        "archive standard of the PDF; a-3a by default, with the JSON; a-2a takes no attachment" },
      NB_OPTION_CHOICE,
      offsetof(nb_arguments, pdf_standard),
      0 },
    { "trace",
      "FILE",
      "build",
      { "把每页上每件东西的位置写成文字", "write what stands where on each page as text" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, trace),
      0 },
    { "fontconfig",
      "FILE",
      "fonts",
      { "写一个 fontconfig 文件，让别的程序也用这些字体显示 DOCX",
        "write a fontconfig file that lets other programs show a DOCX in these fonts" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, fontconfig),
      0 },
    { "ignore-carried",
      NULL,
      "import",
      { "文件附有报告数据也从正文识别", "read the text even of a file that carries its data" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, ignore_carried),
      0 },
    { "format",
      "text|json",
      "check verify diff",
      { "结果写成文字还是 JSON；默认 text", "how findings are written; text by default" },
      NB_OPTION_CHOICE,
      offsetof(nb_arguments, findings_format),
      0 },
    { "fail-on",
      "error|warning|never",
      "bulk check",
      { "遇到哪一级问题算不通过；默认 error", "which findings fail the check; error by default" },
      NB_OPTION_CHOICE,
      offsetof(nb_arguments, fail_on),
      0 },
    { "jobs",
      "N",
      "bulk",
      { "同时做几份；默认与处理器核数相同",
        "how many at a time; as many as there are cores by default" },
      NB_OPTION_NUMBER,
      offsetof(nb_arguments, bulk.workers),
      'j' },
    { "name",
      "PATTERN",
      "bulk",
      { "文件名；默认 {row}-{agency}", "name of the files; {row}-{agency} by default" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, bulk.name),
      0 },
    { "split",
      "N",
      "bulk",
      { "每 N 条放一个子文件夹", "put every N rows into a folder of their own" },
      NB_OPTION_NUMBER,
      offsetof(nb_arguments, bulk.split),
      0 },
    { "resume",
      NULL,
      "bulk",
      { "接着上次没做完的做", "go on where an earlier run stopped" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, bulk.resume),
      0 },
    { "retry-failed",
      NULL,
      "bulk",
      { "接着做，没做成的再做一次", "go on, and try again what failed" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, bulk.retry_failed),
      0 },
    { "verify",
      NULL,
      "bulk",
      { "接着做，并核对已有文件的内容", "go on, and read the files that are there to check them" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, bulk.verify),
      0 },
    { "progress",
      "text|json",
      "bulk",
      { "进度怎样显示；默认 text，只在终端上",
        "how progress is shown; text by default, on a terminal only" },
      NB_OPTION_CHOICE,
      offsetof(nb_arguments, bulk.progress),
      0 },
    { "quiet",
      NULL,
      "bulk",
      { "不显示进度和结果", "show neither progress nor summary" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, bulk.quiet),
      0 },
    { "previous",
      "LAST",
      "check build",
      { "与上一年的报告比对；给文件夹时，按机关和年份配对",
        "compare with last year's report; in a folder it is found by agency and year" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, previous),
      0 },
    { "child",
      "REPORT",
      "check build",
      { "与下级各单位报告之和比对；文件或文件夹，可以重复",
        "compare with the sums of the reports below; a file or folder, may be repeated" },
      NB_OPTION_LIST,
      offsetof(nb_arguments, children),
      0 },
    { "port",
      "N",
      "serve",
      { "端口；默认任取一个空闲的", "the port; by default one that is free" },
      NB_OPTION_NUMBER,
      offsetof(nb_arguments, serve.port),
      0 },
    { "open",
      NULL,
      "serve",
      { "同时打开浏览器", "open the browser too" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, serve.open),
      0 },
    { "dir",
      "DIR",
      "serve",
      { "草稿存在这个文件夹；默认只存在浏览器里",
        "keep drafts in this folder; by default only the browser keeps them" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, serve.dir),
      0 },
    { "address",
      "ADDRESS",
      "serve",
      { "监听的地址；默认 127.0.0.1，只有本机可用",
        "address to serve at; 127.0.0.1 by default, which only this machine reaches" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, serve.address),
      0 },
    { "token",
      "TOKEN",
      "serve",
      { "口令；地址对外开放时必须有",
        "what a browser must know; needed where others reach the address" },
      NB_OPTION_WORD,
      offsetof(nb_arguments, serve.token),
      0 },
    { "host",
      "NAME",
      "serve",
      { "别人用来打开它的主机名；可以重复",
        "a host name by which others open it; may be repeated" },
      NB_OPTION_LIST,
      offsetof(nb_arguments, serve.hosts),
      0 },
    { "lang",
      "zh|en",
      NULL,
      { "消息用哪种语言；默认 zh", "language of messages; zh by default" },
      NB_OPTION_CHOICE,
      offsetof(nb_arguments, language),
      0 },
    { "help",
      NULL,
      NULL,
      { "显示用法", "show how to use it" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, help),
      'h' },
    { "version",
      NULL,
      "",
      { "显示版本", "show the version" },
      NB_OPTION_FLAG,
      offsetof(nb_arguments, version),
      0 },
};

const int nb_option_count = sizeof nb_options / sizeof nb_options[0];

static void print_column(const char *text, int width, FILE *to)
{
    int used = nb_text_width(text, strlen(text));
    fprintf(to, "  %s%*s  ", text, used < width ? width - used : 0, "");
}

static void print_options(const nb_arguments *arguments, const nb_verb *verb, FILE *to)
{
    for (int i = 0; i < nb_option_count; i++) {
        const nb_option *option = &nb_options[i];
        char name[64], letter[8] = "";
        if (!nb_option_is_of(option, verb))
            continue;
        if (option->letter)
            snprintf(letter, sizeof letter, "-%c, ", option->letter);
        snprintf(name, sizeof name, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
                 option->value ? option->value : "");
        print_column(name, 29, to);
        fprintf(to, "%s\n", option->words[arguments->language]);
    }
}

static void print_overview(const nb_arguments *arguments, FILE *to)
{
    fprintf(to, "%s\n\n%s\n",
            NB_WORDS(arguments, "nianbao：编排政府信息公开工作年度报告（PDF、DOCX、OFD、HTML）",
                     "nianbao: typeset the annual report on government information disclosure "
                     "(PDF, DOCX, OFD, HTML)"),
            NB_WORDS(arguments, "命令：", "commands:"));
    for (const nb_verb *verb = nb_verbs; verb->name; verb++) {
        print_column(verb->name, 8, to);
        fprintf(to, "%s\n", verb->words[arguments->language]);
    }
    fprintf(to, "\n%s\n", NB_WORDS(arguments, "选项：", "options:"));
    print_options(arguments, NULL, to);
    fprintf(
        to, "\n%s\n",
        NB_WORDS(arguments,
                 "结束状态：0 完成，1 报告有错误，2 用法不对，3 有警告（--fail-on warning），\n"
                 "  4 输入读不了或不是报告，5 输出、字体或资源出错，\n"
                 "  75 停下了，以后再做\n"
                 "nianbao help 命令 显示一条命令的用法。",
                 "exit status: 0 done, 1 error findings, 2 usage, 3 warnings (--fail-on warning),\n"
                 "  4 an input that cannot be read or is not a report, 5 output, font or resource "
                 "failure,\n"
                 "  75 stopped, try again later\n"
                 "nianbao help COMMAND shows the use of one command."));
}

void nb_print_help(const nb_arguments *arguments, const nb_verb *verb, FILE *to)
{
    if (!verb) {
        print_overview(arguments, to);
        return;
    }
    fprintf(to, "%snianbao %s\n\n%s\n\n", NB_WORDS(arguments, "用法：", "usage: "), verb->synopsis,
            verb->words[arguments->language]);
    print_options(arguments, verb, to);
}
