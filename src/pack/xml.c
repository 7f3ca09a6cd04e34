/*
 * XML 1.0 (fifth edition): 2.2 says which characters there are, 2.4 and 2.11 what must be escaped
 * in text, 3.3.3 what in attributes.
 */
#include "pack/xml.h"

#include <assert.h>

void nb_xml_begin(nb_xml *xml, nb_buffer *buffer)
{
    *xml = (nb_xml){ .buffer = buffer };
    nb_buffer_text(buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
}

bool nb_xml_end(const nb_xml *xml)
{
    assert(xml->depth == 0);
    return !xml->failed && !xml->buffer->overflowed;
}

nb_status nb_xml_tell_failure(const nb_xml *xml, const char *part, nb_place place,
                              nb_findings *findings)
{
    if (!xml->failed)
        nb_findings_add(findings, NB_ERROR, "IO", place,
                        NB_SAY(findings, "部件%s太大", "part %s is too large"), part);
    else if (xml->forbidden == NB_UTF8_INVALID)
        nb_findings_add(findings, NB_ERROR, "IO", place,
                        NB_SAY(findings, "部件%s中有不合 UTF-8 的字节",
                               "part %s holds bytes that are not UTF-8"),
                        part);
    else
        nb_findings_add(findings, NB_ERROR, "IO", place,
                        NB_SAY(findings, "部件%s中有 XML 不能保存的字符 U+%04X",
                               "part %s holds the character U+%04X, which XML cannot hold"),
                        part, (unsigned)xml->forbidden);
    return NB_E_OUTPUT;
}

/* A name and what stands around it. */
static inline void add_name(nb_buffer *buffer, nb_string before, const char *name, nb_string after)
{
    size_t length = strlen(name), all = before.length + length + after.length;
    if (buffer->capacity - buffer->length < all && !nb_buffer_reserve(buffer, all))
        return;
    unsigned char *at = buffer->data + buffer->length;
    memcpy(at, before.data, before.length);
    memcpy(at + before.length, name, length);
    memcpy(at + before.length + length, after.data, after.length);
    buffer->length += all;
}

static void end_start_tag(nb_xml *xml)
{
    if (xml->in_tag) {
        nb_buffer_byte(xml->buffer, '>');
        xml->in_tag = false;
    }
}

void nb_xml_open(nb_xml *xml, const char *name)
{
    assert(xml->depth < NB_XML_DEPTH);
    end_start_tag(xml);
    add_name(xml->buffer, NB_STRING("<"), name, NB_STRING(""));
    xml->open[xml->depth++] = name;
    xml->in_tag = true;
}

void nb_xml_close(nb_xml *xml, const char *name)
{
    assert(xml->depth > 0 && strcmp(xml->open[xml->depth - 1], name) == 0);
    xml->depth--;
    if (xml->in_tag) {
        nb_buffer_text(xml->buffer, "/>");
        xml->in_tag = false;
        return;
    }
    add_name(xml->buffer, NB_STRING("</"), name, NB_STRING(">"));
}

static void fail(nb_xml *xml, uint32_t code_point)
{
    if (!xml->failed)
        xml->forbidden = code_point;
    xml->failed = true;
}

/* Of the characters above ASCII, UTF-8 itself cannot hold surrogates; two more are forbidden. */
static inline void check_wide_character(nb_xml *xml, const char **at, const char *end)
{
    uint32_t code_point = nb_utf8_next(at, end);
    if (code_point == NB_UTF8_INVALID || code_point == 0xFFFE || code_point == 0xFFFF)
        fail(xml, code_point);
}

/*
 * What to write for an ASCII character that cannot stand for itself; NULL when it can. A reader
 * turns a carriage return into a newline, and in attributes each white space into a blank:
 * as references they come through.
 */
static const char *escape_of(unsigned char byte, bool in_attribute)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return in_attribute ? "&quot;" : NULL;
    case '\t':
        return in_attribute ? "&#9;" : NULL;
    case '\n':
        return in_attribute ? "&#10;" : NULL;
    default:
        return NULL;
    }
}

