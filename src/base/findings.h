/* Collecting findings. The public half is in nianbao.h. */
#ifndef NB_BASE_FINDINGS_H
#define NB_BASE_FINDINGS_H

#include "base/arena.h"
#include "base/utf8.h"
#include <nianbao/nianbao.h>
#include <stdarg.h>

/* A place in an input: line and column from 1, column in characters; 0 when unknown. */
typedef struct nb_place {
    const char *file;
    int line;
    int column;
    const char *pointer;
} nb_place;

/* Characters of a text from an offset in bytes on stand further right in its source. */
typedef struct nb_column_shift {
    size_t offset;
    int columns; /* all together: more than their count says */
    /* what takes the columns is not in the text; else it is the character before the offset */
    bool is_left_out;
} nb_column_shift;

/*
 * Where a text that is part of one line of the source was written, so that each of its characters
 * has a place: an escape such as \u4ef6 takes six columns there for one.
 */
typedef struct nb_origin {
    int line;
    int column; /* of its first character; 0 when unknown */
    const nb_column_shift *shifts;
    int shift_count;
} nb_origin;

/* The column of the character at an offset in bytes. 0 when unknown. */
int nb_origin_column(const nb_origin *origin, nb_string text, size_t offset);
/* How many columns the characters between two offsets take there. */
int nb_origin_length(const nb_origin *origin, nb_string text, size_t from, size_t to);

/* The place of a byte of a text. */
nb_place nb_place_of_byte(nb_string text, size_t offset, const char *file);

nb_language nb_findings_language(const nb_findings *findings);

/*
 * A wording in both languages, of which the list's own is taken: NB_SAY(findings, "第%d行", "line
 * %d").
 */
#define NB_SAY(findings, chinese, english)                                                         \
    (nb_findings_language(findings) == NB_ENGLISH ? (english) : (chinese))

/*
 * A list that ends with the arena, for what is not told as it is or not at all. Never NULL: memory
 * that runs out leaves by the arena.
 */
nb_findings *nb_findings_new_in(nb_arena *arena, nb_language language);

/*
 * Add a finding; every string is copied. hint and clause may be NULL. The finding is returned,
 * so that a hint may be set with nb_finding_hint. When memory runs out the finding is lost,
 * the list is marked as failed, and NULL is returned.
 */
nb_finding *nb_findings_add(nb_findings *findings, nb_severity severity, const char *rule,
                            nb_place place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
nb_finding *nb_findings_vadd(nb_findings *findings, nb_severity severity, const char *rule,
                             nb_place place, const char *format, va_list arguments)
    __attribute__((format(printf, 5, 0)));
/* Keep a finding of a rule that is turned off, which is none of the list's; reason may be "". */
void nb_findings_suppress(nb_findings *findings, nb_severity severity, const char *rule,
                          nb_place place, const char *reason, const char *format, va_list arguments)
    __attribute__((format(printf, 6, 0)));
void nb_finding_hint(nb_findings *findings, nb_finding *finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Add a finding of another list, as grave as said and with a place of its own. */
void nb_findings_pass_on(nb_findings *findings, const nb_finding *from, nb_severity severity,
                         nb_place place);
/* How many characters from its place on a finding is about. finding may be NULL. */
void nb_finding_range(nb_finding *finding, int characters);
void nb_finding_clause(nb_findings *findings, nb_finding *finding, const char *clause);

/* Whether the text is UTF-8; an error finding (rule S1) says where it is not. */
bool nb_expect_utf8(nb_string text, const char *file, nb_findings *findings);

/* The nearest of count names to word by edit distance, or NULL when none is near. */
const char *nb_nearest_name(nb_string word, const char *const *names, size_t count);

#endif
