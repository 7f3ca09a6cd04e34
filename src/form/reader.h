/*
 * Reading the files in layouts/: each value is taken with a check, and each fault becomes a finding
 * (rule "F").
 */
#ifndef NB_FORM_READER_H
#define NB_FORM_READER_H

#include "base/length.h"
#include "report/json.h"

typedef struct nb_reader {
    const char *name; /* of the file */
    nb_arena *arena;
    nb_findings *findings;
    bool failed;
} nb_reader;

/* Say what is wrong at a node. */
void nb_reader_fault(nb_reader *reader, const nb_json *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A member that must be there and of that kind; a fault and NULL otherwise. */
const nb_json *nb_reader_need(nb_reader *reader, const nb_json *node, const char *key,
                              nb_json_kind kind);
/* The same as NUL-ended text, "" when missing. */
const char *nb_reader_text(nb_reader *reader, const nb_json *node, const char *key);
/* A text that may be left out. */
const char *nb_reader_text_or(nb_reader *reader, const nb_json *node, const char *key,
                              const char *otherwise);
/* A wording {"zh": …, "en": …}, by nb_language; NULL twice when it is left out. */
void nb_reader_wording(nb_reader *reader, const nb_json *node, const char *key,
                       const char *words[2]);
/* The place of a word among count choices; a fault and the first when it is none of them. */
int nb_reader_choice(nb_reader *reader, const nb_json *node, const char *key,
                     const char *const *choices, int count);
/* A length such as "28.95pt", "37mm" or "-0.25pt", snapped to whole twips. */
nb_length nb_reader_length(nb_reader *reader, const nb_json *node, const char *key);
nb_length nb_reader_length_or(nb_reader *reader, const nb_json *node, const char *key,
                              nb_length otherwise);
nb_length nb_reader_length_of(nb_reader *reader, const nb_json *value);
/* The same of a text; false when it is no length. */
bool nb_reader_length_text(nb_string text, nb_length *out);
/* A whole number in a range. */
int nb_reader_whole_or(nb_reader *reader, const nb_json *node, const char *key, int least, int most,
                       int otherwise);
bool nb_reader_flag(nb_reader *reader, const nb_json *node, const char *key);
/* Fault each member of node whose key is none of the count names. */
void nb_reader_only(nb_reader *reader, const nb_json *node, const char *const *names, size_t count);
#define NB_READER_ONLY(reader, node, ...)                                                          \
    nb_reader_only(reader, node, (const char *const[]){ __VA_ARGS__ },                             \
                   sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* A decimal with at most 4 places, times 10000. False when text is not one, or is past ±10^9. */
bool nb_reader_decimal(nb_string text, int64_t *ten_thousandths, const char **rest);

#endif