static bool is_ordinary(unsigned char byte, bool in_attribute)
{
    return byte >= ' ' && byte < 0x80 && byte != '&' && byte != '<' && byte != '>' &&
           !(byte == '"' && in_attribute);
}

/* A character of three bytes that is neither ill-formed nor forbidden, as hanzi are. */
static bool is_hanzi(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    return bytes[0] > 0xE0 && bytes[0] < 0xED && (bytes[1] & 0xC0) == 0x80 &&
           (bytes[2] & 0xC0) == 0x80;
}

/* Past characters that need no care, of which nearly all text consists. */
static inline const char *skip_ordinary(const char *at, const char *end, bool in_attribute)
{
    for (;;) {
        const char *start = at;
        while (end - at >= 3 && is_hanzi(at))
            at += 3;
        while (at < end && is_ordinary((unsigned char)*at, in_attribute))
            at++;
        if (at == start)
            return at;
    }
}

/* Whatever needs no escape goes into the buffer in long pieces. */
static void add_escaped(nb_xml *xml, nb_string text, bool in_attribute)
{
    if (text.length == 0)
        return;
    const char *end = text.data + text.length;
    const char *written = text.data;
    const char *at = text.data;
    while ((at = skip_ordinary(at, end, in_attribute)) < end) {
        unsigned char byte = (unsigned char)*at;
        if (byte >= 0x80) {
            check_wide_character(xml, &at, end);
            continue;
        }
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')
            fail(xml, byte);
        const char *escape = escape_of(byte, in_attribute);
        if (escape) {
            nb_buffer_add(xml->buffer, written, (size_t)(at - written));
            nb_buffer_text(xml->buffer, escape);
            written = at + 1;
        }
        at++;
    }
    nb_buffer_add(xml->buffer, written, (size_t)(end - written));
}

size_t nb_xml_place(nb_xml *xml)
{
    end_start_tag(xml);
    return xml->buffer->length;
}

nb_string nb_xml_since(const nb_xml *xml, size_t place, nb_arena *arena)
{
    size_t length = xml->buffer->length - place;
    const char *copy = length ? nb_arena_copy(arena, xml->buffer->data + place, length) : "";
    return (nb_string){ copy, length };
}

void nb_xml_as_is(nb_xml *xml, nb_string content)
{
    assert(xml->depth > 0);
    end_start_tag(xml);
    nb_buffer_add(xml->buffer, content.data, content.length);
}

static void begin_attribute(nb_xml *xml, const char *name)
{
    assert(xml->in_tag);
    add_name(xml->buffer, NB_STRING(" "), name, NB_STRING("=\""));
}

void nb_xml_attribute(nb_xml *xml, const char *name, const char *value)
{
    nb_xml_attribute_string(xml, name, nb_string_of(value));
}

void nb_xml_attribute_string(nb_xml *xml, const char *name, nb_string value)
{
    begin_attribute(xml, name);
    add_escaped(xml, value, true);
    nb_buffer_byte(xml->buffer, '"');
}

void nb_xml_attribute_integer(nb_xml *xml, const char *name, int64_t value)
{
    begin_attribute(xml, name);
    nb_buffer_integer(xml->buffer, value);
    nb_buffer_byte(xml->buffer, '"');
}

void nb_xml_text(nb_xml *xml, nb_string text)
{
    assert(xml->depth > 0);
    end_start_tag(xml);
    add_escaped(xml, text, false);
}

void nb_xml_empty(nb_xml *xml, const char *name)
{
    nb_xml_open(xml, name);
    nb_xml_close(xml, name);
}

void nb_xml_element(nb_xml *xml, const char *name, nb_string text)
{
    nb_xml_open(xml, name);
    nb_xml_text(xml, text);
    nb_xml_close(xml, name);
}
