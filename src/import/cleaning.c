/*
 * From a text as it was extracted to a text or number as it was meant. Every change of it is
 * told.
 */
#include "import/recognise.h"

enum {
    LONGEST_SHOWN = 40,    /* characters of a text in a message */
    LONGEST_LEFTOVER = 80, /* bytes of a bookmark's name */
    LONGEST_NUMBER = 40,   /* JSON readers refuse numbers that no float holds */
    MOST_UNPLACED = 100    /* after which the text is hardly a report, and the list of no use */
};

void nb_tell_tidied(nb_importer *importer, nb_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *message = nb_arena_vprint(importer->arena, format, arguments);
    va_end(arguments);
    nb_findings_add(importer->findings, NB_INFO, "I1", place, "%s", message);
}

static nb_place place_of(const nb_importer *importer, const nb_text_line *line, const char *pointer)
{
    return (nb_place){ importer->report->name, line->line, line->column, pointer };
}

void nb_tell_unplaced(nb_importer *importer, const nb_text_line *line, nb_string text)
{
    nb_findings *findings = importer->findings;
    nb_place place = place_of(importer, line, "");
    nb_string shown = nb_utf8_prefix(text, LONGEST_SHOWN);
    if (++importer->unplaced < MOST_UNPLACED)
        nb_findings_add(findings, NB_WARNING, "I2", place,
                        NB_SAY(findings, "表单里没有这段文字的位置：%.*s%s",
                               "the form has no place for this text: %.*s%s"),
                        (int)shown.length, shown.data, shown.length < text.length ? "…" : "");
    else if (importer->unplaced == MOST_UNPLACED)
        nb_findings_add(findings, NB_WARNING, "I2", place,
                        NB_SAY(findings, "从这里起还有没有位置的文字，不再逐条列出",
                               "more text without a place follows; it is not listed"));
}

static bool begins_with(nb_string text, const char *literal)
{
    size_t length = strlen(literal);
    return text.length >= length && memcmp(text.data, literal, length) == 0;
}

/* What a text begins with. */
typedef struct piece {
    size_t length;
    const char *instead;  /* what stands for it in the cleaned text; NULL: itself */
    uint32_t unprintable; /* the character, when that is why; else 0 */
    bool is_told;
} piece;

/* The length of a bookmark that the text begins with, such as [bookmark: _GoBack], or 0. */
static size_t bookmark_length(nb_string text)
{
    if (!begins_with(text, "[bookmark:"))
        return 0;
    size_t longest = text.length < LONGEST_LEFTOVER ? text.length : LONGEST_LEFTOVER;
    const char *close = memchr(text.data, ']', longest);
    return close ? (size_t)(close - text.data) + 1 : 0;
}

static piece next_piece(nb_string text)
{
    size_t bookmark = bookmark_length(text);
    if (bookmark)
        return (piece){ .length = bookmark, .instead = "", .is_told = true };
    if (begins_with(text, "&nbsp;"))
        return (piece){ .length = 6, .instead = " ", .is_told = true };
    const char *at = text.data;
    uint32_t c = nb_utf8_next(&at, text.data + text.length);
    piece next = { .length = (size_t)(at - text.data) };
    if (c == '\t') {
        next.instead = " ";
    } else if (!nb_utf8_is_printable(c)) {
        next.instead = "";
        next.unprintable = c;
        next.is_told = true;
    }
    return next;
}

static void tell_taken(nb_importer *importer, nb_place place, nb_string text, const piece *taken)
{
    nb_findings *findings = importer->findings;
    if (taken->unprintable)
        nb_tell_tidied(importer, place,
                       NB_SAY(findings, "去掉了不能排印的字符 U+%04X",
                              "the character U+%04X, which cannot be printed, was taken out"),
                       (unsigned)taken->unprintable);
    else
        nb_tell_tidied(importer, place, NB_SAY(findings, "去掉了“%.*s”", "“%.*s” was taken out"),
                       (int)taken->length, text.data);
}

/* From an offset of the cleaned text on, its characters stand in that many more columns. */
static void add_shift(nb_importer *importer, nb_origin *origin, int *capacity, size_t offset,
                      int columns, bool is_left_out)
{
    nb_column_shift *shifts = (nb_column_shift *)origin->shifts;
    int before = origin->shift_count ? shifts[origin->shift_count - 1].columns : 0;
    NB_GROW(importer->arena, shifts, origin->shift_count, capacity);
    shifts[origin->shift_count++] = (nb_column_shift){ offset, before + columns, is_left_out };
    origin->shifts = shifts;
}

/*
 * The line's text cleaned. With an origin it is words of a report, in which braces are doubled
 * (form/wording.h), and where its characters stand goes there.
 */
