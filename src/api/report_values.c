/* Values of a report set one by one, without JSON. */
#include "api/options.h"
#include "api/reading.h"

#include "base/given.h"
#include "form/fill.h"

typedef struct making {
    nb_library *library;
    const char *form;
    const char *name;
    const nb_skeleton_options *options;
    nb_findings *findings;
    nb_arena *arena;
    nb_report *report;
} making;

static nb_status make(void *context)
{
    making *m = context;
    const nb_form *form;
    nb_status status = nb_library_named_form(m->library, m->form, m->arena, m->findings, &form);
    if (status != NB_OK)
        return status;
    const char *agency = m->options->agency ? m->options->agency : "";
    m->report = nb_report_new_skeleton(
        form, (nb_string){ nb_arena_copy(m->arena, agency, strlen(agency)), strlen(agency) },
        m->options->year, m->options->blank, m->arena);
    m->report->name = nb_arena_copy(m->arena, m->name, strlen(m->name));
    m->report->library = m->library;
    m->report->is_edited = true;
    return NB_OK;
}

nb_status nb_report_new(nb_library *library, const char *form, const char *name,
                        const nb_skeleton_options *options, nb_findings *findings, nb_report **out)
{
    NB_CLEAR(out);
    if (!(NB_GIVEN(library, form, name, findings, out) && nb_skeleton_is_sound(options, findings)))
        return NB_E_ARGUMENT;
    static const nb_skeleton_options defaults = NB_SKELETON_OPTIONS_INIT;
    making m = { library, form, name, options ? options : &defaults, findings, NULL, NULL };
    nb_status status = nb_library_run_with_new_arena(library, &m.arena, make, &m);
    *out = status == NB_OK ? m.report : NULL;
    return status;
}

/* What is to become of a report. The strings are the caller's. */
typedef struct edit {
    nb_report *report;
    const char *pointer;
    int64_t number;
    const int64_t *numbers;
    size_t count;
    const char *text, *style, *picture, *alt, *width; /* NULL: not said */
} edit;

/* Run what changes a report, whose totals and canonical text then follow. */
static nb_status run(edit *e, nb_status (*body)(void *context))
{
    nb_report *report = e->report;
    if (!report)
        return NB_E_ARGUMENT;
    nb_status status = nb_arena_run(report->arena, body, e);
    if (status == NB_OK) {
        report->is_edited = true;
        report->canonical = (nb_string){ NULL, 0 };
    }
    return status;
}

static nb_status compute(nb_report *report)
{
    for (int i = 0; i < report->form->slot_count; i++)
        if (report->values[i].state == NB_VALUE_COMPUTED)
            report->values[i] = (nb_value){ .state = NB_VALUE_MISSING };
    nb_report_compute(report);
    return NB_OK;
}

/* The value that the pointer names, with what its field is; NULL when there is none. */
static nb_value *find(const edit *e, nb_field_kind *kind)
{
    int slot = nb_form_slot(e->report->form, nb_string_of(e->pointer));
    if (slot < 0)
        return NULL;
    *kind = e->report->form->slots[slot].field->kind;
    return &e->report->values[slot];
}

/* A copy of a text that may stand in a report; empty when it may not, or there is none. */
static nb_string keep(const edit *e, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (!length || text[strspn(text, " ")] == '\0' ||
        nb_utf8_valid_length((nb_string){ text, length }) != length)
        return (nb_string){ "", 0 };
    return (nb_string){ nb_arena_copy(e->report->arena, text, length), length };
}

static nb_value number_value(const edit *e, nb_field_kind kind, int64_t number)
{
    nb_value value = { .text = nb_string_of(
                           nb_arena_print(e->report->arena, "%lld", (long long)number)) };
    bool is_valid = nb_number_of(kind, value.text, &value.number);
    value.state = is_valid ? NB_VALUE_STATED : NB_VALUE_INVALID;
    return value;
}

static nb_status set_number(void *context)
{
    edit *e = context;
    nb_field_kind kind;
    nb_value *value = find(e, &kind);
    if (!value || !(nb_is_number_kind(kind) || kind == NB_FIELD_YEAR))
        return NB_E_ARGUMENT;
    if (kind == NB_FIELD_YEAR) {
        if (!nb_is_year(e->number))
            return NB_E_ARGUMENT;
        kind = NB_FIELD_COUNT;
    }
    *value = number_value(e, kind, e->number);
    return compute(e->report);
}

