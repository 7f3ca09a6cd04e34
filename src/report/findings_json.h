/* Findings as JSON. */
#ifndef NB_REPORT_FINDINGS_JSON_H
#define NB_REPORT_FINDINGS_JSON_H

#include "base/buffer.h"

/*
 * The members of the object that nb_findings_json gives, without its braces, for those who put them
 * into an object of their own.
 */
void nb_findings_write_members(const nb_findings *findings, nb_buffer *out);

#endif
