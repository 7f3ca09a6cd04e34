/* The sums that a form demands. */
#include "check/steps.h"

/* The first total that the author wrote, or -1. */
static int stated_total(const nb_report *report, const nb_equation *equation)
{
    for (int i = 0; i < equation->total_count; i++)
        if (report->values[equation->totals[i]].state == NB_VALUE_STATED)
            return equation->totals[i];
    return -1;
}

static const char *words_or(const char *words, const char *otherwise)
{
    return words ? words : otherwise;
}

static nb_finding *tell_single(const nb_check_run *run, const nb_equation *equation, int64_t parts,
                               int64_t total)
{
    const nb_rule *rule = equation->rule;
    int slot = equation->totals[0];
    return nb_check_tell(
        run, rule->id, rule->severity, nb_report_place(run->report, slot),
        NB_RUN_SAY(run, "%s：填 %lld，%s为 %lld", "%s: %lld is written, %s is %lld"),
        run->form->slots[slot].label, (long long)total,
        words_or(rule->parts[nb_findings_language(run->findings)],
                 NB_RUN_SAY(run, "各项之和", "the sum of the parts")),
        (long long)parts);
}

/*
 * Several totals: which column it is says the vector's entry, or the slot itself for single
 * counts.
 */
static nb_finding *tell_several(const nb_check_run *run, const nb_equation *equation, int64_t parts,
                                int64_t totals)
{
    const nb_rule *rule = equation->rule;
    nb_language language = nb_findings_language(run->findings);
    int slot = stated_total(run->report, equation);
    const nb_slot *shown = &run->form->slots[slot];
    const nb_vector *vector = shown->field->vector;
    return nb_check_tell(
        run, rule->id, rule->severity, nb_report_place(run->report, slot),
        NB_RUN_SAY(run, "%s：%s为 %lld，%s为 %lld，两者应相等",
                   "%s: %s is %lld, %s is %lld; they must be equal"),
        vector ? vector->entries[shown->entry].data : shown->label,
        words_or(rule->parts[language], NB_RUN_SAY(run, "各项之和", "the sum of the parts")),
        (long long)parts,
        words_or(rule->totals[language], NB_RUN_SAY(run, "各总计之和", "the sum of the totals")),
        (long long)totals);
}

static void check_equation(const nb_check_run *run, const nb_equation *equation)
{
    int64_t parts, totals;
    if (stated_total(run->report, equation) < 0 ||
        !nb_report_sum(run->report, equation->parts, equation->part_count, &parts) ||
        !nb_report_sum(run->report, equation->totals, equation->total_count, &totals) ||
        parts == totals)
        return;
    nb_finding *finding = equation->total_count == 1 ? tell_single(run, equation, parts, totals)
                                                     : tell_several(run, equation, parts, totals);
    nb_check_explain(run, finding, equation->rule);
}

void nb_check_arithmetic(const nb_check_run *run)
{
    for (int i = 0; i < run->form->equation_count; i++)
        check_equation(run, &run->form->equations[i]);
}
