/* Other words that published reports have for the labels of a form's tables. */
#ifndef NB_FORM_LABEL_VARIANTS_H
#define NB_FORM_LABEL_VARIANTS_H

#include "form/form.h"
#include "form/pattern.h"

typedef struct nb_label_variant {
    nb_string label;        /* of the form */
    const nb_pattern *like; /* fits what stands for it */
    bool is_former;         /* which is a label of the form before */
} nb_label_variant;

/* The variant of a label that a text is, or NULL. */
const nb_label_variant *nb_label_variant_of(const nb_form *form, nb_finder *finder, nb_string label,
                                            nb_string text);

#endif
