#include "serve/bodies.h"

#include <string.h>

enum { RECORD_SEPARATOR = 0x1E };

nb_string nb_body_text(const nb_request *request, int index)
{
    nb_string body = nb_request_body(request);
    const char *at = body.data, *end = body.data + body.length;
    if (!body.length || *at != RECORD_SEPARATOR)
        return index == 0 ? body : (nb_string){ "", 0 };
    for (int i = 0; at < end; i++) {
        const char *next = memchr(at + 1, RECORD_SEPARATOR, (size_t)(end - at - 1));
        next = next ? next : end;
        if (i == index)
            return (nb_string){ at + 1, (size_t)(next - at - 1) };
        at = next;
    }
    return (nb_string){ "", 0 };
}

static void drop_report(void *report)
{
    nb_report_drop(report);
}

void nb_defer_report(nb_request *request, nb_report *report)
{
    nb_arena_defer(request->arena, drop_report, report);
}

nb_status nb_body_report(nb_request *request, int index, const char *name, nb_findings *findings,
                         nb_report **report)
{
    nb_string text = nb_body_text(request, index);
    nb_status status =
        nb_report_load(request->serving->library, text.data, text.length, name, findings, report);
    if (status == NB_OK)
        nb_defer_report(request, *report);
    return status;
}

nb_findings *nb_unheard_findings(nb_request *request)
{
    return nb_findings_new_in(request->arena, NB_CHINESE);
}

nb_report *nb_body_previous(nb_request *request, int index)
{
    nb_report *previous = NULL;
    if (!nb_body_text(request, index).length)
        return NULL;
    nb_status status =
        nb_body_report(request, index, "previous", nb_unheard_findings(request), &previous);
    return status == NB_OK ? previous : NULL;
}
