#include "text/subset.h"

#include "text/cff.h"
#include "text/face.h"
#include "text/shape.h"
#include <hb-subset.h>

typedef struct subsetting {
    const nb_face *face;
    const uint32_t *glyphs;
    int count;
    nb_arena *arena;
    nb_subset *out;
    /* HarfBuzz's, released at the end whichever way that comes. */
    hb_face_t *outlines; /* the face without the tables that are not kept */
    hb_subset_input_t *input;
    hb_subset_plan_t *plan;
    hb_face_t *program;
    hb_blob_t *bytes;
} subsetting;

static void release(subsetting *s)
{
    hb_blob_destroy(s->bytes);
    hb_face_destroy(s->program);
    hb_subset_plan_destroy(s->plan);
    hb_subset_input_destroy(s->input);
    hb_face_destroy(s->outlines);
}

/* PDF takes outlines from a font program; characters, layout and names it has from elsewhere. */
static bool is_kept(hb_tag_t table)
{
    switch (table) {
    case HB_TAG('C', 'F', 'F', ' '):
    case HB_TAG('g', 'l', 'y', 'f'):
    case HB_TAG('l', 'o', 'c', 'a'):
    case HB_TAG('h', 'e', 'a', 'd'):
    case HB_TAG('h', 'h', 'e', 'a'):
    case HB_TAG('h', 'm', 't', 'x'):
    case HB_TAG('m', 'a', 'x', 'p'):
        return true;
    default:
        return false;
    }
}

static hb_blob_t *reference_kept(hb_face_t *face, hb_tag_t table, void *whole)
{
    (void)face;
    return is_kept(table) ? hb_face_reference_table(whole, table) : NULL;
}

static bool run_subsetter(subsetting *s, hb_face_t *whole)
{
    s->input = hb_subset_input_create_or_fail();
    if (!s->input)
        return false;
    hb_subset_input_set_flags(s->input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *wanted = hb_subset_input_glyph_set(s->input);
    for (int i = 0; i < s->count; i++)
        hb_set_add(wanted, s->glyphs[i]);
    /* If they were only dropped, the tables of characters and layout would bring glyphs along. */
    s->outlines = hb_face_create_for_tables(reference_kept, whole, NULL);
    s->plan = hb_subset_plan_create_or_fail(s->outlines, s->input);
    s->program = s->plan ? hb_subset_plan_execute_or_fail(s->plan) : NULL;
    if (!s->program)
        return false;
    bool is_cff = nb_face_describe(s->face)->outlines == NB_OUTLINES_CFF;
    s->bytes = is_cff ? hb_face_reference_table(s->program, HB_TAG('C', 'F', 'F', ' '))
                      : hb_face_reference_blob(s->program);
    return hb_blob_get_length(s->bytes) > 0;
}

/* Replace the ids of a CID-keyed program's glyphs in cids by what its charset calls them. */
static bool apply_charset(subsetting *s, uint32_t *cids)
{
    nb_cff cff;
    if (!nb_cff_read(s->out->program, &cff))
        return false;
    if (!cff.is_cid_keyed)
        return true;
    uint32_t *charset = NB_NEW_ARRAY(s->arena, uint32_t, cff.glyph_count);
    if (!nb_cff_cids(&cff, charset))
        return false;
    for (int i = 0; i < s->count; i++) {
        if (cids[i] >= cff.glyph_count)
            return false;
        cids[i] = charset[cids[i]];
    }
    s->out->is_cid_keyed = true;
    return true;
}

static nb_status make(void *context)
{
    subsetting *s = context;
    nb_subset *out = s->out;
    hb_font_t *font = nb_face_font(s->face);
    if (!font || !run_subsetter(s, hb_font_get_face(font)))
        return NB_E_RESOURCE;
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(s->bytes, &length);
    out->program = (nb_string){ nb_arena_copy(s->arena, bytes, length), length };
    const hb_map_t *new_ids = hb_subset_plan_old_to_new_glyph_mapping(s->plan);
    uint32_t *new_glyph = NB_NEW_ARRAY(s->arena, uint32_t, (size_t)s->count);
    uint32_t *cid = NB_NEW_ARRAY(s->arena, uint32_t, (size_t)s->count);
    int32_t *advance = NB_NEW_ARRAY(s->arena, int32_t, (size_t)s->count);
    for (int i = 0; i < s->count; i++) {
        new_glyph[i] = cid[i] = hb_map_get(new_ids, s->glyphs[i]);
        if (new_glyph[i] == HB_MAP_VALUE_INVALID)
            return NB_E_RESOURCE;
        advance[i] = nb_face_advance(s->face, s->glyphs[i]);
    }
    out->new_glyph = new_glyph;
    out->cid = cid;
    out->advance = advance;
    bool is_cff = nb_face_describe(s->face)->outlines == NB_OUTLINES_CFF;
    return is_cff && !apply_charset(s, cid) ? NB_E_RESOURCE : NB_OK;
}

nb_status nb_subset_make(const nb_face *face, const uint32_t *glyphs, int count, nb_arena *arena,
                         nb_findings *findings, nb_subset *out)
{
    subsetting s = { .face = face, .glyphs = glyphs, .count = count, .arena = arena, .out = out };
    *out = (nb_subset){ 0 };
    nb_status status = nb_arena_run(arena, make, &s);
    release(&s);
    if (status == NB_E_RESOURCE) {
        const nb_face_info *info = nb_face_describe(face);
        nb_findings_add(
            findings, NB_ERROR, "FONT", (nb_place){ .file = info->file },
            NB_SAY(findings, "字体 %s 不能取子集", "no subset can be made of the font %s"),
            info->postscript_name);
    }
    return status;
}
