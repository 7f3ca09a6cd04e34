/* Findings as the command prints them for other programs. */
#include "api/library.h"

#include "base/given.h"
#include "report/findings_json.h"
#include <stdlib.h>

enum { LARGEST = 512 << 20 }; /* bytes */

typedef struct writing {
    const nb_findings *findings;
    nb_arena *arena;
    char *text; /* the caller's in the end */
    size_t length;
} writing;

static nb_status write(void *context)
{
    writing *w = context;
    nb_buffer *out = nb_buffer_new(w->arena, LARGEST);
    nb_buffer_byte(out, '{');
    nb_findings_write_members(w->findings, out);
    nb_buffer_text(out, "}\n");
    if (out->overflowed)
        return NB_E_MEMORY;
    return nb_give_text((nb_string){ (const char *)out->data, out->length }, &w->text, &w->length);
}

nb_status nb_findings_json(const nb_findings *findings, char **text, size_t *length)
{
    NB_CLEAR(text);
    NB_CLEAR(length);
    if (!NB_GIVEN(findings, text, length))
        return NB_E_ARGUMENT;
    writing w = { .findings = findings };
    nb_status status = nb_run_with_new_arena(&w.arena, write, &w);
    nb_arena_drop(w.arena);
    *text = w.text;
    *length = w.length;
    return status;
}