nb_status nb_report_set_number(nb_report *report, const char *pointer, int64_t number)
{
    edit e = { .report = report, .pointer = pointer, .number = number };
    return run(&e, set_number);
}

static nb_status set_row(void *context)
{
    edit *e = context;
    const nb_field *field = nb_form_field(e->report->form, nb_string_of(e->pointer));
    if (!field || field->kind != NB_FIELD_VECTOR)
        return NB_E_ARGUMENT;
    size_t entries = (size_t)field->vector->count;
    if (!e->numbers || (e->count != entries && e->count + 1 != entries))
        return NB_E_ARGUMENT;
    nb_value *values = &e->report->values[field->slot];
    values[entries - 1] = (nb_value){ .state = NB_VALUE_MISSING };
    for (size_t i = 0; i < e->count; i++)
        values[i] = number_value(e, NB_FIELD_VECTOR, e->numbers[i]);
    return compute(e->report);
}

nb_status nb_report_set_row(nb_report *report, const char *pointer, const int64_t *numbers,
                            size_t count)
{
    edit e = { .report = report, .pointer = pointer, .numbers = numbers, .count = count };
    return run(&e, set_row);
}

static nb_status set_text(void *context)
{
    edit *e = context;
    nb_field_kind kind;
    nb_value *value = find(e, &kind);
    nb_string text = keep(e, e->text);
    if (!value || !text.length ||
        !(kind == NB_FIELD_TEXT || (kind == NB_FIELD_DATE && nb_is_date(text)) ||
          (kind == NB_FIELD_AMOUNT && nb_amount_of(text))))
        return NB_E_ARGUMENT;
    *value = (nb_value){ .state = NB_VALUE_STATED, .text = text };
    return NB_OK;
}

nb_status nb_report_set_text(nb_report *report, const char *pointer, const char *text)
{
    edit e = { .report = report, .pointer = pointer, .text = text };
    return run(&e, set_text);
}

static nb_status set_flag(void *context)
{
    edit *e = context;
    nb_field_kind kind;
    nb_value *value = find(e, &kind);
    if (!value || kind != NB_FIELD_FLAG)
        return NB_E_ARGUMENT;
    *value = (nb_value){ .state = NB_VALUE_STATED, .number = e->number };
    return NB_OK;
}

nb_status nb_report_set_flag(nb_report *report, const char *pointer, bool flag)
{
    edit e = { .report = report, .pointer = pointer, .number = flag };
    return run(&e, set_flag);
}

static nb_status set_blank(void *context)
{
    edit *e = context;
    nb_field_kind kind;
    nb_value *value = find(e, &kind);
    if (!value || !nb_is_number_kind(kind))
        return NB_E_ARGUMENT;
    *value = (nb_value){ .state = NB_VALUE_BLANK };
    return compute(e->report);
}

nb_status nb_report_set_blank(nb_report *report, const char *pointer)
{
    edit e = { .report = report, .pointer = pointer };
    return run(&e, set_blank);
}

static nb_status clear(void *context)
{
    edit *e = context;
    const nb_field *field = nb_form_field(e->report->form, nb_string_of(e->pointer));
    int slot = nb_form_slot(e->report->form, nb_string_of(e->pointer)), count = 1;
    if (field && field->kind == NB_FIELD_VECTOR) {
        slot = field->slot;
        count = field->slot_count;
    }
    if (slot < 0)
        return NB_E_ARGUMENT;
    for (int i = 0; i < count; i++)
        e->report->values[slot + i] = (nb_value){ .state = NB_VALUE_MISSING };
    return compute(e->report);
}

nb_status nb_report_clear(nb_report *report, const char *pointer)
{
    edit e = { .report = report, .pointer = pointer };
    return run(&e, clear);
}

static nb_status add_item(const edit *e, nb_value *value, const nb_item *item)
{
    NB_GROW(e->report->arena, value->items, value->item_count, &value->item_capacity);
    value->items[value->item_count++] = *item;
    value->state = NB_VALUE_STATED;
    return NB_OK;
}

