#include "form/wording.h"

#include "base/numerals.h"
#include <stdio.h>

enum { LARGEST_WORDING = 1 << 28 };

typedef struct wording_style {
    enum { AS_WRITTEN, GROUPED, CHINESE, PERCENT_OF } kind;
    nb_string whole; /* of a share: the name of the whole */
} wording_style;

/* One pair of braces being filled. */
typedef struct filling {
    const nb_report *report;
    nb_string words;
    nb_buffer *out;
    nb_wording_part *part;
} filling;

static bool fail(filling *f, nb_wording_fault fault, nb_string wrong)
{
    f->part->fault = fault;
    f->part->wrong = (size_t)(wrong.data - f->words.data);
    f->part->wrong_end = f->part->wrong + wrong.length;
    return false;
}

static bool resolve(filling *f, nb_string name, nb_named *named)
{
    static const nb_wording_fault faults[] = {
        [NB_NAME_UNKNOWN] = NB_WORDING_UNKNOWN_NAME,
        [NB_NAME_OF_ROW] = NB_WORDING_NAME_OF_ROW,
        [NB_NAME_OF_MANY] = NB_WORDING_NAME_OF_MANY,
    };
    *named = nb_form_name(f->report->form, name);
    return named->fault == NB_NAME_KNOWN || fail(f, faults[named->fault], name);
}

static bool is_there(const nb_value *value)
{
    return value->state == NB_VALUE_STATED || value->state == NB_VALUE_COMPUTED;
}

static bool is_count(const nb_named *named)
{
    return named->count > 1 || named->field->kind == NB_FIELD_COUNT ||
           named->field->kind == NB_FIELD_VECTOR || named->field->kind == NB_FIELD_GROUP;
}

/* The number of a count or a sum of counts. */
static bool number_of(filling *f, const nb_named *named, nb_string name, int64_t *sum)
{
    *sum = 0;
    for (int i = 0; i < named->count; i++) {
        const nb_value *value = &f->report->values[named->first + i * named->step];
        if (!is_there(value) || __builtin_add_overflow(*sum, value->number, sum))
            return fail(f, NB_WORDING_NO_VALUE, name);
    }
    return true;
}

static void add_count(filling *f, const nb_named *named, wording_style style, int64_t number)
{
    char digits[24];
    nb_string text = { digits, (size_t)snprintf(digits, sizeof digits, "%lld", (long long)number) };
    if (named->count == 1)
        text = f->report->values[named->first].text;
    if (style.kind == CHINESE)
        nb_chinese_number(f->out, number);
    else if (style.kind == GROUPED)
        nb_grouped_number(f->out, text);
    else
        nb_buffer_add(f->out, text.data, text.length);
}

/* The share in hundredths of a percent, rounded half up. */
static bool add_share(filling *f, int64_t part, nb_string name)
{
    nb_named whole;
    int64_t number;
    if (!resolve(f, name, &whole))
        return false;
    if (!is_count(&whole))
        return fail(f, NB_WORDING_UNFIT_STYLE, name);
    if (!number_of(f, &whole, name, &number))
        return false;
    if (number == 0 || part > INT64_MAX / 20000)
        return fail(f, NB_WORDING_NO_VALUE, name);
    uint64_t doubled = (uint64_t)part * 20000 + (uint64_t)number;
    nb_buffer_decimal(f->out, (int64_t)(doubled / ((uint64_t)number * 2)), 2);
    nb_buffer_byte(f->out, '%');
    return true;
}

static bool add_text(filling *f, const nb_named *named, wording_style style, nb_string style_words)
{
    nb_string text = f->report->values[named->first].text;
    nb_field_kind kind = named->field->kind;
    if (kind == NB_FIELD_DATE && style.kind == AS_WRITTEN)
        nb_dated_text(f->out, text);
    else if (kind == NB_FIELD_DATE && style.kind == CHINESE)
        nb_chinese_date(f->out, text);
    else if (kind == NB_FIELD_YEAR && style.kind == CHINESE)
        nb_chinese_digits(f->out, text);
    else if (kind == NB_FIELD_AMOUNT && style.kind == GROUPED)
        nb_grouped_number(f->out, text);
    else if (style.kind == AS_WRITTEN)
        nb_buffer_add(f->out, text.data, text.length);
    else
        return fail(f, NB_WORDING_UNFIT_STYLE, style_words);
    return true;
}

static bool read_style(nb_string words, wording_style *style)
{
    static const char share[] = "percent_of(";
    size_t length = sizeof share - 1;
    *style = (wording_style){ .kind = AS_WRITTEN };
    if (nb_string_is(words, "grouped"))
        style->kind = GROUPED;
    else if (nb_string_is(words, "chinese"))
        style->kind = CHINESE;
    else if (words.length > length && memcmp(words.data, share, length) == 0 &&
             words.data[words.length - 1] == ')')
        *style = (wording_style){ PERCENT_OF, { words.data + length, words.length - length - 1 } };
    else
        return false;
    return true;
}

