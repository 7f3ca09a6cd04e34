#include "html/markup.h"

#include <assert.h>

/* Adding a text, even an empty one, ends the start tag. */
static void end_start_tag(nb_xml *xml)
{
    nb_xml_text(xml, NB_STRING(""));
}

void nb_html_close(nb_xml *xml, const char *name)
{
    end_start_tag(xml);
    nb_xml_close(xml, name);
}

void nb_html_end_void(nb_xml *xml, const char *name)
{
    assert(xml->in_tag && strcmp(xml->open[xml->depth - 1], name) == 0);
    (void)name;
    end_start_tag(xml);
    xml->depth--;
}

void nb_html_element(nb_xml *xml, const char *name, nb_string text)
{
    nb_xml_open(xml, name);
    nb_xml_text(xml, text);
    nb_html_close(xml, name);
}

void nb_html_raw(nb_xml *xml, nb_string bytes)
{
    end_start_tag(xml);
    nb_buffer_add(xml->buffer, bytes.data, bytes.length);
}

void nb_html_newline(nb_xml *xml)
{
    nb_html_raw(xml, NB_STRING("\n"));
}

static bool is_name_byte(unsigned char byte)
{
    return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') ||
           (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

const char *nb_html_name(nb_arena *arena, const char *prefix, const char *name)
{
    char *out = nb_arena_print(arena, "%s%s", prefix, name);
    for (char *at = out + strlen(prefix); *at; at++)
        if (!is_name_byte((unsigned char)*at))
            *at = '-';
    return out;
}
