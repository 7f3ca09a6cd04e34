#include "serve/answer.h"
#include "serve/names.h"

#include "report/findings_json.h"
#include "report/json.h"

/* A report of the largest size with its pages. */
enum { LARGEST_ANSWER = 512 << 20 };

nb_buffer *nb_answer_begin(nb_request *request)
{
    nb_buffer *out = nb_buffer_new(request->arena, LARGEST_ANSWER);
    nb_buffer_byte(out, '{');
    return out;
}

void nb_answer_key(nb_buffer *out, const char *key)
{
    if (out->length && out->data[out->length - 1] != '{')
        nb_buffer_text(out, ", ");
    nb_json_write_string(out, nb_string_of(key));
    nb_buffer_text(out, ": ");
}

void nb_answer_text(nb_buffer *out, const char *key, const char *text)
{
    nb_answer_string(out, key, nb_string_of(text));
}

void nb_answer_string(nb_buffer *out, const char *key, nb_string text)
{
    nb_answer_key(out, key);
    nb_json_write_string(out, text);
}

void nb_answer_integer(nb_buffer *out, const char *key, int64_t value)
{
    nb_answer_key(out, key);
    nb_buffer_integer(out, value);
}

void nb_answer_findings(nb_request *request, nb_buffer *out)
{
    if (out->length && out->data[out->length - 1] != '{')
        nb_buffer_text(out, ", ");
    nb_findings_write_members(request->findings, out);
}

void nb_answer_kept(nb_request *request, const char *key, const char *suffix,
                    void (*write)(void *list, const char *name))
{
    const char *folder = request->serving->draft_dir;
    nb_kept_list list = { request, nb_answer_begin(request), true };
    nb_answer_key(list.out, "kept");
    nb_buffer_text(list.out, folder ? "true" : "false");
    nb_answer_key(list.out, key);
    nb_buffer_byte(list.out, '[');
    nb_visit_names(folder, suffix, request->arena, write, &list);
    nb_buffer_byte(list.out, ']');
    nb_answer_end(request, list.out);
}

void nb_kept_begin(nb_kept_list *list)
{
    nb_buffer_text(list->out, list->is_first ? "{" : ",\n{");
    list->is_first = false;
}

void nb_kept_end(nb_kept_list *list)
{
    nb_buffer_byte(list->out, '}');
}

void nb_answer_end(nb_request *request, nb_buffer *out)
{
    nb_buffer_text(out, "}\n");
    if (out->overflowed)
        nb_answer_error(request, 500, "the answer is too large");
    else
        nb_answer_bytes(request, "application/json",
                        (nb_string){ (const char *)out->data, out->length });
}

void nb_answer_bytes(nb_request *request, const char *type, nb_string bytes)
{
    request->answer = (nb_answer){ .status = 200, .type = type, .body = bytes };
}

void nb_answer_error(nb_request *request, unsigned status, const char *message)
{
    nb_buffer *out = nb_answer_begin(request);
    nb_answer_text(out, "error", message);
    nb_answer_end(request, out);
    request->answer.status = status;
}

static unsigned http_status(nb_status status)
{
    switch (status) {
    case NB_OK:
        return 200;
    case NB_E_FINDINGS:
    case NB_E_NOT_A_REPORT:
        return 422;
    case NB_E_ARGUMENT:
        return 400;
    case NB_E_MEMORY:
    case NB_E_LATER:
        return 503;
    case NB_E_RESOURCE:
    case NB_E_OUTPUT:
        break;
    }
    return 500;
}

void nb_answer_failure(nb_request *request, nb_status status)
{
    nb_buffer *out = nb_answer_begin(request);
    nb_answer_text(out, "error", nb_status_words(status, nb_findings_language(request->findings)));
    nb_answer_findings(request, out);
    nb_answer_end(request, out);
    request->answer.status = http_status(status);
}
