#include "form/form.h"

#include "form/loader.h"

static const nb_form_table *table_named(const nb_form *form, nb_string name)
{
    for (int i = 0; i < form->table_count; i++)
        if (nb_string_equal(form->tables[i].name, name))
            return &form->tables[i];
    return NULL;
}

static void read_parts(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *parts = nb_reader_need(reader, root, "parts", NB_JSON_ARRAY);
    if (!parts)
        return;
    form->parts = NB_NEW_ARRAY(reader->arena, nb_form_part, (size_t)parts->count);
    for (const nb_json *node = parts->first; node; node = node->next) {
        nb_form_part *part = &form->parts[form->part_count++];
        nb_string prose = nb_json_member_text(node, "prose");
        nb_string table = nb_json_member_text(node, "table");
        nb_string when = nb_json_member_text(node, "when");
        NB_READER_ONLY(reader, node, "when", "heading", "text", "prose", "table");
        part->heading = nb_string_of(nb_reader_text_or(reader, node, "heading", ""));
        part->text = nb_string_of(nb_reader_text_or(reader, node, "text", ""));
        part->when_slot = when.length ? nb_form_slot(form, when) : -1;
        part->prose_slot = prose.length ? nb_form_slot(form, prose) : -1;
        part->table = table.length ? table_named(form, table) : NULL;
        if ((prose.length && (part->prose_slot < 0 ||
                              form->slots[part->prose_slot].field->kind != NB_FIELD_PROSE)) ||
            (table.length && !part->table) || (when.length && part->when_slot < 0))
            nb_reader_fault(
                reader, node,
                NB_SAY(reader->findings, "没有这段文字或这张表", "there is no such text or table"));
    }
}

static void name_slot(nb_slot *slot, const char *label)
{
    slot->label = slot->row_label = label;
}

/* What values and groups are called that stand in no table: as their part, or as the form says. */
static void read_labels(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *labels = nb_json_member(root, "labels");
    for (int i = 0; i < form->part_count; i++)
        if (form->parts[i].prose_slot >= 0)
            name_slot(&form->slots[form->parts[i].prose_slot], form->parts[i].heading.data);
    for (const nb_json *node = labels ? labels->first : NULL; node; node = node->next) {
        int slot = nb_form_slot(form, node->key);
        nb_field *field = (nb_field *)nb_form_field(form, node->key);
        if (slot >= 0 && node->kind == NB_JSON_STRING)
            name_slot(&form->slots[slot], node->text.data);
        else if (field && field->kind == NB_FIELD_GROUP && node->kind == NB_JSON_STRING)
            field->label = node->text;
        else
            nb_reader_fault(reader, node,
                            NB_SAY(reader->findings, "没有这个值", "there is no such value"));
    }
}

static void read_title(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *title = nb_reader_need(reader, root, "title", NB_JSON_ARRAY);
    if (!title)
        return;
    form->title = NB_NEW_ARRAY(reader->arena, nb_string, (size_t)title->count);
    for (const nb_json *line = title->first; line; line = line->next)
        form->title[form->title_count++] = line->text;
}

static void read_years(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *years = nb_json_member(root, "years");
    if (!years)
        return;
    NB_READER_ONLY(reader, years, "first", "last");
    form->first_year = nb_reader_whole_or(reader, years, "first", 1949, 2999, 0);
    form->last_year = nb_reader_whole_or(reader, years, "last", 1949, 2999, 0);
}

/* A value that every form must have, whatever its report is about. */
static int need_slot(nb_reader *reader, const nb_json *root, const nb_form *form,
                     const char *pointer, nb_field_kind kind)
{
    int slot = nb_form_slot(form, nb_string_of(pointer));
    if (slot < 0 || form->slots[slot].field->kind != kind)
        nb_reader_fault(
            reader, root,
            NB_SAY(reader->findings, "表单要有值“%s”", "a form must have the value “%s”"), pointer);
    return slot;
}

nb_string nb_form_phrase(const nb_form *form, const char *name)
{
    return nb_json_member_text(form->phrases, name);
}

nb_string nb_form_phrase_with(const nb_form *form, const char *name, const char *mark,
                              nb_string words, nb_arena *arena)
{
    nb_string phrase = nb_form_phrase(form, name);
    const char *braced = nb_arena_print(arena, "{%s}", mark);
    const char *at = phrase.length ? strstr(phrase.data, braced) : NULL;
    if (!at)
        return phrase;
    return nb_string_of(nb_arena_print(arena, "%.*s%.*s%s", (int)(at - phrase.data), phrase.data,
                                       (int)words.length, words.data, at + strlen(braced)));
}

nb_status nb_form_load(nb_string json, const char *name, nb_arena *arena, nb_findings *findings,
                       const nb_form **out)
{
    nb_reader reader = { name, arena, findings, false };
    nb_form *form = NB_NEW(arena, nb_form);
    const nb_json *root;
    *out = NULL;
    if (nb_json_read(json, name, nb_json_default_limits, arena, findings, &root) != NB_OK)
        return NB_E_RESOURCE;
    NB_READER_ONLY(&reader, root, "form", "name", "source", "style", "title", "parts", "vectors",
                   "fields", "rules", "text_rules", "words", "years", "tables", "attachments_label",
                   "phrases", "previous", "likeness", "children", "labels", "label_variants",
                   "claims");
    form->phrases = nb_json_member(root, "phrases");
    form->id = nb_reader_text(&reader, root, "form");
    form->name = nb_string_of(nb_reader_text(&reader, root, "name"));
    form->source = nb_reader_text(&reader, root, "source");
    form->style = nb_reader_text(&reader, root, "style");
    nb_form_read_vectors(&reader, root, form);
    nb_form_read_fields(&reader, root, form);
    nb_form_read_tables(&reader, root, form);
    nb_form_read_rules(&reader, root, form);
    nb_form_read_comparisons(&reader, root, form);
    nb_form_read_claims(&reader, root, form);
    read_parts(&reader, root, form);
    read_labels(&reader, root, form);
    read_title(&reader, root, form);
    read_years(&reader, root, form);
    form->agency_slot = need_slot(&reader, root, form, "/agency", NB_FIELD_TEXT);
    form->year_slot = need_slot(&reader, root, form, "/year", NB_FIELD_YEAR);
    form->title_slot = need_slot(&reader, root, form, "/title", NB_FIELD_LINES);
    form->date_slot = nb_form_slot(form, NB_STRING("/date"));
    form->signature_slot = nb_form_slot(form, NB_STRING("/signature"));
    form->attachments_slot = nb_form_slot(form, NB_STRING("/attachments"));
    form->attachments_label =
        nb_string_of(nb_reader_text_or(&reader, root, "attachments_label", ""));
    nb_form_read_label_variants(&reader, root, form);
    nb_form_read_text_rules(&reader, root, form);
    *out = form;
    return reader.failed ? NB_E_RESOURCE : NB_OK;
}
