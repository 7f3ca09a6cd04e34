/*
 * XML 1.0 written straight into a buffer: no tree, no library. Text that XML cannot hold is not
 * replaced but leaves `failed` set, which the writer of a part asks once, at its end. Elements
 * must be closed in the order in which they were opened; a mismatch is a programming error.
 */
#ifndef NB_PACK_XML_H
#define NB_PACK_XML_H

#include "base/buffer.h"
#include "base/findings.h"
#include "base/utf8.h"

enum { NB_XML_DEPTH = 32 }; /* no part we write nests deeper */

typedef struct nb_xml {
    nb_buffer *buffer;
    bool failed;        /* a character stood in a text or an attribute that XML forbids */
    uint32_t forbidden; /* the first such character; NB_UTF8_INVALID when the bytes are not UTF-8 */
    bool in_tag;        /* the start tag still takes attributes */
    int depth;
    const char *open[NB_XML_DEPTH]; /* names of the open elements, borrowed */
} nb_xml;

/* Begin a part in a buffer of the caller's: writes the XML declaration. */
void nb_xml_begin(nb_xml *xml, nb_buffer *buffer);
/* The part is done: every element must be closed. False when it failed or outgrew its buffer. */
bool nb_xml_end(const nb_xml *xml);

/*
 * Say why a part is not to be used: a finding (rule "IO") at place that it holds what XML cannot, or
 * outgrew its buffer. Input is checked long before; this is the last guard against a file that
 * nobody could open. Returns NB_E_OUTPUT.
 */
nb_status nb_xml_tell_failure(const nb_xml *xml, const char *part, nb_place place,
                              nb_findings *findings);

/*
 * Names are ours, not the user's: they are written as they are, and must live until the element is
 * closed.
 */
void nb_xml_open(nb_xml *xml, const char *name);
void nb_xml_close(nb_xml *xml, const char *name);
void nb_xml_attribute(nb_xml *xml, const char *name, const char *value);
void nb_xml_attribute_string(nb_xml *xml, const char *name, nb_string value);
void nb_xml_attribute_integer(nb_xml *xml, const char *name, int64_t value);
void nb_xml_text(nb_xml *xml, nb_string text);

/* An element without content, and one with nothing but a text. */
void nb_xml_empty(nb_xml *xml, const char *name);
void nb_xml_element(nb_xml *xml, const char *name, nb_string text);

/*
 * Elements that come often are written once and then copied. The place is where in the part the
 * next one will begin; since it, whole elements must have been written. Their copy is good in any
 * part.
 */
size_t nb_xml_place(nb_xml *xml);
nb_string nb_xml_since(const nb_xml *xml, size_t place, nb_arena *arena);

/* What is XML already: whole elements, or text of which each character stands for itself. */
void nb_xml_as_is(nb_xml *xml, nb_string content);
static inline bool nb_xml_stands_for_itself(uint32_t code_point)
{
    return code_point >= ' ' && code_point != '&' && code_point != '<' && code_point != '>' &&
           code_point != 0xFFFE && code_point != 0xFFFF && code_point != NB_UTF8_INVALID;
}

#endif
