/*
 * Memory that runs out. Each thing that the library does is done again and again, each time with
 * another allocation failing, and must either say that memory ran out or give the very bytes and
 * findings that it gives otherwise. Nothing may leak or crash, and the next run must be right.
 *
 * usage: fault_memory [STRIDE]
 *
 * Allocations from one place in the program are one case: the first of them fails. Of these, each
 * STRIDE-th is run; 1 (./dev faults) runs all.
 */
#include "memory.h"

#include <dirent.h>
#include <nianbao/nianbao.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a run came to: all its bytes and findings in one hash. */
typedef struct outcome {
    nb_status status;
    size_t errors;
    uint64_t hash;
    long leaked;
} outcome;

typedef struct files {
    char *sample;
    size_t sample_length;
    char *older;
    size_t older_length;
    char *formats[NB_TRACE]; /* the sample written */
    size_t lengths[NB_TRACE];
} files;

static files given;
static nb_library *shared;

static void mix(outcome *to, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++)
        to->hash = (to->hash ^ at[i]) * 1099511628211U;
}

static void mix_findings(outcome *to, const nb_findings *findings)
{
    to->errors = nb_findings_count_of(findings, NB_ERROR);
    for (size_t i = 0; i < nb_findings_count(findings); i++) {
        const nb_finding *finding = nb_findings_lookup(findings, i);
        mix(to, finding->rule, strlen(finding->rule));
        mix(to, finding->message, strlen(finding->message));
        mix(to, finding->hint, strlen(finding->hint));
    }
}

static nb_status write_all(nb_publication *publication, nb_findings *findings, outcome *to)
{
    nb_status status = NB_OK;
    const unsigned char *bytes;
    const char *svg;
    size_t length;
    for (nb_format format = NB_PDF; format <= NB_TRACE && status == NB_OK; format++) {
        status = nb_publication_write(publication, format, findings, &bytes, &length);
        if (status == NB_OK)
            mix(to, bytes, length);
    }
    if (status == NB_OK)
        status = nb_publication_write_page_svg(publication, 0, false, findings, &svg, &length);
    if (status == NB_OK)
        mix(to, svg, length);
    return status;
}

static nb_status build(nb_library *library, nb_findings *findings, outcome *to)
{
    nb_report *report = NULL;
    nb_publication *publication = NULL;
    nb_status status = nb_report_load(library, given.sample, given.sample_length, "sample.json",
                                      findings, &report);
    if (status == NB_OK)
        status = nb_publication_build(library, report, NULL, findings, &publication);
    if (status == NB_OK)
        status = write_all(publication, findings, to);
    nb_publication_drop(publication);
    nb_report_drop(report);
    return status;
}

/* A library of its own, whose forms, styles and fonts are loaded too. */
static nb_status build_anew(nb_library *library, nb_findings *findings, outcome *to)
{
    (void)library;
    nb_library *made = NULL;
    nb_status status = nb_library_new(NULL, findings, &made);
    if (status == NB_OK)
        status = build(made, findings, to);
    nb_library_drop(made);
    return status;
}

static nb_status describe_form(nb_library *library, nb_findings *findings, outcome *to)
{
    char *text = NULL;
    size_t length = 0;
    nb_status status =
        nb_library_skeleton(library, "annual-report-2021", NULL, findings, &text, &length);
    if (status == NB_OK)
        mix(to, text, length);
    free(text);
    text = NULL;
    if (status == NB_OK)
        status = nb_library_schema(library, "annual-report-2021", findings, &text, &length);
    if (status == NB_OK)
        mix(to, text, length);
    free(text);
    text = NULL;
    if (status == NB_OK)
        status = nb_library_fontconfig(library, findings, &text, &length);
    if (status == NB_OK)
        mix(to, text, length);
    free(text);
    return status;
}

static nb_status import_format(nb_library *library, nb_format format, bool ignore_carried,
                               nb_findings *findings, outcome *to)
{
    nb_report *report = NULL;
    nb_import_options options = { .ignore_carried = ignore_carried };
    const char *json;
    size_t length;
    nb_status status = nb_report_import(library, given.formats[format], given.lengths[format],
                                        "published", &options, findings, &report);
    if (status == NB_OK)
        status = nb_report_canonical(report, &json, &length);
    if (status == NB_OK)
        mix(to, json, length);
    nb_report_drop(report);
    return status;
}

static nb_status import_docx(nb_library *library, nb_findings *findings, outcome *to)
{
    return import_format(library, NB_DOCX, true, findings, to);
}

static nb_status import_html(nb_library *library, nb_findings *findings, outcome *to)
{
    return import_format(library, NB_HTML, true, findings, to);
}

static nb_status import_pdf(nb_library *library, nb_findings *findings, outcome *to)
{
    return import_format(library, NB_PDF, true, findings, to);
}

