#include "text/face.h"

#include "text/character_table.h"
#include "text/glyph_store.h"
#include "text/names.h"
#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

#define CFF HB_TAG('C', 'F', 'F', ' ')
#define GLYF HB_TAG('g', 'l', 'y', 'f')
#define HEAD HB_TAG('h', 'e', 'a', 'd')
#define OS2 HB_TAG('O', 'S', '/', '2')
#define POST HB_TAG('p', 'o', 's', 't')

/*
 * All of it is one thread's until it is put into the face, and constant after; but for what the
 * characters and glyphs gather.
 */
struct nb_opened_face {
    nb_face_info info;
    char *postscript_name, *family, *licence; /* what info's strings point at; each may be NULL */
    hb_font_t *font;                          /* NULL: the face cannot be used */
    nb_character_table *characters;           /* there when the font is */
    _Atomic(nb_glyph_store *) glyphs;         /* NULL until asked for */
};

static void close_opened(nb_opened_face *opened)
{
    if (!opened)
        return;
    nb_glyph_store_drop(opened->glyphs);
    nb_character_table_drop(opened->characters);
    hb_font_destroy(opened->font);
    free(opened->postscript_name);
    free(opened->family);
    free(opened->licence);
    free(opened);
}

/* A big-endian number of at most 4 bytes in a table; 0 when the table is not that long. */
static uint32_t table_number(hb_face_t *face, hb_tag_t table, unsigned offset, unsigned size)
{
    unsigned length = 0;
    hb_blob_t *blob = hb_face_reference_table(face, table);
    const unsigned char *data = (const unsigned char *)hb_blob_get_data(blob, &length);
    uint32_t number = 0;
    if (length >= offset + size)
        for (unsigned i = 0; i < size; i++)
            number = number << 8 | data[offset + i];
    hb_blob_destroy(blob);
    return number;
}

static bool has_table(hb_face_t *face, hb_tag_t table)
{
    hb_blob_t *blob = hb_face_reference_table(face, table);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

/*
 * OS/2 fsType: bits 0–3 say how it may be embedded, and restricted (2) binds only when no freer
 * one is set; 0x100 forbids subsets, 0x200 outlines. A font without OS/2 asks for nothing.
 */
static bool may_embed(hb_face_t *face)
{
    uint32_t type = table_number(face, OS2, 8, 2);
    return (type & 0xF) != 2 && !(type & 0x300);
}

/*
 * OS/2 family classes 1 to 5 and 7 are serif, the others not. A font without a class may say it in
 * PANOSE: text faces with the styles 2 to 10.
 */
static bool is_serif(hb_face_t *face)
{
    uint32_t family = table_number(face, OS2, 30, 1);
    uint32_t kind = table_number(face, OS2, 32, 1);
    uint32_t style = table_number(face, OS2, 33, 1);
    if (family != 0)
        return family <= 7 && family != 6;
    return kind == 2 && style >= 2 && style <= 10;
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int missing)
{
    hb_position_t value = 0;
    return hb_ot_metrics_get_position(font, tag, &value) && value != 0 ? value : missing;
}

static void measure(hb_font_t *font, nb_face_info *info)
{
    hb_face_t *face = hb_font_get_face(font);
    info->upem = (int)hb_face_get_upem(face);
    info->ascent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, info->upem * 4 / 5);
    info->descent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -info->upem / 5);
    info->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, info->ascent);
    /* A 16.16 fixed number, of which the whole degrees are asked for. */
    info->italic_angle = (int16_t)table_number(face, POST, 4, 2);
    for (unsigned i = 0; i < 4; i++)
        info->box[i] = (int16_t)table_number(face, HEAD, 36 + 2 * i, 2);
}

static const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

/* False when memory ran out. */
static bool read_names(nb_opened_face *opened, hb_face_t *face)
{
    if (!nb_name_read(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, &opened->postscript_name) ||
        !nb_name_read(face, HB_OT_NAME_ID_FONT_FAMILY, &opened->family) ||
        !nb_name_read(face, HB_OT_NAME_ID_LICENSE, &opened->licence))
        return false;
    return opened->licence || nb_name_read(face, HB_OT_NAME_ID_LICENSE_URL, &opened->licence);
}

