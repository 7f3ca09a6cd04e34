#include "text/names.h"

#include "base/file.h"
#include <stdlib.h>
#include <string.h>

/* The language to read a name in, or HB_LANGUAGE_INVALID when the face has no such name. */
static hb_language_t name_language(hb_face_t *face, hb_ot_name_id_t id)
{
    hb_language_t english = hb_language_from_string("en", -1);
    hb_language_t found = HB_LANGUAGE_INVALID;
    unsigned count = 0;
    const hb_ot_name_entry_t *entries = hb_ot_name_list_names(face, &count);
    for (unsigned i = 0; i < count; i++) {
        if (entries[i].name_id != id)
            continue;
        if (entries[i].language == english)
            return english;
        if (found == HB_LANGUAGE_INVALID)
            found = entries[i].language;
    }
    return found;
}

bool nb_name_read(hb_face_t *face, hb_ot_name_id_t id, char **text)
{
    hb_language_t language = name_language(face, id);
    *text = NULL;
    if (language == HB_LANGUAGE_INVALID)
        return true;
    unsigned size = hb_ot_name_get_utf8(face, id, language, NULL, NULL) + 1;
    if (size == 1)
        return true;
    *text = malloc(size);
    if (*text)
        hb_ot_name_get_utf8(face, id, language, &size, *text);
    return *text != NULL;
}

bool nb_name_postscript(hb_face_t *face, char name[NB_POSTSCRIPT_NAME_SIZE])
{
    unsigned size = NB_POSTSCRIPT_NAME_SIZE;
    hb_language_t language = name_language(face, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    name[0] = '\0';
    if (language == HB_LANGUAGE_INVALID)
        return false;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, language, &size, name);
    return name[0] != '\0';
}

hb_blob_t *nb_font_file_map(const char *file)
{
    /* To open a pipe would wait for whoever writes into it. */
    return nb_file_exists(file) ? hb_blob_create_from_file_or_fail(file) : NULL;
}

hb_face_t *nb_font_file_open(const char *file, const char *name)
{
    hb_blob_t *blob = nb_font_file_map(file);
    if (!blob)
        return NULL;
    unsigned count = hb_face_count(blob);
    if (count > NB_COLLECTION_MAX)
        count = NB_COLLECTION_MAX;
    hb_face_t *found = NULL;
    for (unsigned index = 0; index < count && !found; index++) {
        char has[NB_POSTSCRIPT_NAME_SIZE];
        hb_face_t *face = hb_face_create(blob, index);
        if (nb_name_postscript(face, has) && strcmp(has, name) == 0)
            found = face;
        else
            hb_face_destroy(face);
    }
    hb_blob_destroy(blob);
    return found;
}