static nb_string cleaned(nb_importer *importer, const nb_text_line *line, const char *pointer,
                         nb_origin *origin)
{
    char *copy = nb_arena_alloc(importer->arena, 2 * line->text.length + 1), *to = copy;
    nb_string rest = line->text;
    nb_place place = place_of(importer, line, pointer);
    int capacity = 0;
    while (rest.length) {
        piece next = next_piece(rest);
        if (origin && (*rest.data == '{' || *rest.data == '}'))
            next.instead = *rest.data == '{' ? "{{" : "}}";
        const char *from = next.instead ? next.instead : rest.data;
        size_t length = next.instead ? strlen(next.instead) : next.length;
        memcpy(to, from, length);
        to += length;
        if (next.is_told && pointer)
            tell_taken(importer, place, rest, &next);
        int columns = (int)nb_utf8_count((nb_string){ rest.data, next.length });
        int kept = (int)nb_utf8_count((nb_string){ from, length });
        if (origin && columns != kept)
            add_shift(importer, origin, &capacity, (size_t)(to - copy), columns - kept, kept == 0);
        place.column += columns;
        rest = (nb_string){ rest.data + next.length, rest.length - next.length };
    }
    return (nb_string){ copy, (size_t)(to - copy) };
}

nb_string nb_cleaned(nb_importer *importer, const nb_text_line *line, const char *pointer)
{
    return nb_trimmed(cleaned(importer, line, pointer, NULL), NULL);
}

nb_item nb_cleaned_item(nb_importer *importer, const nb_text_line *line, const char *pointer)
{
    nb_item item = { .control = line->control, .line = line->line, .column = line->column };
    item.origin = (nb_origin){ line->line, line->column, NULL, 0 };
    nb_string whole = cleaned(importer, line, pointer, &item.origin);
    item.text = nb_trimmed(whole, &item.origin.column);
    size_t blanks = (size_t)(item.text.data - whole.data);
    nb_column_shift *shifts = (nb_column_shift *)item.origin.shifts;
    for (int i = 0; i < item.origin.shift_count && blanks; i++)
        shifts[i].offset -= shifts[i].offset < blanks ? shifts[i].offset : blanks;
    return item;
}

/*
 * -?digits with at most one point between digits, which is a number in JSON too once it has no
 * leading zeros.
 */
static bool is_plain_number(nb_string text)
{
    size_t sign = text.length && text.data[0] == '-';
    return text.length <= LONGEST_NUMBER &&
           nb_amount_of((nb_string){ text.data + sign, text.length - sign });
}

/* The text's integer part stands in groups of three digits: 1,258 or 12 345.60 */
static bool is_grouped(nb_string text)
{
    size_t digits = 0, groups = 0, i = text.length && text.data[0] == '-';
    for (; i < text.length && text.data[i] != '.'; i++) {
        if (text.data[i] >= '0' && text.data[i] <= '9') {
            digits++;
        } else if ((text.data[i] == ',' || text.data[i] == ' ') &&
                   (groups ? digits == 3 : digits && digits <= 3)) {
            groups++;
            digits = 0;
        } else {
            return false;
        }
    }
    return groups && digits == 3;
}

static bool take_unit(nb_string *text, nb_string unit)
{
    if (unit.length == 0 || text->length <= unit.length ||
        memcmp(text->data + text->length - unit.length, unit.data, unit.length) != 0)
        return false;
    *text = nb_trimmed((nb_string){ text->data, text->length - unit.length }, NULL);
    return true;
}

/* The text without the unit that the cell may have, and how many places its point moves for that. */
static nb_string without_unit(nb_string text, const nb_form_cell *cell, int *places)
{
    *places = 0;
    if (take_unit(&text, cell->unit))
        return text;
    for (int i = 0; i < cell->read_unit_count; i++)
        if (take_unit(&text, cell->read_units[i].name)) {
            *places = cell->read_units[i].places;
            break;
        }
    return text;
}

/* A plain number with its point moved to the left: 251000 by 4 places is 25.1. */
static nb_string with_point_moved(nb_importer *importer, nb_string number, int places)
{
    size_t sign = number.data[0] == '-';
    const char *point = memchr(number.data, '.', number.length);
    size_t fraction =
        (size_t)places + (point ? number.length - (size_t)(point - number.data) - 1 : 0);
    size_t digits = number.length - sign - (point ? 1 : 0);
    size_t zeros = digits > fraction ? 0 : fraction + 1 - digits, written = 0;
    char *text = nb_arena_alloc(importer->arena, number.length + zeros + 2), *to = text;
    if (sign)
        *to++ = '-';
    for (size_t i = sign; written < zeros + digits; written++) {
        if (written == zeros + digits - fraction)
            *to++ = '.';
        if (written >= zeros && number.data[i] == '.')
            i++;
        *to++ = written < zeros ? '0' : number.data[i++];
    }
    while (to[-1] == '0')
        to--;
    to -= to[-1] == '.';
    return (nb_string){ text, (size_t)(to - text) };
}

