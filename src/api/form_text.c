/* What is written from a form alone: a report to begin with, and the schema of its reports. */
#include "api/library.h"
#include "api/options.h"

#include "base/given.h"
#include "form/fill.h"
#include "form/schema.h"
#include <stdlib.h>

enum { LARGEST = 16 << 20 }; /* bytes */

typedef struct writing {
    nb_library *library;
    const char *id;
    const nb_skeleton_options *skeleton; /* NULL: the schema */
    nb_findings *findings;
    nb_arena *arena;
    char *text; /* the caller's in the end */
    size_t length;
} writing;

nb_status nb_library_named_form(nb_library *library, const char *id, nb_arena *arena,
                                nb_findings *findings, const nb_form **out)
{
    if (nb_library_has_form(library, id, arena))
        return nb_library_form(library, id, findings, out);
    nb_finding *finding =
        nb_findings_add(findings, NB_ERROR, "S6", (nb_place){ .file = id },
                        NB_SAY(findings, "没有表单“%s”", "there is no form “%s”"), id);
    nb_hint_at_forms(library, nb_string_of(id), arena, findings, finding);
    return NB_E_ARGUMENT;
}

static nb_status write(void *context)
{
    writing *w = context;
    const nb_form *form;
    nb_status status = nb_library_named_form(w->library, w->id, w->arena, w->findings, &form);
    if (status != NB_OK)
        return status;
    nb_buffer *out = nb_buffer_new(w->arena, LARGEST);
    const nb_skeleton_options *asked = w->skeleton;
    if (asked)
        nb_report_write_short_json(nb_report_new_skeleton(form, nb_string_of(asked->agency),
                                                          asked->year, asked->blank, w->arena),
                                   out);
    else
        nb_form_write_schema(form, out);
    if (out->overflowed)
        return NB_E_MEMORY;
    return nb_give_text((nb_string){ (const char *)out->data, out->length }, &w->text, &w->length);
}

static nb_status write_text(writing *w, char **text, size_t *length)
{
    nb_status status = nb_library_run_with_new_arena(w->library, &w->arena, write, w);
    nb_arena_drop(w->arena);
    *text = w->text;
    *length = w->length;
    return status;
}

nb_status nb_library_skeleton(nb_library *library, const char *form,
                              const nb_skeleton_options *options, nb_findings *findings,
                              char **text, size_t *length)
{
    NB_CLEAR(text);
    NB_CLEAR(length);
    if (!(NB_GIVEN(library, form, findings, text, length) &&
          nb_skeleton_is_sound(options, findings)))
        return NB_E_ARGUMENT;
    static const nb_skeleton_options defaults = NB_SKELETON_OPTIONS_INIT;
    writing w = { library, form, options ? options : &defaults, findings, NULL, NULL, 0 };
    return write_text(&w, text, length);
}

nb_status nb_library_schema(nb_library *library, const char *form, nb_findings *findings,
                            char **text, size_t *length)
{
    NB_CLEAR(text);
    NB_CLEAR(length);
    if (!NB_GIVEN(library, form, findings, text, length))
        return NB_E_ARGUMENT;
    writing w = { library, form, NULL, findings, NULL, NULL, 0 };
    return write_text(&w, text, length);
}
