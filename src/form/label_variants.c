#include "form/label_variants.h"

#include "form/loader.h"

static bool is_label(const nb_form *form, nb_string text)
{
    for (int t = 0; t < form->table_count; t++)
        for (int c = 0; c < form->tables[t].cell_count; c++)
            if (form->tables[t].cells[c].slot < 0 &&
                nb_string_equal(form->tables[t].cells[c].text, text))
                return true;
    return false;
}

void nb_form_read_label_variants(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *list = nb_json_member(root, "label_variants");
    if (!list)
        return;
    form->label_variants = NB_NEW_ARRAY(reader->arena, nb_label_variant, (size_t)list->count + 1);
    for (const nb_json *node = list->first; node; node = node->next) {
        nb_label_variant *variant = &form->label_variants[form->label_variant_count++];
        const nb_json *like = nb_reader_need(reader, node, "like", NB_JSON_STRING);
        NB_READER_ONLY(reader, node, "label", "like", "former");
        variant->label = nb_string_of(nb_reader_text(reader, node, "label"));
        variant->like =
            like ? nb_pattern_read(reader, like, nb_json_member(root, "words"), NULL) : NULL;
        variant->is_former = nb_reader_flag(reader, node, "former");
        if (!is_label(form, variant->label))
            nb_reader_fault(reader, node,
                            NB_SAY(reader->findings, "表中没有“%s”", "no table has “%s”"),
                            variant->label.data);
    }
}

const nb_label_variant *nb_label_variant_of(const nb_form *form, nb_finder *finder, nb_string label,
                                            nb_string text)
{
    nb_range found;
    for (int i = 0; i < form->label_variant_count; i++) {
        const nb_label_variant *variant = &form->label_variants[i];
        if (nb_string_equal(variant->label, label) && text.length < 400 &&
            nb_pattern_find(variant->like, finder, text, 0, &found))
            return variant;
    }
    return NULL;
}