/*
 * The number that the text means, in plain digits, or the text itself when it means none. Only a
 * change has a plus sign.
 */
static nb_string number_of(nb_importer *importer, nb_string text, nb_field_kind kind)
{
    const uint32_t minus = 0x2212;
    char *copy = nb_arena_alloc(importer->arena, text.length + 1);
    const char *at = text.data, *end = text.data + text.length;
    nb_string number = { copy, 0 };
    while (at < end) {
        uint32_t c = nb_fold_width(nb_utf8_next(&at, end));
        c = nb_is_blank_character(c) ? ' ' : c == minus ? '-' : c;
        if (c > '9')
            return text;
        copy[number.length++] = (char)c;
    }
    if (kind == NB_FIELD_CHANGE && number.length > 1 && copy[0] == '+' && copy[1] != '-')
        memmove(copy, copy + 1, --number.length);
    if (is_grouped(number)) {
        size_t kept = 0;
        for (size_t i = 0; i < number.length; i++)
            if (copy[i] != ',' && copy[i] != ' ')
                copy[kept++] = copy[i];
        number.length = kept;
    }
    if (!is_plain_number(number))
        return text;
    size_t start = copy[0] == '-', zeros = 0;
    while (start + zeros + 1 < number.length && copy[start + zeros] == '0' &&
           copy[start + zeros + 1] != '.')
        zeros++;
    memmove(copy + start, copy + start + zeros, number.length - start - zeros);
    number.length -= zeros;
    return number;
}

nb_string nb_joined(nb_importer *importer, const nb_text_cell *cell, const char *pointer,
                    nb_string between)
{
    size_t room = 1, length = 0;
    for (int i = 0; i < cell->line_count; i++)
        room += cell->lines[i].text.length + between.length;
    char *text = nb_arena_alloc(importer->arena, room);
    for (int i = 0; i < cell->line_count; i++) {
        nb_string line = nb_cleaned(importer, &cell->lines[i], pointer);
        if (length && line.length && between.length) {
            memcpy(text + length, between.data, between.length);
            length += between.length;
        }
        memcpy(text + length, line.data, line.length);
        length += line.length;
    }
    return (nb_string){ text, length };
}

bool nb_is_number(nb_string text)
{
    const char *at = text.data, *end = text.data + text.length;
    int digits = 0;
    while (at < end) {
        uint32_t c = nb_fold_width(nb_utf8_next(&at, end));
        digits += c >= '0' && c <= '9';
        if (c > '9' || (c < '0' && c != ',' && c != '.' && !nb_is_blank_character(c)))
            return false;
    }
    return digits > 0;
}

const nb_text_line *nb_first_line(const nb_text_cell *cell)
{
    for (int i = 0; i < cell->line_count; i++)
        if (cell->lines[i].text.length)
            return &cell->lines[i];
    return &cell->lines[0];
}

void nb_import_value(nb_importer *importer, const nb_form_cell *own, const nb_text_cell *cell)
{
    const nb_slot *place = &importer->form->slots[own->slot];
    nb_value *value = &importer->report->values[own->slot];
    const nb_text_line *first = nb_first_line(cell);
    nb_string text = nb_joined(importer, cell, place->pointer, NB_STRING(""));
    nb_field_kind kind = place->field->kind;
    int places;
    nb_string number = number_of(importer, without_unit(text, own, &places), kind);
    *value = (nb_value){ .state = NB_VALUE_BLANK, .line = first->line, .column = first->column };
    if (!text.length)
        return;
    bool is_plain = is_plain_number(number);
    if (is_plain && places)
        number = with_point_moved(importer, number, places);
    value->text = is_plain ? number : text;
    bool valid = is_plain && nb_number_of(kind, number, &value->number);
    value->state = valid ? NB_VALUE_STATED : NB_VALUE_INVALID;
    value->quoted = !is_plain;
    nb_string written =
        cell->line_count > 1 ? nb_joined(importer, cell, NULL, NB_STRING(" ")) : text;
    if (!value->quoted && !nb_string_equal(number, written) &&
        !nb_string_equal(nb_shown_value(importer->report, own, importer->arena), written))
        nb_tell_tidied(importer, place_of(importer, first, place->pointer),
                       NB_SAY(importer->findings, "“%.*s”写作 %.*s", "“%.*s” is taken as %.*s"),
                       (int)written.length, written.data, (int)number.length, number.data);
}