static nb_status add_paragraph(void *context)
{
    edit *e = context;
    nb_field_kind kind;
    nb_value *value = find(e, &kind);
    nb_item item = { .text = keep(e, e->text), .style = keep(e, e->style) };
    if (!value || !item.text.length || (e->style && !item.style.length) ||
        !(kind == NB_FIELD_PROSE || (kind == NB_FIELD_LINES && !e->style)))
        return NB_E_ARGUMENT;
    return add_item(e, value, &item);
}

nb_status nb_report_add_paragraph(nb_report *report, const char *pointer, const char *style,
                                  const char *text)
{
    edit e = { .report = report, .pointer = pointer, .style = style, .text = text };
    return run(&e, add_paragraph);
}

static nb_status add_picture(void *context)
{
    edit *e = context;
    nb_field_kind kind;
    nb_value *value = find(e, &kind);
    nb_item item = { .picture = keep(e, e->picture),
                     .alt = keep(e, e->alt),
                     .text = keep(e, e->text),
                     .width = keep(e, e->width) };
    if (!value || kind != NB_FIELD_PROSE || !item.alt.length || (e->text && !item.text.length) ||
        (e->width && !nb_is_picture_width(item.width)) || !nb_is_picture_path(item.picture))
        return NB_E_ARGUMENT;
    return add_item(e, value, &item);
}

nb_status nb_report_add_picture(nb_report *report, const char *pointer, const char *path,
                                const char *alt, const char *caption, const char *width)
{
    edit e = { .report = report,
               .pointer = pointer,
               .picture = path,
               .alt = alt,
               .text = caption,
               .width = width };
    return run(&e, add_picture);
}

static void describe(const nb_report *report, int slot, nb_value_info *out)
{
    const nb_value *value = &report->values[slot];
    const nb_slot *of_form = &report->form->slots[slot];
    *out = (nb_value_info){ of_form->pointer, of_form->label,
                            value->text.data ? value->text.data : "", value->state };
}

bool nb_report_lookup_value(const nb_report *report, const char *pointer, nb_value_info *out)
{
    if (!NB_GIVEN(report, pointer, out))
        return false;
    int slot = nb_form_slot(report->form, nb_string_of(pointer));
    if (slot >= 0)
        describe(report, slot, out);
    return slot >= 0;
}

void nb_report_visit_values(const nb_report *report,
                            void (*visit)(void *context, const nb_value_info *value), void *context)
{
    if (!(report && visit))
        return;
    for (int i = 0; i < report->form->slot_count; i++) {
        nb_value_info info;
        describe(report, i, &info);
        visit(context, &info);
    }
}

bool nb_date_is_valid(const char *text)
{
    return nb_is_date(nb_string_of(text));
}

typedef struct rereading {
    nb_report *report;
    nb_findings *findings;
    nb_arena *arena;
    nb_findings *own; /* what reading it finds, with places in a text that nobody sees */
} rereading;

static nb_status reread(void *context)
{
    rereading *r = context;
    nb_string text;
    const nb_json *root;
    nb_status status = nb_report_canonical(r->report, &text.data, &text.length);
    if (status != NB_OK)
        return status;
    if (nb_json_read(text, r->report->name, nb_json_default_limits, r->arena, r->own, &root) ==
        NB_OK)
        nb_report_fill(r->report->form, root, r->report->name, r->arena, r->own);
    return NB_OK;
}

nb_status nb_report_reread(nb_report *report, nb_findings *findings)
{
    if (!report->is_edited)
        return NB_OK;
    rereading r = { report, findings, NULL, nb_findings_new(nb_findings_language(findings)) };
    if (!r.own)
        return NB_E_MEMORY;
    nb_status status = nb_library_run_with_new_arena(report->library, &r.arena, reread, &r);
    for (size_t i = 0; i < nb_findings_count(r.own); i++) {
        const nb_finding *found = nb_findings_lookup(r.own, i);
        nb_findings_pass_on(findings, found, found->severity,
                            (nb_place){ .file = found->file, .pointer = found->pointer });
    }
    if (status == NB_OK) {
        report->has_errors = nb_findings_count_of(r.own, NB_ERROR) > 0;
        report->is_edited = false;
    }
    nb_arena_drop(r.arena);
    nb_findings_drop(r.own);
    return status;
}