/* Fill in what stands between a pair of braces. */
static bool add_value(filling *f, nb_string inside)
{
    const char *colon = inside.length ? memchr(inside.data, ':', inside.length) : NULL;
    nb_string name = { inside.data, colon ? (size_t)(colon - inside.data) : inside.length };
    nb_string style_words = { colon ? colon + 1 : name.data + name.length,
                              colon ? inside.length - name.length - 1 : 0 };
    wording_style style = { .kind = AS_WRITTEN };
    nb_named named;
    int64_t number;
    if (!resolve(f, name, &named))
        return false;
    if (colon && !read_style(style_words, &style))
        return fail(f, NB_WORDING_UNKNOWN_STYLE, style_words);
    if (named.count == 1 && !is_there(&f->report->values[named.first]))
        return fail(f, NB_WORDING_NO_VALUE, name);
    if (!is_count(&named)) {
        f->part->slot = named.first;
        return add_text(f, &named, style, style_words);
    }
    if (!number_of(f, &named, name, &number))
        return false;
    if (style.kind == PERCENT_OF)
        return add_share(f, number, style.whole);
    f->part->slot = named.count == 1 ? named.first : -1;
    add_count(f, &named, style, number);
    return true;
}

/* The next brace of the words, or their end. */
static const char *next_brace(const char *at, const char *end)
{
    while (at < end && *at != '{' && *at != '}')
        at++;
    return at;
}

/* Fill in what a brace begins; returns where the words go on. */
static const char *add_part(filling *f, const char *at, const char *end)
{
    const char *after = next_brace(at + 1, end);
    size_t start = f->out->length;
    f->part->source = (size_t)(at - f->words.data);
    f->part->slot = -1;
    bool good;
    if (after == at + 1 && after < end && *after == *at) {
        nb_buffer_byte(f->out, (unsigned char)*at);
        good = true;
        after++;
    } else if (*at == '}' || after == end || *after == '{') {
        good = fail(f, NB_WORDING_OPEN, (nb_string){ at, 1 });
        after = at + 1;
    } else {
        good = add_value(f, (nb_string){ at + 1, (size_t)(after - at) - 1 });
        after++;
    }
    if (!good) {
        f->out->length = start;
        nb_buffer_add(f->out, at, (size_t)(after - at));
        f->part->slot = -1;
    }
    f->part->source_end = (size_t)(after - f->words.data);
    f->part->start = start;
    f->part->end = f->out->length;
    return after;
}

nb_wording nb_report_wording(const nb_report *report, nb_string words, nb_arena *arena)
{
    nb_wording wording = { .text = words };
    const char *at = words.data, *end = at + words.length, *brace = next_brace(at, end);
    int capacity = 0;
    if (brace == end)
        return wording;
    filling f = { .report = report, .words = words, .out = nb_buffer_new(arena, LARGEST_WORDING) };
    while (at < end) {
        nb_buffer_add(f.out, at, (size_t)(brace - at));
        at = brace;
        if (at == end)
            break;
        NB_GROW(arena, wording.parts, wording.part_count, &capacity);
        f.part = &wording.parts[wording.part_count++];
        at = add_part(&f, at, end);
        brace = next_brace(at, end);
    }
    wording.text = (nb_string){ nb_arena_copy(arena, f.out->data, f.out->length), f.out->length };
    return wording;
}

size_t nb_wording_source(const nb_wording *wording, size_t offset)
{
    size_t end = 0, source_end = 0;
    for (int i = 0; i < wording->part_count && wording->parts[i].start <= offset; i++) {
        const nb_wording_part *part = &wording->parts[i];
        if (offset < part->end)
            return part->source;
        end = part->end;
        source_end = part->source_end;
    }
    return source_end + (offset - end);
}

size_t nb_wording_source_end(const nb_wording *wording, size_t offset)
{
    for (int i = 0; i < wording->part_count && wording->parts[i].start < offset; i++)
        if (offset <= wording->parts[i].end)
            return wording->parts[i].source_end;
    return nb_wording_source(wording, offset);
}

nb_string nb_wording_escaped(nb_string text, nb_arena *arena)
{
    const char *end = text.data + text.length;
    if (next_brace(text.data, end) == end)
        return text;
    char *escaped = nb_arena_alloc(arena, text.length * 2 + 1), *to = escaped;
    for (const char *at = text.data; at < end; at++) {
        if (*at == '{' || *at == '}')
            *to++ = *at;
        *to++ = *at;
    }
    return (nb_string){ escaped, (size_t)(to - escaped) };
}
