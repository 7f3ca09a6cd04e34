#include "serve/routes.h"

#include <string.h>

enum { REPORT = 8 << 20, TWO_REPORTS = 2 * REPORT, DOCUMENT = 64 << 20 };

static const nb_route routes[] = {
    { "GET", "/", 0, nb_serve_page },
    { "GET", "/assets/", 0, nb_serve_asset },
    { "GET", "/api/forms", 0, nb_serve_forms },
    { "GET", "/api/forms/", 0, nb_serve_form },
    { "GET", "/api/rules", 0, nb_serve_rules },
    { "GET", "/api/glyphs/", 0, nb_serve_glyphs },
    { "POST", "/api/preview", REPORT, nb_serve_preview },
    { "POST", "/api/import", DOCUMENT, nb_serve_import },
    { "POST", "/api/build", REPORT, nb_serve_build },
    { "POST", "/api/repairs", REPORT, nb_serve_repairs },
    { "POST", "/api/correct", TWO_REPORTS, nb_serve_correct },
    { "GET", "/api/starters/", 0, nb_serve_starter },
    { "GET", "/api/bulk", 0, nb_serve_bulk_runs },
    { "GET", "/api/bulk/", 0, nb_serve_bulk_run },
    { "PUT", "/api/bulk/", DOCUMENT, nb_serve_bulk_upload },
    { "POST", "/api/bulk/", 0, nb_serve_bulk_order },
    { "DELETE", "/api/bulk/", 0, nb_serve_bulk_delete },
    { "GET", "/api/drafts", 0, nb_serve_drafts },
    { "GET", "/api/drafts/", 0, nb_serve_draft },
    { "PUT", "/api/drafts/", REPORT, nb_serve_save_draft },
    { "DELETE", "/api/drafts/", 0, nb_serve_delete_draft },
};

enum { ROUTE_COUNT = sizeof routes / sizeof routes[0] };

static bool is_at(const nb_route *route, const char *path)
{
    size_t length = strlen(route->path);
    if (length > 1 && route->path[length - 1] == '/')
        return strncmp(route->path, path, length) == 0;
    return strcmp(route->path, path) == 0;
}

const nb_route *nb_route_find(nb_request *request)
{
    bool is_known = false;
    for (int i = 0; i < ROUTE_COUNT; i++) {
        if (!is_at(&routes[i], request->path))
            continue;
        is_known = true;
        if (strcmp(routes[i].method, request->method) == 0 ||
            (strcmp(request->method, "HEAD") == 0 && strcmp(routes[i].method, "GET") == 0)) {
            request->rest = request->path + strlen(routes[i].path);
            return &routes[i];
        }
    }
    if (is_known)
        nb_answer_error(request, 405,
                        NB_SAY(request->findings, "这里不接受这种请求",
                               "requests of this kind are not taken here"));
    else
        nb_answer_error(request, 404,
                        NB_SAY(request->findings, "这里什么都没有", "there is nothing here"));
    return NULL;
}
