/*
 * JSON text as a tree that knows where each value was written.
 */
#ifndef NB_REPORT_JSON_H
#define NB_REPORT_JSON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/findings.h"

typedef enum nb_json_kind {
    NB_JSON_NULL,
    NB_JSON_FALSE,
    NB_JSON_TRUE,
    NB_JSON_NUMBER,
    NB_JSON_STRING,
    NB_JSON_ARRAY,
    NB_JSON_OBJECT
} nb_json_kind;

typedef struct nb_json {
    nb_json_kind kind;
    /* a string decoded, or a number as it was written; else empty, and never NULL */
    nb_string text;
    nb_string key;    /* under which its object holds it */
    int index;        /* its place in its array or object, from 0 */
    int line;         /* from 1 */
    int column;       /* from 1, in characters */
    nb_origin origin; /* of a string: the places of the characters of text */
    int count;        /* of members or items */
    const struct nb_json *parent;
    const struct nb_json *first;
    const struct nb_json *next;
} nb_json;

typedef struct nb_json_limits {
    size_t bytes;
    int depth;
} nb_json_limits;

/* What a report, form, style or manifest may reach: 64 MiB, 32 levels. */
extern const nb_json_limits nb_json_default_limits;

/*
 * Read strict JSON (RFC 8259) in UTF-8; a byte order mark is passed over. The tree lives in the
 * arena. NB_E_NOT_A_REPORT with one finding (rule S1) that names the place otherwise: syntax,
 * ill-formed UTF-8, a key twice in one object, a limit passed.
 */
nb_status nb_json_read(nb_string bytes, const char *name, nb_json_limits limits, nb_arena *arena,
                       nb_findings *findings, const nb_json **out);

/* The member of that name, or NULL; also NULL when node is NULL or not an object. */
const nb_json *nb_json_member(const nb_json *node, const char *key);
/* The string or number as written of a member, or an empty string. */
nb_string nb_json_member_text(const nb_json *node, const char *key);
/* True, with the number in *out, for a whole number between -2^53 and 2^53. */
bool nb_json_whole(const nb_json *node, int64_t *out);
/* The node's JSON Pointer. */
const char *nb_json_pointer(const nb_json *node, nb_arena *arena);
nb_place nb_json_place(const nb_json *node, const char *name, nb_arena *arena);

/* A value on one line: [1, {"a": null}]. */
void nb_json_write(nb_buffer *out, const nb_json *node);
/* A quoted JSON string; everything that need not be escaped stands as it is. */
void nb_json_write_string(nb_buffer *out, nb_string text);

#endif
