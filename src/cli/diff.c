#include "cli/cli.h"

#include "cli/screen.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How removed and added words are marked. */
typedef struct marks {
    const char *removed, *removed_end;
    const char *added, *added_end;
} marks;

static marks marks_of_output(void)
{
    static const marks plain = { "[-", "-]", "{+", "+}" };
    static const marks colored = { "\033[31;9m", "\033[0m", "\033[32m", "\033[0m" };
    return isatty(STDOUT_FILENO) && !getenv("NO_COLOR") ? colored : plain;
}

static void print_bytes(const char *text, size_t length)
{
    for (const char *end = text + length; text < end;)
        nb_print_character(nb_next_character(&text, end), stdout);
}

static void print_marked(const char *text, size_t length, const char *before, const char *after)
{
    if (length == 0)
        return;
    fputs(before, stdout);
    print_bytes(text, length);
    fputs(after, stdout);
}

/* A sentence that both reports have, what changed in it marked. */
static void print_ranges(const nb_report_change *change, const marks *m)
{
    size_t at = 0;
    for (size_t i = 0; i < change->range_count; i++) {
        const nb_changed_range *range = &change->ranges[i];
        print_bytes(change->new_text + at, range->new_start - at);
        print_marked(change->old_text + range->old_start, range->old_end - range->old_start,
                     m->removed, m->removed_end);
        print_marked(change->new_text + range->new_start, range->new_end - range->new_start,
                     m->added, m->added_end);
        at = range->new_end;
    }
    print_bytes(change->new_text + at, strlen(change->new_text) - at);
}

static void print_value(const nb_arguments *arguments, const char *text)
{
    if (!text)
        fputs(NB_WORDS(arguments, "（没有）", "(none)"), stdout);
    else if (!*text)
        fputs(NB_WORDS(arguments, "（空）", "(blank)"), stdout);
    else
        nb_print_text(text, stdout);
}

static void print_change(const nb_arguments *arguments, const nb_report_change *change,
                         const marks *m)
{
    nb_print_text(change->label, stdout);
    fputs(NB_WORDS(arguments, "：", ": "), stdout);
    if (change->kind == NB_CHANGE_VALUE || change->kind == NB_CHANGE_LOOK) {
        print_value(arguments, change->old_text);
        fputs(" → ", stdout);
        print_value(arguments, change->new_text);
        if (change->old_text && change->new_text && strcmp(change->old_text, change->new_text) == 0)
            fputs(NB_WORDS(arguments, "（一份写明，一份留给程序计算）",
                           " (one states it, the other leaves it to be computed)"),
                  stdout);
    } else if (change->old_text && change->new_text) {
        print_ranges(change, m);
    } else if (change->old_text) {
        print_marked(change->old_text, strlen(change->old_text), m->removed, m->removed_end);
    } else {
        print_marked(change->new_text, strlen(change->new_text), m->added, m->added_end);
    }
    puts(change->follows ? NB_WORDS(arguments, "（随之而变）", " (follows from others)") : "");
}

static void print_diff(const nb_arguments *arguments, const nb_report_diff *diff)
{
    size_t length, count = nb_report_diff_count(diff);
    const char *patch = nb_report_diff_patch(diff, &length);
    if (arguments->findings_format == NB_FINDINGS_JSON) {
        fwrite(patch, 1, length, stdout);
        return;
    }
    marks m = marks_of_output();
    for (size_t i = 0; i < count; i++)
        print_change(arguments, nb_report_diff_lookup(diff, i), &m);
    if (count)
        printf(NB_WORDS(arguments, "不同 %zu 处\n", "%zu differences\n"), count);
    else
        puts(NB_WORDS(arguments, "没有不同", "no differences"));
}

int nb_run_diff(const nb_arguments *arguments)
{
    nb_session session;
    nb_reading readings[2] = { { .input = NULL }, { .input = NULL } };
    nb_report_diff *diff = NULL;
    int end = nb_session_begin(&session, arguments);
    nb_status status = NB_OK;
    for (int i = 0; i < 2 && end == NB_EXIT_DONE; i++) {
        size_t from = nb_findings_count(session.findings);
        status = nb_reading_begin(&session, arguments->inputs.list[i], &readings[i]);
        nb_print_findings(session.findings, from, &readings[i].source, arguments->language, stderr);
        end = nb_exit_of(status);
    }
    if (end == NB_EXIT_DONE) {
        size_t from = nb_findings_count(session.findings);
        status =
            nb_report_diff_new(readings[0].report, readings[1].report, session.findings, &diff);
        nb_print_findings(session.findings, from, NULL, arguments->language, stderr);
        end = nb_exit_of(status);
    }
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao diff: %s\n", nb_status_words(status, arguments->language));
    if (diff) {
        print_diff(arguments, diff);
        end = nb_report_diff_count(diff) ? NB_EXIT_FINDINGS : NB_EXIT_DONE;
    }
    nb_report_diff_drop(diff);
    nb_reading_end(&readings[0]);
    nb_reading_end(&readings[1]);
    nb_session_end(&session);
    return end;
}
