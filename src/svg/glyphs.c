#include "svg/glyphs.h"

#include "text/outline.h"

enum { LARGEST_PATH = 1 << 20 };

const char *nb_svg_glyph_id(const nb_face *face, uint32_t glyph, nb_arena *arena)
{
    return nb_arena_print(arena, "%s.%u", nb_face_describe(face)->postscript_name, glyph);
}

/* To the nearest whole font unit. */
static int whole(int fixed)
{
    return (fixed + (fixed < 0 ? -NB_OUTLINE_UNIT : NB_OUTLINE_UNIT) / 2) / NB_OUTLINE_UNIT;
}

static void write_points(nb_buffer *out, char command, const nb_segment *segment, int count)
{
    nb_buffer_byte(out, (unsigned char)command);
    for (int i = 0; i < count; i++) {
        if (i > 0)
            nb_buffer_byte(out, ' ');
        nb_buffer_integer(out, whole(segment->x[i]));
        nb_buffer_byte(out, ' ');
        nb_buffer_integer(out, whole(-segment->y[i]));
    }
}

static void write_path(nb_buffer *out, const nb_outline *outline)
{
    for (int i = 0; i < outline->count; i++) {
        const nb_segment *segment = &outline->segments[i];
        switch (segment->kind) {
        case NB_SEGMENT_MOVE:
            write_points(out, 'M', segment, 1);
            break;
        case NB_SEGMENT_LINE:
            write_points(out, 'L', segment, 1);
            break;
        case NB_SEGMENT_QUAD:
            write_points(out, 'Q', segment, 2);
            break;
        case NB_SEGMENT_CUBIC:
            write_points(out, 'C', segment, 3);
            break;
        case NB_SEGMENT_CLOSE:
            nb_buffer_byte(out, 'Z');
            break;
        }
    }
}

void nb_svg_write_glyph(nb_xml *xml, const nb_face *face, uint32_t glyph, nb_arena *arena)
{
    nb_outline outline = nb_glyph_outline(face, glyph, arena);
    nb_buffer *path = nb_buffer_new(arena, LARGEST_PATH);
    write_path(path, &outline);
    nb_xml_open(xml, "path");
    nb_xml_attribute(xml, "id", nb_svg_glyph_id(face, glyph, arena));
    nb_xml_attribute_string(xml, "d", (nb_string){ (const char *)path->data, path->length });
    nb_xml_close(xml, "path");
}
