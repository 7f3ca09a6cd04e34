/* What stands below the last section: a list of attachments, the agency's name, the date. */
#include "import/extract.h"
#include "import/recognise.h"

enum { MOST_ATTACHMENTS = 100 };

/* The next character in half width, blanks passed over; NB_UTF8_INVALID at the end. */
static uint32_t next_letter(nb_string *rest)
{
    const char *at = rest->data, *end = rest->data + rest->length;
    uint32_t c = NB_UTF8_INVALID;
    while (at < end && nb_is_blank_character(c = nb_fold_width(nb_utf8_next(&at, end))))
        c = NB_UTF8_INVALID;
    *rest = (nb_string){ at, (size_t)(end - at) };
    return c;
}

/* A number of at most four digits and the letter after it. */
static bool take_number(nb_string *rest, uint32_t letter, int *number)
{
    int digits = 0;
    for (*number = 0; digits <= 4; digits++) {
        uint32_t c = next_letter(rest);
        if (c == letter)
            return digits > 0;
        if (c < '0' || c > '9')
            return false;
        *number = *number * 10 + (int)(c - '0');
    }
    return false;
}

static bool is_day(int year, int month, int day)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1949 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
}

const char *nb_import_date(nb_arena *arena, nb_string text)
{
    int year, month, day;
    nb_string rest = text;
    if (!take_number(&rest, 0x5E74, &year) || !take_number(&rest, 0x6708, &month) ||
        !take_number(&rest, 0x65E5, &day) || next_letter(&rest) != NB_UTF8_INVALID ||
        !is_day(year, month, day))
        return NULL;
    return nb_arena_print(arena, "%04d-%02d-%02d", year, month, day);
}

static nb_value stated_at(const nb_item *item)
{
    return (nb_value){ .state = NB_VALUE_STATED, .line = item->line, .column = item->column };
}

static void take_signature(nb_importer *importer, const nb_item *items, int *count)
{
    const nb_form *form = importer->form;
    nb_value *values = importer->report->values;
    if (form->signature_slot < 0 || *count == 0)
        return;
    const char *date = NULL;
    if (form->date_slot >= 0)
        date = nb_import_date(importer->arena, items[*count - 1].text);
    int at = *count - (date ? 2 : 1);
    nb_string agency = values[form->agency_slot].text;
    if (at < 0 || !agency.length || !nb_same_text(items[at].text, agency))
        return;
    values[form->signature_slot] = stated_at(&items[at]);
    values[form->signature_slot].number = 1;
    if (date) {
        values[form->date_slot] = stated_at(&items[at + 1]);
        values[form->date_slot].text = nb_string_of(date);
    }
    *count = at;
}

/* Move the text past the label, which may stand there in other blanks and widths. */
static bool skip_label(nb_string label, nb_string *text)
{
    nb_string rest = *text;
    for (;;) {
        uint32_t c = next_letter(&label);
        if (c == NB_UTF8_INVALID)
            break;
        if (c != next_letter(&rest))
            return false;
    }
    *text = nb_trimmed(rest, NULL);
    return text->length > 0;
}

static bool skip_numbered(int number, nb_string *text)
{
    nb_string rest = *text;
    int found;
    if (!take_number(&rest, '.', &found) || found != number)
        return false;
    *text = nb_trimmed(rest, NULL);
    return text->length > 0;
}

/* The places of the characters of a text's end, which begins at an offset. */
static nb_origin origin_from(nb_arena *arena, const nb_item *item, size_t offset)
{
    const nb_origin *whole = &item->origin;
    nb_origin origin = { whole->line, nb_origin_column(whole, item->text, offset), NULL, 0 };
    nb_column_shift *shifts = NB_NEW_ARRAY(arena, nb_column_shift, (size_t)whole->shift_count + 1);
    int before = 0;
    for (int i = 0; i < whole->shift_count; i++) {
        nb_column_shift shift = whole->shifts[i];
        if (shift.offset <= offset)
            before = shift.columns;
        else
            shifts[origin.shift_count++] =
                (nb_column_shift){ shift.offset - offset, shift.columns - before,
                                   shift.is_left_out };
    }
    origin.shifts = shifts;
    return origin;
}

/* Whether all items from `first` on are one list of attachments; their texts without numbers. */
static bool is_list(nb_string label, const nb_item *items, int first, int count, nb_item *list)
{
    for (int i = first; i < count; i++) {
        nb_item *item = &list[i - first];
        *item = items[i];
        if (i == first && !skip_label(label, &item->text))
            return false;
        bool is_numbered = skip_numbered(i - first + 1, &item->text);
        if (count - first > 1 && !is_numbered)
            return false;
    }
    return true;
}

static void take_attachments(nb_importer *importer, const nb_item *items, int *count)
{
    const nb_form *form = importer->form;
    nb_item *list = NB_NEW_ARRAY(importer->arena, nb_item, MOST_ATTACHMENTS);
    if (form->attachments_slot < 0 || !form->attachments_label.length)
        return;
    for (int first = *count - 1; first >= 0 && *count - first <= MOST_ATTACHMENTS; first--) {
        if (!is_list(form->attachments_label, items, first, *count, list))
            continue;
        nb_value *value = &importer->report->values[form->attachments_slot];
        *value = stated_at(&items[first]);
        value->items = list;
        value->item_count = *count - first;
        for (int i = 0; i < value->item_count; i++) {
            const nb_item *whole = &items[first + i];
            size_t offset = (size_t)(list[i].text.data - whole->text.data);
            list[i].origin = origin_from(importer->arena, whole, offset);
        }
        *count = first;
        return;
    }
}

void nb_import_closing(nb_importer *importer, const nb_item *items, int *count)
{
    take_signature(importer, items, count);
    take_attachments(importer, items, count);
}
