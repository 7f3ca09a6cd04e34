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

/* What every rule has: its id, its severity (an error unless said), its hint and its clause. */
void nb_form_read_rule(nb_reader *reader, const nb_json *node, nb_rule *rule);

#endif
