#include "check/check.h"

#include "check/steps.h"

nb_status nb_check(const nb_report *report, const nb_page_style *style,
                   const nb_check_options *options, nb_arena *arena, nb_findings *findings)
{
    static const nb_check_options defaults = NB_CHECK_OPTIONS_INIT;
    const nb_check_options *asked = options ? options : &defaults;
    size_t before = nb_findings_count_of(findings, NB_ERROR);
    nb_check_run run = { .report = report,
                         .form = report->form,
                         .style = style,
                         .previous = asked->previous,
                         .children = asked->children,
                         .child_count = asked->child_count,
                         .findings = findings,
                         .arena = arena };
    run.title = nb_prose_of_title(report, arena, &run.title_count);
    run.prose = nb_prose_of_parts(report, style, arena, &run.prose_count);
    nb_check_begin_settings(&run, asked);
    nb_check_choices(&run);
    nb_check_values(&run);
    nb_check_characters(&run);
    nb_check_arithmetic(&run);
    nb_check_previous(&run);
    nb_check_children(&run);
    nb_check_claims(&run);
    nb_check_text_rules(&run);
    return nb_findings_count_of(findings, NB_ERROR) > before ? NB_E_FINDINGS : NB_OK;
}
