/*
 * One run of the checks: what each step is handed, and the one function through which every rule
 * speaks. Private to src/check.
 */
#ifndef NB_CHECK_RUN_H
#define NB_CHECK_RUN_H

#include "check/prose.h"
#include "form/fill.h"
#include "form/style.h"

typedef struct nb_check_run {
    const nb_report *report;
    const nb_form *form;        /* the report's */
    const nb_page_style *style; /* which says what a heading's number looks like */
    const nb_report *previous;  /* on the year before; NULL: unknown */
    nb_report *const *children; /* of the agencies below it */
    size_t child_count;
    const nb_rule_setting *settings; /* the report's choices, then the caller's; the last counts */
    size_t setting_count;
    const nb_prose *title; /* the lines of the title that the report states */
    int title_count;
    const nb_prose *prose; /* every text of the sections, in the order of the form's parts */
    int prose_count;
    nb_findings *findings;
    nb_arena *arena; /* for the run only */
} nb_check_run;

/*
 * Add a finding of a rule, at its own severity or the one that the settings give it. NULL when they
 * turn it off, or when memory ran out; nb_finding_hint, nb_finding_clause and nb_finding_range
 * pass over that.
 */
nb_finding *nb_check_tell(const nb_check_run *run, const char *rule, nb_severity severity,
                          nb_place place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The same of the characters of a text between two offsets in bytes. */
nb_finding *nb_check_tell_text(const nb_check_run *run, const char *rule, nb_severity severity,
                               const nb_prose *prose, size_t from, size_t to, const char *format,
                               ...) __attribute__((format(printf, 7, 8)));

/* Give a finding the hint and the clause of a rule of the form; a finding that is NULL is passed over. */
void nb_check_explain(const nb_check_run *run, nb_finding *finding, const nb_rule *rule);

/*
 * What the report or the caller says of a rule's findings, or NULL; *reason is what the report
 * gives for it, and else "".
 */
const nb_rule_setting *nb_check_setting(const nb_check_run *run, const char *rule,
                                        const char **reason);

/* A wording in both languages, of which that of the run's findings is taken. */
#define NB_RUN_SAY(run, chinese, english) NB_SAY((run)->findings, chinese, english)

#endif
