#include "text/font_program.h"

#include "pack/deflate.h"
#include "text/program_parts.h"
#include "text/subset.h"

/* Room for the head of a program with as many glyphs as there can be. */
enum { LARGEST_HEAD = 1024 * 1024, DENSE_LEVEL = 6 };

static nb_program_glyphs look_up(const nb_program_request *request, nb_glyph_store *store,
                                 nb_arena *arena)
{
    size_t count = (size_t)request->count + 1;
    nb_program_glyphs glyphs = { .count = request->count + 1 };
    glyphs.stored = NB_NEW_ARRAY(arena, const nb_stored_glyph *, count);
    glyphs.pieces = NB_NEW_ARRAY(arena, const nb_piece *, count);
    for (int i = 0; i < glyphs.count; i++) {
        glyphs.stored[i] = nb_glyph_store_lookup(store, i ? request->glyphs[i - 1] : 0, arena);
        glyphs.pieces[i] = &glyphs.stored[i]->piece;
        glyphs.length += glyphs.pieces[i]->length;
    }
    return glyphs;
}

static bool has_unknown(const nb_program_request *request, const nb_glyph_store *store)
{
    for (int i = 0; i < request->count; i++)
        if (request->glyphs[i] >= nb_glyph_store_count(store))
            return true;
    return false;
}

static bool has_composite(const nb_program_glyphs *glyphs)
{
    for (int i = 0; i < glyphs->count; i++)
        if (glyphs->stored[i]->is_composite)
            return true;
    return false;
}

/* The codes of a glyf program's glyphs; numbers NULL: they stand one after the other behind .notdef. */
static const uint16_t *codes_of(const uint32_t *numbers, int count, nb_arena *arena)
{
    uint16_t *codes = NB_NEW_ARRAY(arena, uint16_t, (size_t)count);
    for (int i = 0; i < count; i++)
        codes[i] = (uint16_t)(numbers ? numbers[i] : (uint32_t)i + 1);
    return codes;
}

static nb_status subset(const nb_program_request *request, nb_arena *arena, nb_findings *findings,
                        nb_font_program *out)
{
    nb_subset made;
    nb_status status =
        nb_subset_make(request->face, request->glyphs, request->count, arena, findings, &made);
    if (status != NB_OK)
        return status;
    nb_string stream = nb_deflater_zlib(nb_deflater_new(DENSE_LEVEL, NULL, arena), made.program);
    *out = (nb_font_program){ made.program.length, stream.length, .stream = stream };
    if (!request->codes)
        out->codes = codes_of(made.new_glyph, request->count, arena);
    return NB_OK;
}

nb_status nb_font_program_make(nb_program_request request, nb_arena *arena, nb_findings *findings,
                               nb_font_program *out)
{
    bool is_cff = nb_face_describe(request.face)->outlines == NB_OUTLINES_CFF;
    nb_glyph_store *store = nb_face_glyphs(request.face, arena);
    if (!nb_glyph_store_pays(store) || has_unknown(&request, store))
        return subset(&request, arena, findings, out);
    nb_program_glyphs glyphs = look_up(&request, store, arena);
    if (has_composite(&glyphs))
        return subset(&request, arena, findings, out);
    nb_buffer *head = nb_buffer_new(arena, LARGEST_HEAD);
    if (is_cff)
        nb_cff_program_head(head, &request, &glyphs);
    else
        nb_glyf_program_head(head, store, &glyphs);
    *out = (nb_font_program){ .length = head->length + glyphs.length };
    out->parts = (nb_joined){ nb_glyph_store_code(store),
                              { (const char *)head->data, head->length },
                              glyphs.pieces,
                              glyphs.count };
    out->stream_length = nb_pieces_joined_length(&out->parts);
    if (!is_cff)
        out->codes = codes_of(NULL, request.count, arena);
    return NB_OK;
}

void nb_font_program_write(const nb_font_program *program, nb_buffer *out)
{
    if (program->parts.code)
        nb_pieces_join(&program->parts, out);
    else
        nb_buffer_add(out, program->stream.data, program->stream.length);
}
