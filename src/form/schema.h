/* The JSON Schema (draft-07) of a form's reports. */
#ifndef NB_FORM_SCHEMA_H
#define NB_FORM_SCHEMA_H

#include "base/buffer.h"
#include "form/form.h"

/*
 * Every report that the schema accepts can be read without findings of the rules S2 to S4; its
 * titles are what readers of the report see there.
 */
void nb_form_write_schema(const nb_form *form, nb_buffer *out);

#endif