static nb_status verify_docx(nb_library *library, nb_findings *findings, outcome *to)
{
    (void)to;
    return nb_report_verify(library, given.formats[NB_DOCX], given.lengths[NB_DOCX], "published",
                            findings);
}

typedef struct pair {
    nb_report *older, *newer;
} pair;

static nb_status load_pair(nb_library *library, nb_findings *findings, pair *out)
{
    *out = (pair){ NULL, NULL };
    nb_status status = nb_report_load(library, given.older, given.older_length, "older.json",
                                      findings, &out->older);
    if (status == NB_OK)
        status = nb_report_load(library, given.sample, given.sample_length, "newer.json", findings,
                                &out->newer);
    return status;
}

static void drop_pair(pair *reports)
{
    nb_report_drop(reports->older);
    nb_report_drop(reports->newer);
}

static nb_status compare(nb_library *library, nb_findings *findings, outcome *to)
{
    pair reports;
    nb_report_diff *diff = NULL;
    nb_report *patched = NULL;
    nb_repairs *repairs = NULL;
    size_t length;
    nb_status status = load_pair(library, findings, &reports);
    if (status == NB_OK)
        status = nb_report_diff_new(reports.older, reports.newer, findings, &diff);
    if (status == NB_OK) {
        const char *patch = nb_report_diff_patch(diff, &length);
        mix(to, patch, length);
        status = nb_patch_apply(library, reports.older, patch, length, "patch", findings, &patched);
    }
    if (status == NB_OK)
        status = nb_repairs_new(reports.older, NULL, findings, &repairs);
    for (size_t i = 0; status == NB_OK && i < nb_repairs_count(repairs); i++) {
        const char *patch = nb_repairs_patch(repairs, i, &length);
        mix(to, patch, length);
    }
    nb_repairs_drop(repairs);
    nb_report_drop(patched);
    nb_report_diff_drop(diff);
    drop_pair(&reports);
    return status;
}

static nb_status correct(nb_library *library, nb_findings *findings, outcome *to)
{
    pair reports;
    nb_correction *correction = NULL;
    const nb_correction_file *written = NULL;
    size_t count = 0;
    nb_correction_options options = { .reason = "笔误" };
    nb_status status = load_pair(library, findings, &reports);
    if (status == NB_OK)
        status = nb_correction_build(library, reports.older, reports.newer, &options, findings,
                                     &correction);
    if (status == NB_OK)
        status = nb_correction_write(correction, "older.json", given.older, given.older_length,
                                     findings, &written, &count);
    for (size_t i = 0; i < count; i++)
        mix(to, written[i].bytes, written[i].length);
    if (status == NB_OK)
        status = write_all(nb_correction_note(correction), findings, to);
    nb_correction_drop(correction);
    drop_pair(&reports);
    return status;
}

/* Files in a folder whose names do not begin with a dot, or -1. */
static int count_files(const char *folder, bool remove_them)
{
    DIR *listing = opendir(folder);
    int count = 0;
    if (!listing)
        return 0;
    for (struct dirent *entry; (entry = readdir(listing));) {
        char path[1024];
        struct stat info;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        count++;
        if (remove_them)
            unlink(path);
    }
    closedir(listing);
    return count;
}

static char folder[] = "/tmp/nianbao-faults-XXXXXX";

/* A file is there after it was saved, and nothing is when it could not be. */
static nb_status save(nb_library *library, nb_findings *findings, outcome *to)
{
    (void)library;
    (void)to;
    char path[256];
    snprintf(path, sizeof path, "%s/saved.json", folder);
    nb_status status = nb_file_save(path, given.sample, given.sample_length, findings);
    int left = count_files(folder, true);
    if (left != (status == NB_OK)) {
        printf("%d files are left after status %d\n", left, status);
        return NB_E_ARGUMENT;
    }
    return status;
}

typedef struct scenario {
    const char *name;
    nb_status (*run)(nb_library *library, nb_findings *findings, outcome *to);
    nb_status expected; /* when no allocation fails */
    bool keeps;         /* the shared library keeps memory of it, so that pieces are not counted */
} scenario;

static const scenario scenarios[] = {
    { "save", save, NB_OK, false },
    { "form", describe_form, NB_OK, true },
    { "build", build, NB_OK, true },
    { "build with a library of its own", build_anew, NB_OK, false },
    { "import docx", import_docx, NB_OK, true },
    { "import html", import_html, NB_OK, true },
    { "import pdf", import_pdf, NB_OK, true },
    { "verify docx", verify_docx, NB_OK, true },
    { "compare", compare, NB_OK, true },
    { "correct", correct, NB_OK, true },
};

typedef struct trial {
    const scenario *what;
    outcome came;
} trial;

static void run_trial(void *context)
{
    trial *t = context;
    long before = memory_live();
    t->came = (outcome){ .status = NB_E_MEMORY };
    nb_findings *findings = nb_findings_new(NB_CHINESE);
    if (findings) {
        t->came.status = t->what->run(shared, findings, &t->came);
        mix_findings(&t->came, findings);
    }
    nb_findings_drop(findings);
    t->came.leaked = memory_live() - before;
}

