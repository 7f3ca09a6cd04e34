#include "form/fill.h"

#include "base/calendar.h"
#include "form/choices.h"
#include "form/reader.h"
#include "form/wording.h"

typedef struct filling {
    nb_report *report;
    nb_findings *findings;
    nb_arena *arena;
    const nb_json **texts; /* that may name values: judged when all values are there */
    int text_count;
    int text_capacity;
} filling;

static nb_finding *tell(filling *f, const nb_json *node, const char *rule, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static nb_finding *tell(filling *f, const nb_json *node, const char *rule, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *message = nb_arena_vprint(f->arena, format, arguments);
    va_end(arguments);
    return nb_findings_add(f->findings, NB_ERROR, rule,
                           nb_json_place(node, f->report->name, f->arena), "%s", message);
}

static void tell_kind(filling *f, const nb_json *node, const char *chinese, const char *english)
{
    tell(f, node, "S3", NB_SAY(f->findings, "这里要%s", "this must be %s"),
         NB_SAY(f->findings, chinese, english));
}

bool nb_amount_of(nb_string text)
{
    int digits = 0, points = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] >= '0' && text.data[i] <= '9')
            digits++;
        else if (text.data[i] == '.' && i > 0 && i + 1 < text.length)
            points++;
        else
            return false;
    }
    return digits > 0 && points <= 1;
}

bool nb_number_of(nb_field_kind kind, nb_string text, int64_t *out)
{
    if (kind == NB_FIELD_AMOUNT)
        return nb_amount_of(text);
    nb_json node = { .kind = NB_JSON_NUMBER, .text = text };
    bool is_negative = text.length && text.data[0] == '-';
    return text.length > is_negative && (!is_negative || kind == NB_FIELD_CHANGE) &&
           nb_json_whole(&node, out);
}

nb_string nb_shown_value(const nb_report *report, const nb_form_cell *cell, nb_arena *arena)
{
    const nb_value *value = &report->values[cell->slot];
    const char *sign =
        report->form->slots[cell->slot].field->kind == NB_FIELD_CHANGE && value->number > 0 ? "+"
                                                                                            : "";
    if (!nb_value_is_number(value) || (!*sign && !cell->unit.length))
        return value->text;
    return nb_string_of(nb_arena_print(arena, "%s%.*s%s", sign, (int)value->text.length,
                                       value->text.data, cell->unit.data));
}

static void check_characters(filling *f, const nb_json *node)
{
    const char *at = node->text.data, *end = at + node->text.length;
    for (int position = 1; at < end; position++) {
        uint32_t c = nb_utf8_next(&at, end);
        if (nb_utf8_is_printable(c))
            continue;
        nb_finding *finding = tell(f, node, "S5",
                                   NB_SAY(f->findings, "第 %d 个字符 U+%04X 不能排印",
                                          "character %d, U+%04X, cannot be printed"),
                                   position, (unsigned)c);
        nb_finding_hint(f->findings, finding, "%s",
                        NB_SAY(f->findings, "删去它；要分段就写成两个字符串",
                               "remove it; write two strings for two paragraphs"));
        return;
    }
}

bool nb_is_data_address(nb_string picture)
{
    return picture.length > 5 && memcmp(picture.data, "data:", 5) == 0;
}

static bool is_blank(nb_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != ' ')
            return false;
    return true;
}

/* A text in which values may be named. */
static void keep_text(filling *f, const nb_json *node)
{
    check_characters(f, node);
    if (!memchr(node->text.data, '{', node->text.length) &&
        !memchr(node->text.data, '}', node->text.length))
        return;
    NB_GROW(f->arena, f->texts, f->text_count, &f->text_capacity);
    f->texts[f->text_count++] = node;
}

static void fill_text(filling *f, const nb_json *node, nb_value *value)
{
    if (node->kind != NB_JSON_STRING || is_blank(node->text)) {
        tell_kind(f, node, "一个不空的字符串", "a string that is not empty");
        return;
    }
    check_characters(f, node);
    value->state = NB_VALUE_STATED;
    value->text = node->text;
}

bool nb_is_year(int64_t number)
{
    return number >= NB_FIRST_YEAR && number <= NB_LAST_YEAR;
}

