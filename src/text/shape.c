#include "text/shape.h"

#include "text/face.h"
#include <assert.h>
#include <hb.h>
#include <limits.h>

typedef struct shaping {
    nb_arena *arena;
    nb_string text;
    hb_buffer_t *buffer;
    nb_glyph *glyphs; /* out */
    int count;        /* out */
} shaping;

/* Chinese characters and marks begin at U+2E80; a run without any has its rules under Latin. */
static hb_script_t guess_script(nb_string text)
{
    const char *end = text.data + text.length;
    for (const char *at = text.data; at < end;) {
        uint32_t code_point = nb_utf8_next(&at, end);
        if (code_point >= 0x2E80 && code_point != NB_UTF8_INVALID)
            return HB_SCRIPT_HAN;
    }
    return HB_SCRIPT_LATIN;
}

static bool is_variation_selector(nb_string text, uint32_t offset)
{
    const char *at = text.data + offset;
    uint32_t code_point = nb_utf8_next(&at, text.data + text.length);
    return (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
           (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

static nb_status take_glyphs(void *context)
{
    shaping *s = context;
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(s->buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(s->buffer, &count);
    s->glyphs = NB_NEW_ARRAY(s->arena, nb_glyph, count);
    for (unsigned i = 0; i < count; i++) {
        /*
         * A variation that the face does not have leaves its selector behind as a hidden glyph. It
         * is dropped, so that the selector's bytes fall to the character it belongs to.
         */
        if (s->count > 0 && is_variation_selector(s->text, infos[i].cluster))
            continue;
        s->glyphs[s->count++] = (nb_glyph){
            .id = infos[i].codepoint,
            .cluster = infos[i].cluster,
            .advance = positions[i].x_advance,
        };
    }
    return NB_OK;
}

void nb_shape(const nb_face *face, nb_string text, bool vertical, nb_arena *arena,
              nb_glyph **glyphs, int *count)
{
    const hb_feature_t features[] = {
        { HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
        { HB_TAG('v', 'e', 'r', 't'), vertical, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
    };
    hb_font_t *font = nb_face_font(face);
    assert(font && text.length < INT_MAX);
    shaping s = { .arena = arena, .text = text, .buffer = hb_buffer_create() };
    hb_buffer_set_cluster_level(s.buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_direction(s.buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(s.buffer, guess_script(text));
    hb_buffer_set_language(s.buffer, hb_language_from_string(NB_TEXT_LANGUAGE, -1));
    hb_buffer_add_utf8(s.buffer, text.data, (int)text.length, 0, (int)text.length);
    hb_shape(font, s.buffer, features, 2);
    nb_status status = NB_E_MEMORY;
    if (hb_buffer_allocation_successful(s.buffer))
        status = nb_arena_run(arena, take_glyphs, &s);
    hb_buffer_destroy(s.buffer);
    if (status != NB_OK)
        nb_arena_fail(arena);
    *glyphs = s.glyphs;
    *count = s.count;
}

int nb_face_advance(const nb_face *face, uint32_t glyph)
{
    hb_font_t *font = nb_face_font(face);
    return font ? hb_font_get_glyph_h_advance(font, glyph) : 0;
}
