/* The names that font files give to their faces; for the files of this folder only. */
#ifndef NB_TEXT_NAMES_H
#define NB_TEXT_NAMES_H

#include <hb-ot.h>
#include <stdbool.h>

enum {
    NB_POSTSCRIPT_NAME_SIZE = 128, /* bytes with the NUL; OpenType allows 63 characters */
    NB_COLLECTION_MAX = 64         /* faces of one file that are looked at */
};

/*
 * A name of the face in UTF-8: in English, else in the first language it is written in; NULL when
 * the face has no such name. The caller frees it. False when memory ran out.
 */
bool nb_name_read(hb_face_t *face, hb_ot_name_id_t id, char **text);

/* False, with an empty name, when the face has no PostScript name. */
bool nb_name_postscript(hb_face_t *face, char name[NB_POSTSCRIPT_NAME_SIZE]);

/* The file, mapped; NULL when it is not a readable font file. The caller destroys it. */
hb_blob_t *nb_font_file_map(const char *file);

/*
 * The face of that PostScript name in a file, which may be a collection. NULL: there is none. The
 * caller destroys it.
 */
hb_face_t *nb_font_file_open(const char *file, const char *name);

#endif
