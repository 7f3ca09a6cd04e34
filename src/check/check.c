#include "check/check.h"

#include "check/steps.h"

nb_status nb_check(nb_report *report, nb_findings *findings)
{
    size_t before = nb_findings_count_of(findings, NB_ERROR);
    nb_check_values(report, findings);
    nb_check_characters(report, findings);
    nb_check_arithmetic(report, findings);
    return nb_findings_count_of(findings, NB_ERROR) > before ? NB_E_FINDINGS : NB_OK;
}
