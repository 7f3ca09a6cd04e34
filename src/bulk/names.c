#include "bulk/names.h"

#include "base/buffer.h"
#include "base/sha256.h"
#include "form/fill.h"
#include "form/wording.h"

enum {
    LONGEST_NAME = 200, /* bytes: 255 less a suffix, and room for a user's own */
    HASH_DIGITS = 16,
    ROW_DIGITS = 6,
    FOLDER_DIGITS = 4,
    LONGEST_PATTERN = 1 << 16
};

static const nb_string ROW = { "{row}", 5 };

struct nb_name_pattern {
    nb_string words; /* as in a report's prose, and {row} */
    int per_folder;
};

/* The next {row} of the words from a place on, passing over doubled braces; the end if none. */
static size_t find_row(nb_string words, size_t at)
{
    for (; at < words.length; at++) {
        nb_string rest = { words.data + at, words.length - at };
        if (rest.length > 1 && rest.data[0] == '{' && rest.data[1] == '{')
            at++;
        else if (rest.length >= ROW.length && memcmp(rest.data, ROW.data, ROW.length) == 0)
            return at;
    }
    return words.length;
}

/* The words with the number of a row in them. */
static nb_string with_row(nb_string words, size_t row, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, (size_t)LONGEST_PATTERN * 8);
    const char *number = nb_arena_print(arena, "%0*zu", ROW_DIGITS, row);
    for (size_t at = 0; at < words.length;) {
        size_t found = find_row(words, at);
        nb_buffer_add(out, words.data + at, found - at);
        if (found < words.length)
            nb_buffer_text(out, number);
        at = found + ROW.length;
    }
    return (nb_string){ (const char *)out->data, out->length };
}

nb_name_pattern *nb_name_pattern_new(const char *text, int per_folder, nb_arena *arena)
{
    nb_name_pattern *pattern = NB_NEW(arena, nb_name_pattern);
    *pattern = (nb_name_pattern){ nb_string_of(text), per_folder };
    return pattern;
}

bool nb_name_pattern_is_unique(const nb_name_pattern *pattern)
{
    return find_row(pattern->words, 0) < pattern->words.length;
}

bool nb_name_pattern_fits(const nb_name_pattern *pattern, const nb_form *form, nb_arena *arena,
                          nb_findings *findings)
{
    const nb_report *blank = nb_report_new_empty(form, "--name", arena);
    nb_string words = with_row(pattern->words, 1, arena);
    nb_wording wording = nb_report_wording(blank, words, arena);
    for (int i = 0; i < wording.part_count; i++) {
        const nb_wording_part *part = &wording.parts[i];
        if (part->fault == NB_WORDING_GOOD || part->fault == NB_WORDING_NO_VALUE)
            continue;
        nb_finding *finding = nb_findings_add(
            findings, NB_ERROR, "B3", (nb_place){ .file = "--name" },
            NB_SAY(findings, "文件名里的“%.*s”不是表单 %s 的一项",
                   "“%.*s” in the name is no value of the form %s"),
            (int)(part->wrong_end - part->wrong), words.data + part->wrong, form->id);
        nb_finding_hint(findings, finding, "%s",
                        NB_SAY(findings, "写成 {row}-{agency}-{year} 这样",
                               "write it like {row}-{agency}-{year}"));
        return false;
    }
    return true;
}

static bool is_forbidden(unsigned char c)
{
    return c < 0x20 || c == 0x7F || strchr("/\\:*?\"<>|", c);
}

/* Names that Windows keeps for devices, whatever their suffix. */
static bool is_reserved(nb_string name)
{
    static const char *const devices[] = { "CON", "PRN", "AUX", "NUL", "COM", "LPT" };
    char start[5] = "";
    size_t length = 0;
    while (length < name.length && name.data[length] != '.')
        length++;
    if (length < 3 || length > 4)
        return false;
    for (size_t i = 0; i < length; i++)
        start[i] =
            name.data[i] >= 'a' && name.data[i] <= 'z' ? (char)(name.data[i] - 32) : name.data[i];
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
        if (strncmp(start, devices[i], 3) == 0)
            return i < 4 ? length == 3 : length == 4 && start[3] >= '1' && start[3] <= '9';
    return false;
}

/* The longest beginning of at most so many bytes that ends with a character. */
static size_t cut_length(nb_string text, size_t most)
{
    if (text.length <= most)
        return text.length;
    while (most && ((unsigned char)text.data[most] & 0xC0) == 0x80)
        most--;
    return most;
}

nb_string nb_safe_name(nb_string text, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, text.length + LONGEST_NAME);
    char sum[NB_DIGEST_SIZE];
    for (size_t i = 0; i < text.length; i++)
        nb_buffer_byte(
            out, is_forbidden((unsigned char)text.data[i]) ? '_' : (unsigned char)text.data[i]);
    /* Neither hidden nor an option, and nothing at the end that Windows drops. */
    if (out->length && strchr(".- ", out->data[0]))
        out->data[0] = '_';
    if (out->length && strchr(". ", out->data[out->length - 1]))
        out->data[out->length - 1] = '_';
    nb_string name = { (const char *)out->data, out->length };
    if (is_reserved(name))
        name = nb_string_of(nb_arena_print(arena, "_%.*s", (int)name.length, name.data));
    if (name.length <= LONGEST_NAME)
        return (nb_string){ nb_arena_copy(arena, name.data, name.length), name.length };
    /* What is cut off still tells names apart. */
    nb_sha256_of(name, sum);
    size_t kept = cut_length(name, LONGEST_NAME - HASH_DIGITS - 1);
    return nb_string_of(nb_arena_print(arena, "%.*s~%.*s", (int)kept, name.data, HASH_DIGITS, sum));
}

nb_string nb_name_of(const nb_name_pattern *pattern, const struct nb_report *report, size_t row,
                     nb_arena *arena, nb_findings *findings)
{
    nb_string words = with_row(pattern->words, row, arena);
    nb_wording wording = nb_report_wording(report, words, arena);
    for (int i = 0; i < wording.part_count; i++) {
        const nb_wording_part *part = &wording.parts[i];
        if (part->fault == NB_WORDING_GOOD)
            continue;
        nb_findings_add(findings, NB_ERROR, "B3", (nb_place){ .file = report->name },
                        NB_SAY(findings, "文件名要用“%.*s”，这份报告里没有",
                               "the file's name needs “%.*s”, which this report lacks"),
                        (int)(part->wrong_end - part->wrong), words.data + part->wrong);
        return NB_STRING("");
    }
    nb_string name = nb_safe_name(wording.text, arena);
    if (!pattern->per_folder || !name.length)
        return name;
    return nb_string_of(nb_arena_print(arena, "%0*zu/%.*s", FOLDER_DIGITS,
                                       (row - 1) / (size_t)pattern->per_folder, (int)name.length,
                                       name.data));
}