static void fill_year(filling *f, const nb_json *node, nb_value *value)
{
    if (!nb_json_whole(node, &value->number) || !nb_is_year(value->number)) {
        tell_kind(f, node, "一个年份，如 2025", "a year such as 2025");
        return;
    }
    value->state = NB_VALUE_STATED;
    value->text = node->text;
}

bool nb_is_date(nb_string text)
{
    if (text.length != 10)
        return false;
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? text.data[i] != '-' : text.data[i] < '0' || text.data[i] > '9')
            return false;
    int year = (text.data[0] - '0') * 1000 + (text.data[1] - '0') * 100 +
               (text.data[2] - '0') * 10 + text.data[3] - '0';
    int month = (text.data[5] - '0') * 10 + text.data[6] - '0';
    int day = (text.data[8] - '0') * 10 + text.data[9] - '0';
    return year >= 1949 && nb_is_day(year, month, day);
}

static void fill_date(filling *f, const nb_json *node, nb_value *value)
{
    if (node->kind != NB_JSON_STRING || !nb_is_date(node->text)) {
        tell_kind(f, node, "一个日期，如 \"2026-01-20\"", "a date such as \"2026-01-20\"");
        return;
    }
    value->state = NB_VALUE_STATED;
    value->text = node->text;
}

bool nb_expect_date(nb_string text, nb_place place, nb_findings *findings)
{
    bool is_date = nb_is_date(text);
    if (!is_date)
        nb_findings_add(findings, NB_ERROR, "S3", place,
                        NB_SAY(findings, "“%.*s”不是日期，要写成 2026-01-20 这样",
                               "“%.*s” is no date; it is written like 2026-01-20"),
                        (int)text.length, text.data);
    return is_date;
}

nb_status nb_report_take_date(nb_report *report, nb_string date, nb_findings *findings)
{
    nb_place place = { .file = report->name };
    int slot = report->form->date_slot;
    if (slot < 0) {
        nb_findings_add(findings, NB_ERROR, "S2", place,
                        NB_SAY(findings, "表单 %s 没有成文日期", "the form %s has no date"),
                        report->form->id);
        return NB_E_ARGUMENT;
    }
    place.pointer = report->form->slots[slot].pointer;
    if (!nb_expect_date(date, place, findings))
        return NB_E_ARGUMENT;
    report->values[slot] = (nb_value){ .state = NB_VALUE_STATED, .text = date };
    return NB_OK;
}

static void fill_flag(filling *f, const nb_json *node, nb_value *value)
{
    if (node->kind != NB_JSON_TRUE && node->kind != NB_JSON_FALSE) {
        tell_kind(f, node, " true 或 false", "true or false");
        return;
    }
    value->state = NB_VALUE_STATED;
    value->number = node->kind == NB_JSON_TRUE;
}

/*
 * A report may come from anyone, so its pictures lie in its own folder: no path leads out of it,
 * whatever system reads it.
 */
static bool is_inside_folder(nb_string path)
{
    const char *part = path.data, *end = path.data + path.length;
    for (const char *at = part; at <= end; at++) {
        if (at < end && (*at == '\\' || *at == ':'))
            return false;
        if (at < end && *at != '/')
            continue;
        size_t length = (size_t)(at - part);
        if (length == 0 || (length == 2 && memcmp(part, "..", 2) == 0))
            return false;
        part = at + 1;
    }
    return true;
}

bool nb_is_picture_path(nb_string path)
{
    return nb_is_data_address(path) || is_inside_folder(path);
}

bool nb_is_picture_width(nb_string text)
{
    nb_length width;
    return nb_reader_length_text(text, &width) && width > 0;
}

/* A member of a picture: a string that is not empty, unless it may be left out. */
static nb_string picture_text(filling *f, const nb_json *node, const char *key,
                              void (*check)(filling *f, const nb_json *node))
{
    const nb_json *member = nb_json_member(node, key);
    if (!member)
        return (nb_string){ "", 0 };
    if (member->kind != NB_JSON_STRING || is_blank(member->text)) {
        tell_kind(f, member, "一个不空的字符串", "a string that is not empty");
        return (nb_string){ "", 0 };
    }
    check(f, member);
    return member->text;
}