static void describe(nb_opened_face *opened, hb_face_t *face)
{
    nb_face_info *info = &opened->info;
    info->postscript_name = text_or_empty(opened->postscript_name);
    info->family = text_or_empty(opened->family);
    info->licence = text_or_empty(opened->licence);
    info->index = (int)hb_face_get_index(face);
    info->outlines = has_table(face, CFF) ? NB_OUTLINES_CFF : NB_OUTLINES_GLYF;
    info->may_embed = may_embed(face);
    info->bold = (table_number(face, HEAD, 44, 2) & 1) != 0;
    info->serif = is_serif(face);
}

/* False when memory ran out. */
static bool take_face(nb_opened_face *opened, hb_face_t *face)
{
    int upem = (int)hb_face_get_upem(face);
    if (!read_names(opened, face))
        return false;
    describe(opened, face);
    hb_face_make_immutable(face);
    opened->font = hb_font_create(face);
    hb_font_set_scale(opened->font, upem, upem);
    measure(opened->font, &opened->info);
    hb_font_make_immutable(opened->font);
    opened->characters = nb_character_table_new(opened->font);
    return opened->characters != NULL;
}

/* NULL only when memory ran out: a file that is of no use gives an opened face without font. */
static nb_opened_face *open_file(const nb_face *face)
{
    nb_opened_face *opened = calloc(1, sizeof *opened);
    if (!opened)
        return NULL;
    opened->info = (nb_face_info){
        .postscript_name = "", .family = "", .file = face->file, .licence = "", .upem = 1000
    };
    hb_face_t *found = nb_font_file_open(face->file, face->name);
    bool has_memory =
        !found || !(has_table(found, CFF) || has_table(found, GLYF)) || take_face(opened, found);
    hb_face_destroy(found);
    if (!has_memory) {
        close_opened(opened);
        return NULL;
    }
    return opened;
}

static nb_opened_face *open_face(const nb_face *face)
{
    nb_opened_face *opened = atomic_load_explicit(face->opened, memory_order_acquire);
    if (opened)
        return opened;
    nb_opened_face *mine = open_file(face);
    if (!mine)
        return NULL;
    if (atomic_compare_exchange_strong_explicit(face->opened, &opened, mine, memory_order_acq_rel,
                                                memory_order_acquire))
        return mine;
    close_opened(mine);
    return opened;
}

nb_face *nb_face_new(nb_arena *arena, const char *file, const char *name)
{
    nb_face *face = NB_NEW(arena, nb_face);
    face->file = nb_arena_copy(arena, file, strlen(file));
    face->name = nb_arena_copy(arena, name, strlen(name));
    face->opened = NB_NEW(arena, nb_face_slot);
    return face;
}

void nb_face_close(nb_face *face)
{
    close_opened(atomic_exchange(face->opened, NULL));
}

void nb_face_need(const nb_face *face, nb_arena *arena)
{
    if (!open_face(face))
        nb_arena_fail(arena);
}

hb_font_t *nb_face_font(const nb_face *face)
{
    const nb_opened_face *opened = open_face(face);
    return opened ? opened->font : NULL;
}

nb_glyph_store *nb_face_glyphs(const nb_face *face, nb_arena *scratch)
{
    nb_opened_face *opened = open_face(face);
    if (!opened)
        nb_arena_fail(scratch);
    nb_glyph_store *there = atomic_load_explicit(&opened->glyphs, memory_order_acquire);
    if (there)
        return there;
    nb_glyph_store *mine = nb_glyph_store_new(face, scratch);
    if (atomic_compare_exchange_strong_explicit(&opened->glyphs, &there, mine, memory_order_acq_rel,
                                                memory_order_acquire))
        return mine;
    nb_glyph_store_drop(mine);
    return there;
}

const nb_face_info *nb_face_describe(const nb_face *face)
{
    static const nb_face_info nothing = {
        .postscript_name = "", .family = "", .file = "", .licence = "", .upem = 1000
    };
    const nb_opened_face *opened = open_face(face);
    return opened ? &opened->info : &nothing;
}

bool nb_face_draws(const nb_face *face, uint32_t code_point)
{
    const nb_opened_face *opened = open_face(face);
    return opened && opened->font &&
           nb_character_table_lookup(opened->characters, code_point).draws;
}

nb_character_table *nb_face_characters(const nb_face *face)
{
    const nb_opened_face *opened = open_face(face);
    return opened ? opened->characters : NULL;
}
