/* The reports that another one is compared with: on the year before, and of the agencies below. */
#include "cli/beside.h"

#include "cli/save.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static void add(nb_beside *beside, nb_readings *into, const char *path, bool must_be_report)
{
    nb_session aside = *beside->session;
    nb_reading reading;
    aside.findings = beside->unheard;
    size_t from = nb_findings_count(aside.findings);
    nb_status status = nb_reading_begin(&aside, path, &reading);
    if (status == NB_OK) {
        into->list =
            nb_need_memory(realloc(into->list, ((size_t)into->count + 1) * sizeof *into->list));
        into->list[into->count++] = reading;
        return;
    }
    if (must_be_report || status != NB_E_NOT_A_REPORT) {
        nb_print_findings(aside.findings, from, &reading.source,
                          beside->session->arguments->language, stderr);
        beside->end = nb_worse_exit(beside->end, nb_exit_of(status));
    }
    nb_reading_end(&reading);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every report in a folder, in the order of their names; what is no report is passed over. */
static void add_folder(nb_beside *beside, nb_readings *into, const char *path)
{
    DIR *folder = opendir(path);
    char **names = NULL;
    size_t count = 0;
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        if (!nb_is_report_name(entry->d_name))
            continue;
        size_t length = strlen(path) + strlen(entry->d_name) + 2;
        names = nb_need_memory(realloc(names, (count + 1) * sizeof *names));
        names[count] = nb_need_memory(malloc(length));
        snprintf(names[count++], length, "%s/%s", path, entry->d_name);
    }
    if (folder)
        closedir(folder);
    if (count)
        qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        add(beside, into, names[i], false);
        free(names[i]);
    }
    free(names);
}

static void add_path(nb_beside *beside, nb_readings *into, const char *path)
{
    if (nb_is_folder(path))
        add_folder(beside, into, path);
    else
        add(beside, into, path, true);
}

int nb_beside_usage(const nb_arguments *arguments, const char *verb)
{
    if (!arguments->previous || arguments->inputs.count == 1 || nb_is_folder(arguments->previous))
        return NB_EXIT_DONE;
    return nb_usage_error(arguments, verb, NULL,
                          NB_WORDS(arguments, "有几份报告，--previous 要用文件夹，不能用“%s”",
                                   "several reports need a folder for --previous, not “%s”"),
                          arguments->previous);
}

int nb_beside_begin(nb_session *session, nb_beside *out)
{
    const nb_arguments *arguments = session->arguments;
    *out = (nb_beside){ .session = session };
    out->unheard = nb_need_memory(nb_findings_new(arguments->language));
    if (arguments->previous)
        add_path(out, &out->previous, arguments->previous);
    for (int i = 0; i < arguments->children.count; i++)
        add_path(out, &out->children, arguments->children.list[i]);
    out->child_reports =
        nb_need_memory(calloc((size_t)out->children.count + 1, sizeof(nb_report *)));
    for (int i = 0; i < out->children.count; i++)
        out->child_reports[i] = out->children.list[i].report;
    return out->end;
}

void nb_beside_end(nb_beside *beside)
{
    nb_readings *lists[] = { &beside->previous, &beside->children };
    for (size_t l = 0; l < 2; l++) {
        for (int i = 0; i < lists[l]->count; i++)
            nb_reading_end(&lists[l]->list[i]);
        free(lists[l]->list);
    }
    free(beside->child_reports);
    nb_findings_drop(beside->unheard);
}

/* The previous report of this one: the one that was named, or one of a folder's. */
static const nb_report *previous_of(const nb_beside *beside, const nb_report *report,
                                    const char *name)
{
    const nb_arguments *arguments = beside->session->arguments;
    if (!arguments->previous)
        return NULL;
    if (!nb_is_folder(arguments->previous))
        return beside->previous.count ? beside->previous.list[0].report : NULL;
    for (int i = 0; i < beside->previous.count; i++)
        if (nb_report_is_sequel(report, beside->previous.list[i].report))
            return beside->previous.list[i].report;
    fprintf(stderr,
            NB_WORDS(arguments, "%s：文件夹“%s”里没有这个机关上一年的报告，没有比对\n",
                     "%s: the folder “%s” has no report of the agency on the year before; nothing "
                     "was compared\n"),
            name, arguments->previous);
    return NULL;
}

void nb_beside_apply(const nb_beside *beside, const nb_report *report, const char *name,
                     nb_check_options *options)
{
    options->previous = previous_of(beside, report, name);
    options->children = beside->child_reports;
    options->child_count = (size_t)beside->children.count;
}
