/*
 * Texts whose tables are not in the form that import/text.h describes. Private to the folder.
 *
 *   old_word.c      the characters of a .doc: a cell ends with U+0007, a row with one more
 *   bars.c          tables of bars, as Markdown has them: | a | b |
 *   tabbed.c        a row a line, cells parted by tabs, as they are copied
 *   columns.c       columns held apart by blanks, as pdftotext -layout leaves them
 */
#ifndef NB_IMPORT_TEXT_FORMS_H
#define NB_IMPORT_TEXT_FORMS_H

#include "import/reader.h"

bool nb_is_old_word(nb_string text);
void nb_old_word_read(nb_extract *extract, nb_string text);

bool nb_is_barred(nb_string text);
void nb_barred_read(nb_extract *extract, nb_string text);

bool nb_is_tabbed(nb_string text);
void nb_tabbed_read(nb_extract *extract, nb_string text);

bool nb_is_columned(nb_string text);
void nb_columned_read(nb_extract *extract, nb_string text);

/* The text's next line without its end, which *rest is moved past. */
nb_string nb_text_next_line(nb_string *rest);

#endif
