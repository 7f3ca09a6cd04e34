/* Forms as data for the page, and the shapes of glyphs for its preview. */
#include "serve/answer.h"
#include "serve/routes.h"

#include <stdlib.h>
#include <string.h>

/* The library is at work while it lists: memory that runs out must not jump over it. */
typedef struct listing {
    nb_request *request;
    nb_buffer *out;
    const nb_form_info *form; /* of the visit under way, or … */
    const nb_rule_info *rule;
    bool is_first;
    nb_status status;
} listing;

static void visit(listing *list, nb_status (*write)(void *context))
{
    if (list->status == NB_OK)
        list->status = nb_arena_run(list->request->arena, write, list);
}

/* Now it may be let go of. */
static void end_list(const listing *list, nb_status status)
{
    nb_request *request = list->request;
    if (list->status != NB_OK)
        nb_arena_fail(request->arena);
    nb_buffer_byte(list->out, ']');
    nb_answer_end(request, list->out);
    if (status != NB_OK)
        nb_answer_failure(request, status);
}

static nb_status write_form(void *context)
{
    listing *list = context;
    const nb_form_info *form = list->form;
    nb_buffer_text(list->out, list->is_first ? "{" : ", {");
    nb_answer_text(list->out, "id", form->id);
    nb_answer_text(list->out, "name", form->name);
    nb_answer_text(list->out, "source", form->source);
    nb_answer_text(list->out, "style", form->style);
    nb_buffer_byte(list->out, '}');
    list->is_first = false;
    return NB_OK;
}

static void visit_form(void *context, const nb_form_info *form)
{
    listing *list = context;
    list->form = form;
    if (!form->is_made)
        visit(list, write_form);
}

/* {"forms": [{"id", "name", "source", "style"}]}: those that one files. */
void nb_serve_forms(nb_request *request)
{
    listing list = { .request = request, .out = nb_answer_begin(request), .is_first = true };
    nb_answer_key(list.out, "forms");
    nb_buffer_byte(list.out, '[');
    end_list(&list,
             nb_library_forms(request->serving->library, request->findings, visit_form, &list));
}

static nb_status write_rule(void *context)
{
    listing *list = context;
    const nb_rule_info *rule = list->rule;
    nb_buffer_text(list->out, list->is_first ? "{" : ",\n{");
    nb_answer_text(list->out, "id", rule->id);
    nb_answer_text(list->out, "name", rule->name[nb_findings_language(list->request->findings)]);
    nb_answer_text(list->out, "form", rule->form);
    nb_answer_key(list->out, "fixed");
    nb_buffer_text(list->out, rule->is_fixed ? "true}" : "false}");
    list->is_first = false;
    return NB_OK;
}

static void visit_rule(void *context, const nb_rule_info *rule)
{
    listing *list = context;
    list->rule = rule;
    visit(list, write_rule);
}

/* {"rules": [{"id", "name", "form", "fixed"}]}; form is "" for the rules of any form. */
void nb_serve_rules(nb_request *request)
{
    listing list = { .request = request, .out = nb_answer_begin(request), .is_first = true };
    nb_answer_key(list.out, "rules");
    nb_buffer_byte(list.out, '[');
    end_list(&list,
             nb_library_rules(request->serving->library, request->findings, visit_rule, &list));
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
