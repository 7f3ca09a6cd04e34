#include "base/findings.h"

#include "base/arena.h"
#include <stdio.h>
#include <stdlib.h>

struct nb_findings {
    nb_arena *arena; /* where the findings themselves live */
    nb_language language;
    nb_finding **list;
    int count;
    int capacity;
    size_t counts[NB_ERROR + 1];
    nb_finding **suppressed;
    int suppressed_count;
    int suppressed_capacity;
    bool failed; /* memory ran out and a finding was lost */
};

typedef struct making {
    nb_arena *arena;
    nb_language language;
    nb_findings *findings;
} making;

static nb_status make(void *context)
{
    making *m = context;
    m->findings = NB_NEW(m->arena, nb_findings);
    m->findings->arena = m->arena;
    m->findings->language = m->language;
    return NB_OK;
}

nb_findings *nb_findings_new(nb_language language)
{
    return nb_findings_new_with(language, NULL);
}

nb_findings *nb_findings_new_with(nb_language language, const nb_allocator *allocator)
{
    if (!nb_allocator_is_sound(allocator))
        return NULL;
    making m = { nb_arena_new_from(NULL, allocator), language, NULL };
    if (m.arena && nb_arena_run(m.arena, make, &m) != NB_OK)
        nb_arena_drop(m.arena);
    return m.findings;
}

static void drop(void *findings)
{
    nb_findings_drop(findings);
}

nb_findings *nb_findings_new_in(nb_arena *arena, nb_language language)
{
    nb_findings *findings = nb_findings_new(language);
    if (!findings)
        nb_arena_fail(arena);
    nb_arena_defer(arena, drop, findings);
    return findings;
}

void nb_findings_drop(nb_findings *findings)
{
    if (findings)
        nb_arena_drop(findings->arena);
}

size_t nb_findings_count(const nb_findings *findings)
{
    if (!findings)
        return 0;
    return (size_t)findings->count;
}

size_t nb_findings_count_of(const nb_findings *findings, nb_severity severity)
{
    if (!findings || (unsigned)severity > NB_ERROR)
        return 0;
    /* A lost finding may have been an error, so it counts as one. */
    return findings->counts[severity] + (severity == NB_ERROR && findings->failed ? 1 : 0);
}

const nb_finding *nb_findings_lookup(const nb_findings *findings, size_t index)
{
    return index < nb_findings_count(findings) ? findings->list[index] : NULL;
}

size_t nb_findings_count_suppressed(const nb_findings *findings)
{
    if (!findings)
        return 0;
    return (size_t)findings->suppressed_count;
}

const nb_finding *nb_findings_lookup_suppressed(const nb_findings *findings, size_t index)
{
    return index < nb_findings_count_suppressed(findings) ? findings->suppressed[index] : NULL;
}

nb_language nb_findings_language(const nb_findings *findings)
{
    return findings->language;
}

typedef struct addition {
    nb_findings *findings;
    nb_finding *finding; /* out */
    nb_severity severity;
    const char *rule;
    nb_place place;
    const char *message;
    const char *reason; /* of a finding to be suppressed; else NULL */
} addition;

static const char *keep(nb_arena *arena, const char *text)
{
    return text ? nb_arena_copy(arena, text, strlen(text)) : "";
}

static nb_status add(void *context)
{
    addition *a = context;
    nb_findings *findings = a->findings;
    if (a->reason)
        NB_GROW(findings->arena, findings->suppressed, findings->suppressed_count,
                &findings->suppressed_capacity);
    else
        NB_GROW(findings->arena, findings->list, findings->count, &findings->capacity);
    nb_finding *finding = NB_NEW(findings->arena, nb_finding);
    *finding = (nb_finding){
        .severity = a->severity,
        .rule = keep(findings->arena, a->rule),
        .file = keep(findings->arena, a->place.file),
        .line = a->place.line,
        .column = a->place.column,
        .pointer = keep(findings->arena, a->place.pointer),
        .message = keep(findings->arena, a->message),
        .hint = "",
        .clause = "",
        .reason = keep(findings->arena, a->reason),
    };
    if (a->reason) {
        findings->suppressed[findings->suppressed_count++] = finding;
    } else {
        findings->list[findings->count++] = finding;
        findings->counts[a->severity]++;
    }
    a->finding = finding;
    return NB_OK;
}

