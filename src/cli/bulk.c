#include "cli/bulk_progress.h"
#include "cli/cli.h"

#include "cli/rules.h"
#include "cli/save.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t was_stopped;

static void stop(int number)
{
    (void)number;
    was_stopped = 1;
}

static bool should_stop(void *context)
{
    (void)context;
    return was_stopped;
}

/* The first SIGINT or SIGTERM ends the run when the rows in hand are done, the second at once. */
static void watch_signals(void)
{
    struct sigaction action = { .sa_flags = (int)SA_RESETHAND };
    action.sa_handler = stop;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void print_summary(const nb_arguments *arguments, const nb_bulk_summary *summary)
{
    fprintf(stderr,
            NB_WORDS(arguments, "共 %zu 条：做成 %zu，没有做成 %zu，有警告 %zu",
                     "%zu rows: %zu done, %zu failed, %zu with warnings"),
            summary->rows, summary->done, summary->failed, summary->warned);
    if (summary->kept)
        fprintf(stderr, NB_WORDS(arguments, "；其中上次已有 %zu", "; %zu of them from before"),
                summary->kept);
    putc('\n', stderr);
}

static void tell_end(const nb_arguments *arguments, nb_status status,
                     const nb_bulk_summary *summary)
{
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao bulk: %s\n", nb_status_words(status, arguments->language));
    else if (status == NB_E_LATER && was_stopped)
        fprintf(stderr, "%s\n",
                NB_WORDS(arguments, "nianbao bulk：停下了，用 --resume 接着做",
                         "nianbao bulk: stopped; go on with --resume"));
    else if (status == NB_OK && !arguments->bulk.quiet)
        print_summary(arguments, summary);
}

static int verdict(const nb_arguments *arguments, const nb_bulk_summary *summary)
{
    if (arguments->fail_on == NB_FAIL_ON_NEVER)
        return NB_EXIT_DONE;
    if (summary->failed)
        return NB_EXIT_FINDINGS;
    if (arguments->fail_on == NB_FAIL_ON_WARNING && summary->warned)
        return NB_EXIT_WARNINGS;
    return NB_EXIT_DONE;
}

static int run_with(nb_session *session, nb_bulk_options *options)
{
    const nb_arguments *arguments = session->arguments;
    nb_bulk_summary summary;
    nb_bulk_meter meter = { .language = arguments->language,
                            .as_json = arguments->bulk.progress == NB_FINDINGS_JSON };
    if (nb_bulk_meter_is_shown(&meter, arguments->bulk.quiet)) {
        options->progress = nb_bulk_meter_show;
        options->context = &meter;
    }
    watch_signals();
    nb_status status = nb_bulk_run(session->library, options, session->findings, &summary);
    nb_print_findings(session->findings, 0, NULL, arguments->language, stderr);
    tell_end(arguments, status, &summary);
    return status == NB_OK ? verdict(arguments, &summary) : nb_exit_of(status);
}

/* Make the reports, checked by the rules as --rule sets them. */
static int run(nb_session *session, nb_bulk_options *options)
{
    nb_rule_list rules;
    nb_check_options checks = NB_CHECK_OPTIONS_INIT;
    int end = nb_rules_begin(session, "bulk", false, &rules);
    nb_rules_apply(&rules, &checks);
    options->build.checks = &checks;
    if (end == NB_EXIT_DONE)
        end = run_with(session, options);
    nb_rules_end(&rules);
    return end;
}

static int take_shard(nb_session *session, nb_bulk_options *options)
{
    const nb_arguments *arguments = session->arguments;
    if (!arguments->bulk.shard)
        return NB_EXIT_DONE;
    nb_status status = nb_bulk_shard(arguments->bulk.shard, session->findings, &options->shard,
                                     &options->shard_count);
    nb_print_findings(session->findings, 0, NULL, arguments->language, stderr);
    return nb_exit_of(status);
}

int nb_run_bulk(const nb_arguments *arguments)
{
    nb_session session;
    const char *input = arguments->inputs.list[0];
    if (arguments->outputs.count != 1)
        return nb_usage_error(arguments, "bulk", NULL, "%s",
                              NB_WORDS(arguments, "要用 -o 说明写到哪个文件夹",
                                       "name with -o the folder to write into"));
    if (nb_editable_usage(arguments, "bulk", false) != NB_EXIT_DONE)
        return NB_EXIT_USAGE;
    char *folder = nb_folder_of(input);
    nb_bulk_options options = { .input = input,
                                .folder = arguments->outputs.list[0],
                                .build = { .force = arguments->force,
                                           .style = arguments->style,
                                           .pdf_standard = arguments->pdf_standard,
                                           .picture_dir = folder,
                                           .editable = arguments->editable,
                                           .date = arguments->date,
                                           .draft = arguments->draft },
                                .template_file = arguments->bulk.template,
                                .sheet = arguments->bulk.sheet,
                                .workers = arguments->bulk.workers,
                                .name = arguments->bulk.name,
                                .per_folder = arguments->bulk.split,
                                .resume = arguments->bulk.resume || arguments->bulk.retry_failed ||
                                          arguments->bulk.verify,
                                .archive = arguments->bulk.archive,
                                .only_changed = arguments->bulk.only_changed,
                                .retry_failed = arguments->bulk.retry_failed,
                                .verify = arguments->bulk.verify,
                                .should_stop = should_stop };
    for (int format = 0; format < NB_FORMAT_COUNT; format++)
        options.formats[format] = nb_is_wanted(arguments, (nb_format)format);
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE)
        end = take_shard(&session, &options);
    if (end == NB_EXIT_DONE)
        end = run(&session, &options);
    nb_session_end(&session);
    free(folder);
    return end;
}

int nb_run_merge(const nb_arguments *arguments)
{
    nb_bulk_summary summary;
    if (arguments->outputs.count != 1)
        return nb_usage_error(
            arguments, "merge", NULL, "%s",
            NB_WORDS(arguments, "要用 -o 说明写到哪个文件", "name with -o the file to write"));
    nb_findings *findings = nb_need_memory(nb_findings_new(arguments->language));
    nb_status status =
        nb_bulk_merge(arguments->inputs.list, (size_t)arguments->inputs.count,
                      arguments->outputs.list[0], arguments->bulk.archive, findings, &summary);
    nb_print_findings(findings, 0, NULL, arguments->language, stderr);
    nb_findings_drop(findings);
    tell_end(arguments, status, &summary);
    return status == NB_OK ? verdict(arguments, &summary) : nb_exit_of(status);
}
