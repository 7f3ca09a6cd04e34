/* Forms as data for the page, and the shapes of glyphs for its preview. */
#include "serve/answer.h"
#include "serve/routes.h"

#include <stdlib.h>
#include <string.h>

typedef struct form_list {
    nb_buffer *out;
    bool is_first;
} form_list;

static void write_form(void *context, const nb_form_info *form)
{
    form_list *list = context;
    if (form->is_made)
        return;
    nb_buffer_text(list->out, list->is_first ? "{" : ", {");
    nb_answer_text(list->out, "id", form->id);
    nb_answer_text(list->out, "name", form->name);
    nb_answer_text(list->out, "source", form->source);
    nb_answer_text(list->out, "style", form->style);
    nb_buffer_byte(list->out, '}');
    list->is_first = false;
}

/* {"forms": [{"id", "name", "source", "style"}]}: those that one files. */
void nb_serve_forms(nb_request *request)
{
    nb_buffer *out = nb_answer_begin(request);
    form_list list = { out, true };
    nb_answer_key(out, "forms");
    nb_buffer_byte(out, '[');
    nb_status status =
        nb_library_forms(request->serving->library, request->findings, write_form, &list);
    nb_buffer_byte(out, ']');
    nb_answer_end(request, out);
    if (status != NB_OK)
        nb_answer_failure(request, status);
}

typedef struct rule_list {
    nb_buffer *out;
    nb_language language;
    bool is_first;
} rule_list;

static void write_rule(void *context, const nb_rule_info *rule)
{
    rule_list *list = context;
    nb_buffer_text(list->out, list->is_first ? "{" : ",\n{");
    nb_answer_text(list->out, "id", rule->id);
    nb_answer_text(list->out, "name", rule->name[list->language]);
    nb_answer_text(list->out, "form", rule->form);
    nb_answer_key(list->out, "fixed");
    nb_buffer_text(list->out, rule->is_fixed ? "true}" : "false}");
    list->is_first = false;
}

/* {"rules": [{"id", "name", "form", "fixed"}]}; form is "" for the rules of any form. */
void nb_serve_rules(nb_request *request)
{
    nb_buffer *out = nb_answer_begin(request);
    rule_list list = { out, nb_findings_language(request->findings), true };
    nb_answer_key(out, "rules");
    nb_buffer_byte(out, '[');
    nb_status status =
        nb_library_rules(request->serving->library, request->findings, write_rule, &list);
    nb_buffer_byte(out, ']');
    nb_answer_end(request, out);
    if (status != NB_OK)
        nb_answer_failure(request, status);
}

/* The form's own file: its fields, tables, parts and arithmetic. */
void nb_serve_form(nb_request *request)
{
    const char *json;
    size_t length;
    nb_status status = nb_library_form_json(request->serving->library, request->rest,
                                            request->findings, &json, &length);
    if (status == NB_OK)
        nb_answer_bytes(request, "application/json", (nb_string){ json, length });
    else if (status == NB_E_RESOURCE)
        nb_answer_error(request, 404,
                        NB_SAY(request->findings, "没有这种表单", "there is no such form"));
    else
        nb_answer_failure(request, status);
}

enum { MOST_GLYPHS = 4096 };

/* "12,345,6": ids of glyphs. */
static size_t read_ids(const char *text, uint32_t *ids)
{
    size_t count = 0;
    while (text && *text && count < MOST_GLYPHS) {
        char *end;
        ids[count++] = (uint32_t)strtoul(text, &end, 10);
        if (end == text || (*end && *end != ','))
            return 0;
        text = *end ? end + 1 : end;
    }
    return count;
}

/* /api/glyphs/FACE?ids=12,345,6: an SVG element that defines the shapes. */
void nb_serve_glyphs(nb_request *request)
{
    uint32_t *ids = NB_NEW_ARRAY(request->arena, uint32_t, MOST_GLYPHS);
    size_t count = read_ids(nb_request_parameter(request, "ids"), ids), length;
    char *svg;
    if (count == 0) {
        nb_answer_error(request, 400,
                        NB_SAY(request->findings, "ids 要写成 12,345,6 的样子",
                               "ids must be written like 12,345,6"));
        return;
    }
    nb_status status = nb_library_write_glyphs_svg(request->serving->library, request->rest, ids,
                                                   count, request->findings, &svg, &length);
    if (status != NB_OK) {
        nb_answer_failure(request, status);
        return;
    }
    nb_arena_defer(request->arena, free, svg);
    nb_answer_bytes(request, "image/svg+xml", (nb_string){ svg, length });
}