/* The formatted text in memory of its own, or NULL. */
__attribute__((format(printf, 1, 0))) static char *print(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

static nb_finding *add_printed(addition *a, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static nb_finding *add_printed(addition *a, const char *format, va_list arguments)
{
    char *message = print(format, arguments);
    a->message = message;
    if (!message || nb_arena_run(a->findings->arena, add, a) != NB_OK)
        a->findings->failed = true;
    free(message);
    return a->finding;
}

nb_finding *nb_findings_vadd(nb_findings *findings, nb_severity severity, const char *rule,
                             nb_place place, const char *format, va_list arguments)
{
    addition a = { findings, NULL, severity, rule, place, NULL, NULL };
    return add_printed(&a, format, arguments);
}

void nb_findings_suppress(nb_findings *findings, nb_severity severity, const char *rule,
                          nb_place place, const char *reason, const char *format, va_list arguments)
{
    addition a = { findings, NULL, severity, rule, place, NULL, reason };
    (void)add_printed(&a, format, arguments);
}

nb_finding *nb_findings_add(nb_findings *findings, nb_severity severity, const char *rule,
                            nb_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    nb_finding *finding = nb_findings_vadd(findings, severity, rule, place, format, arguments);
    va_end(arguments);
    return finding;
}

typedef struct setting {
    nb_arena *arena;
    const char **field;
    const char *text;
} setting;

static nb_status set(void *context)
{
    setting *s = context;
    *s->field = keep(s->arena, s->text);
    return NB_OK;
}

/* A hint or clause that memory does not reach for is left out: the message stands without it. */
static void set_text(nb_findings *findings, const char **field, const char *text)
{
    setting s = { findings->arena, field, text };
    if (text)
        (void)nb_arena_run(findings->arena, set, &s);
}

void nb_finding_hint(nb_findings *findings, nb_finding *finding, const char *format, ...)
{
    if (!finding)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *hint = print(format, arguments);
    va_end(arguments);
    set_text(findings, &finding->hint, hint);
    free(hint);
}

void nb_finding_range(nb_finding *finding, int characters)
{
    if (finding)
        finding->length = characters;
}

void nb_finding_clause(nb_findings *findings, nb_finding *finding, const char *clause)
{
    if (finding)
        set_text(findings, &finding->clause, clause);
}

void nb_findings_pass_on(nb_findings *findings, const nb_finding *from, nb_severity severity,
                         nb_place place)
{
    nb_finding *finding =
        nb_findings_add(findings, severity, from->rule, place, "%s", from->message);
    if (*from->hint)
        nb_finding_hint(findings, finding, "%s", from->hint);
    if (*from->clause)
        nb_finding_clause(findings, finding, from->clause);
}

int nb_origin_column(const nb_origin *origin, nb_string text, size_t offset)
{
    int shift = 0;
    if (!origin->column)
        return 0;
    for (int i = 0; i < origin->shift_count && origin->shifts[i].offset <= offset; i++)
        shift = origin->shifts[i].columns;
    return origin->column + shift + (int)nb_utf8_count((nb_string){ text.data, offset });
}

int nb_origin_length(const nb_origin *origin, nb_string text, size_t from, size_t to)
{
    int count = (int)nb_utf8_count((nb_string){ text.data + from, to - from }), before = 0, end = 0;
    for (int i = 0; i < origin->shift_count && origin->shifts[i].offset <= to; i++) {
        const nb_column_shift *shift = &origin->shifts[i];
        if (shift->offset <= from)
            before = shift->columns;
        if (shift->offset < to || !shift->is_left_out)
            end = shift->columns;
    }
    return origin->column ? count + end - before : 0;
}

nb_place nb_place_of_byte(nb_string text, size_t offset, const char *file)
{
    nb_place place = { file, 1, 1, "" };
    for (size_t i = 0; i < offset; i++) {
        if (text.data[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if ((text.data[i] & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

bool nb_expect_utf8(nb_string text, const char *file, nb_findings *findings)
{
    size_t valid = nb_utf8_valid_length(text);
    if (valid == text.length)
        return true;
    nb_finding *finding =
        nb_findings_add(findings, NB_ERROR, "S1", nb_place_of_byte(text, valid, file), "%s",
                        NB_SAY(findings, "不是有效的 UTF-8 文字", "this is not valid UTF-8 text"));
    nb_finding_hint(findings, finding, "%s",
                    NB_SAY(findings, "若是 GBK 文字，先用 iconv -f GB18030 -t UTF-8 转换",
                           "convert GBK text first: iconv -f GB18030 -t UTF-8"));
    return false;
}

enum { LONGEST_NAME = 96 };

/* Levenshtein distance by bytes, with one row of memory. */
static size_t edit_distance(nb_string a, nb_string b)
{
    size_t row[LONGEST_NAME + 1];
    for (size_t j = 0; j <= b.length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            size_t above = row[j];
            size_t best = diagonal + (a.data[i - 1] != b.data[j - 1]);
            if (above + 1 < best)
                best = above + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[b.length];
}

const char *nb_nearest_name(nb_string word, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t least = word.length / 2 + 1; /* farther than half its letters is another word */
    if (word.length > LONGEST_NAME)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        nb_string name = nb_string_of(names[i]);
        if (name.length > LONGEST_NAME)
            continue;
        size_t distance = edit_distance(word, name);
        if (distance < least) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}
