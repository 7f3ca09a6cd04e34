/* The steps of loading a form, in the order of form.c. Private to src/form. */
#ifndef NB_FORM_LOADER_H
#define NB_FORM_LOADER_H

#include "form/form.h"
#include "form/reader.h"

void nb_form_read_vectors(nb_reader *reader, const nb_json *root, nb_form *form);
void nb_form_read_fields(nb_reader *reader, const nb_json *root, nb_form *form);
void nb_form_read_tables(nb_reader *reader, const nb_json *root, nb_form *form);
void nb_form_read_rules(nb_reader *reader, const nb_json *root, nb_form *form);
void nb_form_read_comparisons(nb_reader *reader, const nb_json *root, nb_form *form);
void nb_form_read_claims(nb_reader *reader, const nb_json *root, nb_form *form);
void nb_form_read_label_variants(nb_reader *reader, const nb_json *root, nb_form *form);
void nb_form_read_text_rules(nb_reader *reader, const nb_json *root, nb_form *form);

/*
 * One more of the form's rules: its id, its severity (an error unless said), its name, its hint,
 * which may be missing, and its clause.
 */
nb_rule *nb_form_add_rule(nb_reader *reader, const nb_json *node, nb_form *form);

#endif
