/* What is answered at which path. */
#ifndef NB_SERVE_ROUTES_H
#define NB_SERVE_ROUTES_H

#include "serve/request.h"

typedef struct nb_route {
    const char *method;
    const char *path;    /* what ends with "/" holds for all that is below it */
    size_t largest_body; /* 0: it takes none */
    void (*answer)(nb_request *request);
} nb_route;

/*
 * The route of the request's method and path, with request->rest set; or NULL, with the answer set
 * to why not.
 */
const nb_route *nb_route_find(nb_request *request);

/* The handlers, by the files that hold them. */
void nb_serve_page(nb_request *request); /* pages.c */
void nb_serve_asset(nb_request *request);
void nb_serve_forms(nb_request *request); /* forms.c */
void nb_serve_form(nb_request *request);
void nb_serve_rules(nb_request *request);
void nb_serve_glyphs(nb_request *request);
void nb_serve_preview(nb_request *request); /* reports.c */
void nb_serve_import(nb_request *request);
void nb_serve_build(nb_request *request);
void nb_serve_repairs(nb_request *request); /* mending.c */
void nb_serve_correct(nb_request *request);
void nb_serve_bulk_runs(nb_request *request); /* bulk.c */
void nb_serve_bulk_run(nb_request *request);
void nb_serve_bulk_upload(nb_request *request);
void nb_serve_bulk_order(nb_request *request);
void nb_serve_bulk_delete(nb_request *request);
void nb_serve_starter(nb_request *request);
void nb_serve_drafts(nb_request *request); /* drafts.c */
void nb_serve_draft(nb_request *request);
void nb_serve_save_draft(nb_request *request);
void nb_serve_delete_draft(nb_request *request);

#endif
