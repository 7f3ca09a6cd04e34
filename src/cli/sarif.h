/* Findings as a SARIF log. */
#ifndef NB_CLI_SARIF_H
#define NB_CLI_SARIF_H

#include "cli/rules.h"

/*
 * Print all findings, the suppressed ones too, as one SARIF 2.1.0 log (OASIS standard of 2020-03-27):
 * one run whose driver lists the rules in Chinese, with an English translation of them.
 */
void nb_print_findings_sarif(const nb_findings *findings, const nb_rule_list *rules,
                             nb_language language, FILE *to);

#endif
