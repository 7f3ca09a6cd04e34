/*
 * The reports in a request's body: one JSON text, or several as a JSON text sequence (RFC 7464), of
 * which each begins with the character RS.
 */
#ifndef NB_SERVE_BODIES_H
#define NB_SERVE_BODIES_H

#include "serve/request.h"

/* Text index of the body, from 0; empty when there is none. */
nb_string nb_body_text(const nb_request *request, int index);

/* The report that a text is; it ends with the request. name is what findings call it. */
nb_status nb_body_report(nb_request *request, int index, const char *name, nb_findings *findings,
                         nb_report **report);

/* Last year's report, or NULL; its own faults are not this report's. */
nb_report *nb_body_previous(nb_request *request, int index);

/* A list for what nobody asked to hear; it ends with the request. */
nb_findings *nb_unheard_findings(nb_request *request);

/* The report ends with the request. */
void nb_defer_report(nb_request *request, nb_report *report);

#endif
