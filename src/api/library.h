/* What the files of src/api share. Private to the folder. */
#ifndef NB_API_LIBRARY_H
#define NB_API_LIBRARY_H

#include "form/form.h"
#include "form/style.h"
#include "pack/deflate.h"
#include "text/fonts.h"

/*
 * Forms, styles and fonts are loaded when first asked for, under the library's lock, and stay. A
 * name becomes a file's name, so it must be a resource name. NB_E_RESOURCE with findings when the
 * file is missing or broken; nothing of a failed load stays.
 */
nb_status nb_library_form(nb_library *library, const char *id, nb_findings *findings,
                          const nb_form **out);
nb_status nb_library_style(nb_library *library, const char *name, nb_findings *findings,
                           const nb_page_style **out);
nb_status nb_library_resolved_fonts(nb_library *library, nb_findings *findings,
                                    const nb_fonts **out);

/* Made of a-z, 0-9 and - only. */
bool nb_is_resource_name(const char *name);
nb_deflate_stock *nb_library_stock(nb_library *library);     /* of its publications */
struct nb_text_stock *nb_library_texts(nb_library *library); /* set for its publications */
const char *nb_library_data_dir(const nb_library *library);

/* The ids of the forms there are, sorted. */
typedef struct nb_form_ids {
    const char **ids;
    int count;
} nb_form_ids;

bool nb_library_has_form(nb_library *library, const char *id, nb_arena *arena);
/* The same, when no form of that name is loaded: by its file. */
bool nb_is_form_file(nb_library *library, const char *id, nb_arena *arena);
nb_form_ids nb_library_form_ids(nb_library *library, nb_arena *arena);
/* Hint at the forms there are, in a finding about a form that is not there; id "" when none was named. */
void nb_hint_at_forms(nb_library *library, nb_string id, nb_arena *arena, nb_findings *findings,
                      nb_finding *finding);

/*
 * Text that becomes the caller's, to be ended with free; a NUL stands behind it. NB_E_MEMORY when
 * there is none for it.
 */
nb_status nb_give_text(nb_string from, char **text, size_t *length);

/*
 * Make an arena and run body under it; *arena is set before body runs. It is dropped again, and
 * NULL, when body fails.
 */
nb_status nb_run_with_new_arena(nb_arena **arena, nb_status (*body)(void *context), void *context);
/* The same with memory that the library keeps for its reports and publications. */
nb_status nb_library_run_with_new_arena(nb_library *library, nb_arena **arena,
                                        nb_status (*body)(void *context), void *context);

/* The form of that id. NB_E_ARGUMENT, with a finding (S6), when there is none. */
nb_status nb_library_named_form(nb_library *library, const char *id, nb_arena *arena,
                                nb_findings *findings, const nb_form **out);

#endif