static void check_width(filling *f, const nb_json *node)
{
    const nb_json *member = nb_json_member(node, "width");
    if (member && (member->kind != NB_JSON_STRING || !nb_is_picture_width(member->text)))
        tell_kind(f, member, "一个宽度，如 \"120mm\"", "a width such as \"120mm\"");
}

static bool fill_picture(filling *f, const nb_json *node, nb_item *item)
{
    static const char *const keys[] = { "picture", "alt", "caption", "width" };
    for (const nb_json *member = node->first; member; member = member->next) {
        bool known = false;
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
            known |= nb_string_is(member->key, keys[i]);
        if (!known)
            tell(f, member, "S2", NB_SAY(f->findings, "不认识的键“%s”", "unknown key “%s”"),
                 member->key.data);
    }
    const nb_json *path = nb_json_member(node, "picture");
    item->picture = picture_text(f, node, "picture", check_characters);
    item->alt = picture_text(f, node, "alt", keep_text);
    item->text = picture_text(f, node, "caption", keep_text);
    if (item->text.length)
        item->origin = nb_json_member(node, "caption")->origin;
    item->width = nb_json_member_text(node, "width");
    check_width(f, node);
    if (item->picture.length && !nb_is_picture_path(item->picture)) {
        tell_kind(f, path, "报告所在文件夹里的一个图片，如 \"charts/2025.png\"",
                  "a picture in the report's folder, such as \"charts/2025.png\"");
        return false;
    }
    if (!nb_json_member(node, "alt")) {
        nb_finding *finding =
            tell(f, node, "S4",
                 NB_SAY(f->findings, "图片缺少“%s”", "the picture's “%s” is missing"), "alt");
        nb_finding_hint(f->findings, finding, "%s",
                        NB_SAY(f->findings, "用一句话写出图里的内容，给看不见图的人",
                               "say in a sentence what it shows, for those who do not see it"));
    }
    return item->picture.length > 0;
}

/* One string of a list, or an object that gives it a style, or a picture. */
static bool fill_item(filling *f, const nb_json *node, bool may_have_style, nb_item *item)
{
    const nb_json *text = node;
    *item = (nb_item){ .line = node->line, .column = node->column };
    if (may_have_style && nb_json_member(node, "picture"))
        return fill_picture(f, node, item);
    if (node->kind == NB_JSON_OBJECT && may_have_style) {
        text = nb_json_member(node, "text");
        item->style = nb_json_member_text(node, "style");
        for (const nb_json *member = node->first; member; member = member->next)
            if (member != text && !nb_string_is(member->key, "style"))
                tell(f, member, "S2", NB_SAY(f->findings, "不认识的键“%s”", "unknown key “%s”"),
                     member->key.data);
    }
    if (!text || text->kind != NB_JSON_STRING || is_blank(text->text)) {
        tell_kind(f, node, "一个不空的字符串", "a string that is not empty");
        return false;
    }
    keep_text(f, text);
    item->text = text->text;
    item->origin = text->origin;
    return true;
}

static void fill_list(filling *f, const nb_json *node, bool may_have_style, nb_value *value)
{
    if (node->kind != NB_JSON_ARRAY) {
        tell_kind(f, node, "一个字符串的数组，每段一个",
                  "an array of strings, one for each paragraph");
        return;
    }
    value->state = NB_VALUE_STATED;
    value->items = NB_NEW_ARRAY(f->arena, nb_item, (size_t)node->count);
    for (const nb_json *item = node->first; item; item = item->next)
        value->item_count += fill_item(f, item, may_have_style, &value->items[value->item_count]);
}

/*
 * A number as written. Whether it is right is for the checks: nothing that was written is lost
 * here.
 */
