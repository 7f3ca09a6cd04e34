/* The page and the files that it is made of. */
#include "serve/assets.h"
#include "serve/routes.h"

#include <string.h>

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        { ".html", "text/html; charset=utf-8" },
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
    };
    const char *suffix = strrchr(name, '.');
    for (size_t i = 0; suffix && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(suffix, types[i][0]) == 0)
            return types[i][1];
    return "application/octet-stream";
}

static void answer_asset(nb_request *request, const char *name)
{
    for (int i = 0; i < nb_asset_count; i++) {
        const nb_asset *asset = &nb_assets[i];
        if (strcmp(asset->name, name) != 0)
            continue;
        nb_answer_bytes(request, type_of(name),
                        (nb_string){ (const char *)asset->bytes, asset->length });
        request->answer.tag = asset->tag;
        return;
    }
    nb_answer_error(request, 404,
                    NB_SAY(request->findings, "没有这个文件", "there is no such file"));
}

void nb_serve_page(nb_request *request)
{
    answer_asset(request, "index.html");
}

void nb_serve_asset(nb_request *request)
{
    answer_asset(request, request->rest);
}