static bool is_refusal(const outcome *came)
{
    /* A finding that is lost for want of memory counts as an error. */
    return came->status == NB_E_MEMORY || came->status == NB_E_RESOURCE || came->errors > 0;
}

static bool is_same(const outcome *a, const outcome *b)
{
    return a->status == b->status && a->errors == b->errors && a->hash == b->hash;
}

static int judge(const scenario *what, const outcome *right, memory_mode mode, size_t at)
{
    trial failing = { what, { 0 } };
    memory_begin(mode, at);
    run_trial(&failing);
    memory_end();
    const char *fault = NULL;
    if (!is_same(&failing.came, right) && !is_refusal(&failing.came))
        fault = "gives something else";
    else if (failing.came.leaked && !what->keeps)
        fault = "leaks";
    if (!fault)
        return 0;
    printf("%s %s when allocation %zu%s fails: status %d, %zu errors, %ld pieces left\n",
           what->name, fault, at, mode == MEMORY_FAILS_ON ? " and all after it" : "",
           failing.came.status, failing.came.errors, failing.came.leaked);
    return 1;
}

static int run_scenario(const scenario *what, size_t stride)
{
    trial first = { what, { 0 } };
    trial again = { what, { 0 } };
    size_t count;
    int faults = 0;
    run_trial(&first); /* what is loaded once is loaded here */
    size_t *places = memory_places(run_trial, &again, &count);
    if (first.came.status != what->expected || !is_same(&first.came, &again.came)) {
        printf("%s: status %d, then %d\n", what->name, first.came.status, again.came.status);
        free(places);
        return 1;
    }
    for (size_t i = 0; i < count; i += stride) {
        faults += judge(what, &first.came, MEMORY_FAILS_AT, places[i]);
        faults += judge(what, &first.came, MEMORY_FAILS_ON, places[i]);
    }
    run_trial(&again);
    if (!is_same(&first.came, &again.came)) {
        printf("%s is not right again afterwards\n", what->name);
        faults++;
    }
    printf("%s: %zu places, %d faults\n", what->name, count, faults);
    fflush(stdout);
    free(places);
    return faults;
}

static void read_file(const char *name, nb_findings *findings, char **bytes, size_t *length)
{
    char path[1024];
    nb_input *input;
    snprintf(path, sizeof path, "%s/../samples/%s", NB_TESTS_DIR, name);
    if (nb_input_load(path, findings, &input) != NB_OK)
        abort();
    const char *read = nb_input_lookup(input, length);
    *bytes = malloc(*length);
    memcpy(*bytes, read, *length);
    nb_input_drop(input);
}

/* The older report: the sample with one more request. */
static void make_older(void)
{
    static const char place[] = "\"received\": [";
    given.older = malloc(given.sample_length);
    given.older_length = given.sample_length;
    memcpy(given.older, given.sample, given.sample_length);
    for (char *at = given.older; at + sizeof place < given.older + given.older_length; at++)
        if (memcmp(at, place, sizeof place - 1) == 0) {
            at[sizeof place - 1]++;
            return;
        }
    abort();
}

static void prepare(void)
{
    nb_findings *findings = nb_findings_new(NB_CHINESE);
    nb_report *report;
    nb_publication *publication;
    read_file("minimal.json", findings, &given.sample, &given.sample_length);
    make_older();
    if (!mkdtemp(folder) || nb_library_new(NULL, findings, &shared) != NB_OK ||
        nb_report_load(shared, given.sample, given.sample_length, "sample.json", findings,
                       &report) != NB_OK ||
        nb_publication_build(shared, report, NULL, findings, &publication) != NB_OK)
        abort();
    for (nb_format format = NB_PDF; format < NB_TRACE; format++) {
        const unsigned char *bytes;
        if (nb_publication_write(publication, format, findings, &bytes, &given.lengths[format]) !=
            NB_OK)
            abort();
        given.formats[format] = malloc(given.lengths[format]);
        memcpy(given.formats[format], bytes, given.lengths[format]);
    }
    nb_publication_drop(publication);
    nb_report_drop(report);
    nb_findings_drop(findings);
}

int main(int argc, char **argv)
{
    size_t stride = argc > 1 ? strtoul(argv[1], NULL, 10) : 40;
    const char *only = argc > 2 ? argv[2] : NULL;
    int faults = 0;
    prepare();
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++)
        if (!only || strcmp(only, scenarios[i].name) == 0)
            faults += run_scenario(&scenarios[i], stride ? stride : 1);
    nb_library_drop(shared);
    for (nb_format format = NB_PDF; format < NB_TRACE; format++)
        free(given.formats[format]);
    free(given.sample);
    free(given.older);
    rmdir(folder);
    return faults ? 1 : 0;
}