static void fill_number(filling *f, const nb_json *node, nb_field_kind kind, nb_value *value)
{
    switch (node->kind) {
    case NB_JSON_NULL:
        value->state = NB_VALUE_BLANK;
        return;
    case NB_JSON_NUMBER:
    case NB_JSON_STRING:
        value->text = node->text;
        value->quoted = node->kind == NB_JSON_STRING;
        if (value->quoted)
            check_characters(f, node);
        break;
    default:
        tell_kind(f, node, "一个数，空格写 null", "a number, or null for a blank cell");
        return;
    }
    bool valid = nb_number_of(kind, node->text, &value->number);
    value->state = valid && !value->quoted ? NB_VALUE_STATED : NB_VALUE_INVALID;
}

static void fill_vector(filling *f, const nb_json *node, const nb_field *field)
{
    int count = field->vector->count;
    if (node->kind != NB_JSON_ARRAY || node->count > count || node->count < count - 1) {
        nb_finding *finding =
            tell(f, node, "S3",
                 NB_SAY(f->findings, "这一行要 %d 个数（总计由程序计算）或 %d 个数",
                        "the row must have %d numbers (its total is then computed) or %d"),
                 count - 1, count);
        if (node->kind == NB_JSON_ARRAY)
            nb_finding_hint(f->findings, finding, NB_SAY(f->findings, "现有 %d 个", "it has %d"),
                            node->count);
        if (node->kind != NB_JSON_ARRAY)
            return;
    }
    for (const nb_json *item = node->first; item && item->index < count; item = item->next) {
        nb_value *value = &f->report->values[field->slot + item->index];
        value->line = item->line;
        value->column = item->column;
        fill_number(f, item, NB_FIELD_VECTOR, value);
    }
}

static void fill_field(filling *f, const nb_json *node, const nb_field *field, nb_value *values);

static void tell_unknown(filling *f, const nb_json *member, const nb_field *group)
{
    const char **names = NB_NEW_ARRAY(f->arena, const char *, (size_t)group->child_count);
    for (int i = 0; i < group->child_count; i++)
        names[i] = group->children[i].key.data;
    const char *nearest = nb_nearest_name(member->key, names, (size_t)group->child_count);
    nb_finding *finding =
        tell(f, member, "S2", NB_SAY(f->findings, "不认识的键“%s”", "unknown key “%s”"),
             member->key.data);
    if (nearest)
        nb_finding_hint(f->findings, finding,
                        NB_SAY(f->findings, "是否要写“%s”？", "did you mean “%s”?"), nearest);
}

/* values: of the report or, when group is a list of records, of one of them. */
static void fill_group(filling *f, const nb_json *node, const nb_field *group, nb_value *values)
{
    if (node->kind != NB_JSON_OBJECT) {
        tell_kind(f, node, "一个对象 { … }", "an object { … }");
        return;
    }
    for (const nb_json *member = node->first; member; member = member->next) {
        bool known = !group->parent &&
                     (nb_string_is(member->key, "form") || nb_string_is(member->key, "checks"));
        for (int i = 0; i < group->child_count && !known; i++)
            known = nb_string_equal(group->children[i].key, member->key);
        if (!known)
            tell_unknown(f, member, group);
    }
    for (int i = 0; i < group->child_count; i++) {
        const nb_field *child = &group->children[i];
        const nb_json *member = nb_json_member(node, child->key.data);
        if (member) {
            fill_field(f, member, child, values);
        } else if (child->required) {
            nb_place place = nb_json_place(node, f->report->name, f->arena);
            place.pointer = nb_arena_print(f->arena, "%s/%s", place.pointer, child->key.data);
            nb_findings_add(f->findings, NB_ERROR, "S4", place,
                            NB_SAY(f->findings, "缺少“%s”", "“%s” is missing"), child->key.data);
        }
    }
}

static void fill_records(filling *f, const nb_json *node, const nb_field *field, nb_value *value)
{
    if (node->kind != NB_JSON_ARRAY) {
        tell_kind(f, node, "一个对象的数组 [{ … }]", "an array of objects [{ … }]");
        return;
    }
    value->state = NB_VALUE_STATED;
    value->records = NB_NEW_ARRAY(f->arena, nb_value *, (size_t)node->count);
    for (const nb_json *item = node->first; item; item = item->next) {
        nb_value *record = NB_NEW_ARRAY(f->arena, nb_value, (size_t)field->child_count);
        value->records[value->record_count++] = record;
        fill_group(f, item, field, record);
        for (int i = 0; i < field->child_count; i++)
            if (record[i].state == NB_VALUE_INVALID)
                tell_kind(f, nb_json_member(item, field->children[i].key.data), "一个数",
                          "a number");
    }
}

