#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int run_version(const nb_arguments *arguments)
{
    (void)arguments;
    printf("nianbao %s\n", NB_VERSION);
    return NB_EXIT_DONE;
}

/* help VERB; its input is the verb's name. */
static int run_help(const nb_arguments *arguments)
{
    const nb_verb *verb = NULL;
    int end = NB_EXIT_DONE;
    if (arguments->inputs.count)
        end = nb_find_verb(arguments, arguments->inputs.list[0], &verb);
    if (end == NB_EXIT_DONE && arguments->manual)
        nb_print_manual(arguments);
    else if (end == NB_EXIT_DONE)
        nb_print_help(arguments, verb, stdout);
    return end;
}

const nb_verb nb_verbs[] = {
    { "build",
      "build IN.json… -o OUT [-f pdf,docx,ofd,html] [--force]",
      { "编排报告，写成 PDF、DOCX；IN 也可以是旧报告的文字（.txt）",
        "typeset reports into PDF and DOCX; IN may also be the text of an old report (.txt)" },
      1,
      -1,
      nb_run_build },
    { "bulk",
      "bulk ROWS.{jsonl,csv,xlsx} [--template T.json] -o DIR [-f pdf,docx,ofd,html] [-j N] "
      "[--resume]",
      { "一次编排许多份报告，每行一份", "typeset many reports in one run, one a line" },
      1,
      1,
      nb_run_bulk },
    { "merge",
      "merge DIR… -o manifest.jsonl [--archive OUT.zip]",
      { "把分几台机器做的清单合成一份",
        "join the manifests of the parts made on several machines" },
      1,
      -1,
      nb_run_merge },
    { "check",
      "check IN… [--format text|json|sarif] [--rule RULE=off] [--fail-on error|warning|never]",
      { "检查报告，指出每一处问题和位置", "check reports and show each fault and its place" },
      1,
      -1,
      nb_run_check },
    { "import",
      "import IN.{docx,pdf,html,txt}… [-o OUT.json|DIR] [--ignore-carried|--keep-carried]",
      { "从已发布的报告中认出内容，写成 JSON",
        "recognise the report in a published one and write it as JSON" },
      1,
      -1,
      nb_run_import },
    { "verify",
      "verify FILE.{pdf,docx,html}… [--format text|json]",
      { "核对文件的正文是否仍与所附数据一致",
        "see whether what a file shows is still what its attached data say" },
      1,
      -1,
      nb_run_verify },
    { "fix",
      "fix IN.json [--previous LAST] [--apply N -o OUT.json] [--format text|json]",
      { "找出改动最少的改法，使勾稽关系都成立；只有 --apply 才采用",
        "find the fewest changes that make all equations hold; only --apply takes one" },
      1,
      1,
      nb_run_fix },
    { "diff",
      "diff A B [--format text|json]",
      { "说出两份报告有哪些不同", "tell what differs between two reports" },
      2,
      2,
      nb_run_diff },
    { "patch",
      "patch IN.json PATCH.json [-o OUT.json]",
      { "把补丁（JSON Patch）用到报告上", "apply a JSON Patch to a report" },
      2,
      2,
      nb_run_patch },
    { "init",
      "init FORM [--agency NAME] [--year YEAR] [--blank] [-o REPORT.json] | --template -o DIR",
      { "写一份空的报告，供填写", "write an empty report to fill in" },
      1,
      1,
      nb_run_init },
    { "schema",
      "schema FORM [-o FILE]",
      { "写出表单的 JSON Schema（draft-07）", "write the JSON Schema (draft-07) of a form" },
      1,
      1,
      nb_run_schema },
    { "correct",
      "correct OLD NEW -o DIR [--reason TEXT] [--author NAME] [--date YYYY-MM-DD] [--force]",
      { "更正已公开的报告：写出新报告、带修订标记的 DOCX、更正说明和清单",
        "re-issue a published report: the new one, a DOCX with tracked changes, a note, a "
        "manifest" },
      2,
      2,
      nb_run_correct },
    { "fonts",
      "fonts [--font-dir DIR] [--fontconfig FILE]",
      { "列出每种字体角色用的字体和收字数",
        "list the faces of each font role and how many characters they have" },
      0,
      0,
      nb_run_fonts },
    { "forms", "forms", { "列出现有的表单", "list the forms there are" }, 0, 0, nb_run_forms },
    { "rules",
      "rules [--format text|json]",
      { "列出检查用的规则", "list the rules that reports are checked by" },
      0,
      0,
      nb_run_rules },
    { "serve",
      "serve [--port N] [--open] [--dir DIR]",
      { "打开本机网页：填报、核对、预览、下载",
        "serve a page on this machine: fill in, check, see, download" },
      0,
      0,
      nb_run_serve },
    { "completion",
      "completion bash|zsh|fish",
      { "写出命令行补全用的脚本", "write what a shell needs to complete the words of the command" },
      1,
      1,
      nb_run_completion },
    { "version", "version", { "显示版本", "show the version" }, 0, 0, run_version },
    { "help",
      "help [COMMAND] [--man]",
      { "显示用法", "show how to use the command" },
      0,
      1,
      run_help },
    { NULL, NULL, { NULL, NULL }, 0, 0, NULL },
};

/*
 * A file opened later must not become descriptor 0, 1 or 2. Writing to what stands in for a
 * closed one fails.
 */
static void hold_standard_descriptors(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/*
 * Fonts are mapped into memory. Where one became shorter meanwhile there is nothing to go on with, but
 * no file of ours is half written while fonts are read.
 */
static void tell_shrunken_file(int signal_number)
{
    static const char words[] =
        "nianbao: 正在使用的字体文件变短了，等它写完后再做一次\n"
        "nianbao: a font in use became shorter; try again when it is whole\n";
    (void)signal_number;
    (void)!write(STDERR_FILENO, words, sizeof words - 1);
    _exit(NB_EXIT_OUTPUT);
}

/* What was printed has reached its reader. */
static int finish_output(const nb_arguments *arguments, int end)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return end;
    fprintf(stderr,
            NB_WORDS(arguments, "nianbao: 无法写到标准输出：%s\n",
                     "nianbao: cannot write to standard output: %s\n"),
            nb_system_words(errno, arguments->language));
    return NB_EXIT_OUTPUT;
}

int main(int argc, char **argv)
{
    static nb_arguments arguments; /* static, so that its lists are never lost */
    const nb_verb *verb;
    hold_standard_descriptors();
    /* A reader that went away and a file that may not grow are failed writes like any other. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGBUS, tell_shrunken_file);
    /* By default each piece of a message would be written by itself. */
    (void)setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    int end = nb_read_arguments(argc, argv, &verb, &arguments);
    if (end != NB_EXIT_DONE)
        return end;
    if (arguments.help) {
        nb_print_help(&arguments, verb, stdout);
    } else if (arguments.version) {
        end = run_version(&arguments);
    } else if (verb) {
        end = verb->run(&arguments);
    } else {
        nb_print_help(&arguments, NULL, stderr);
        end = NB_EXIT_USAGE;
    }
    return finish_output(&arguments, end);
}