static void fill_field(filling *f, const nb_json *node, const nb_field *field, nb_value *values)
{
    nb_value *value = &values[field->slot];
    if (field->kind != NB_FIELD_GROUP) {
        value->line = node->line;
        value->column = node->column;
    }
    switch (field->kind) {
    case NB_FIELD_GROUP:
        fill_group(f, node, field, values);
        break;
    case NB_FIELD_TEXT:
        fill_text(f, node, value);
        break;
    case NB_FIELD_YEAR:
        fill_year(f, node, value);
        break;
    case NB_FIELD_DATE:
        fill_date(f, node, value);
        break;
    case NB_FIELD_FLAG:
        fill_flag(f, node, value);
        break;
    case NB_FIELD_LINES:
    case NB_FIELD_PROSE:
        fill_list(f, node, field->kind == NB_FIELD_PROSE, value);
        break;
    case NB_FIELD_COUNT:
    case NB_FIELD_CHANGE:
    case NB_FIELD_AMOUNT:
        fill_number(f, node, field->kind, value);
        break;
    case NB_FIELD_RECORDS:
        fill_records(f, node, field, value);
        break;
    case NB_FIELD_VECTOR:
        fill_vector(f, node, field);
        break;
    }
}

nb_report *nb_report_new_empty(const nb_form *form, const char *name, nb_arena *arena)
{
    nb_report *report = NB_NEW(arena, nb_report);
    report->arena = arena;
    report->form = form;
    report->name = name;
    /* A form without fields was refused when it was loaded, so there is at least one value. */
    report->values = NB_NEW_ARRAY(arena, nb_value, (size_t)form->slot_count);
    return report;
}

enum { MOST_NEAREST_NAMES = 100 }; /* looked for in one report: each takes a while */

nb_report *nb_report_fill(const nb_form *form, const nb_json *root, const char *name,
                          nb_arena *arena, nb_findings *findings)
{
    nb_report *report = nb_report_new_empty(form, name, arena);
    filling f = { .report = report, .findings = findings, .arena = arena };
    fill_group(&f, root, form->root, report->values);
    if (nb_json_member(root, "checks"))
        nb_fill_choices(report, nb_json_member(root, "checks"), findings);
    nb_report_compute(report);
    int most = MOST_NEAREST_NAMES;
    for (int i = 0; i < f.text_count; i++)
        nb_wording_tell(report, nb_json_pointer(f.texts[i], arena), f.texts[i]->text,
                        &f.texts[i]->origin, &most, findings);
    return report;
}

bool nb_report_sum(const nb_report *report, const int *slots, int count, int64_t *sum)
{
    *sum = 0;
    for (int i = 0; i < count; i++) {
        const nb_value *value = &report->values[slots[i]];
        if (!nb_value_is_number(value))
            return false;
        if (__builtin_add_overflow(*sum, value->number, sum))
            *sum = INT64_MAX;
    }
    return true;
}

void nb_report_compute(nb_report *report)
{
    const nb_form *form = report->form;
    bool changed = true;
    while (changed) {
        changed = false;
        for (int i = 0; i < form->equation_count; i++) {
            const nb_equation *equation = &form->equations[i];
            nb_value *total = &report->values[equation->totals[0]];
            int64_t sum;
            if (!equation->computes || total->state != NB_VALUE_MISSING ||
                !nb_report_sum(report, equation->parts, equation->part_count, &sum) ||
                sum == INT64_MAX)
                continue;
            *total = (nb_value){ .state = NB_VALUE_COMPUTED, .number = sum };
            total->text = nb_string_of(nb_arena_print(report->arena, "%lld", (long long)sum));
            changed = true;
        }
    }
}

nb_place nb_report_place(const nb_report *report, int slot)
{
    const nb_value *value = &report->values[slot];
    return (nb_place){ report->name, value->line, value->column,
                       report->form->slots[slot].pointer };
}
