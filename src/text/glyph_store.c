#include "text/glyph_store.h"

#include "base/buffer.h"
#include "pack/deflate.h"
#include "text/charstring.h"
#include "text/shape.h"
#include <assert.h>
#include <stdlib.h>

enum {
    SAMPLED_LETTERS = 6,
    SAMPLED_HANZI = 16,
    FIRST_HANZI = 0x4E00,
    LAST_HANZI = 0x9FA5,
    HEAD_BYTES = 10 /* of a glyf record */
};

static const hb_tag_t kept_tables[] = { HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
                                        HB_TAG('h', 'm', 't', 'x'), HB_TAG('h', 'h', 'e', 'a'),
                                        HB_TAG('h', 'e', 'a', 'd'), HB_TAG('m', 'a', 'x', 'p') };
enum { KEPT_TABLES = sizeof kept_tables / sizeof kept_tables[0] };

struct nb_glyph_store {
    const nb_face *face;
    bool is_cff, pays;
    nb_piece_code code;
    hb_blob_t *tables[KEPT_TABLES]; /* of a glyf face */
    uint32_t glyph_count;
    _Atomic(nb_stored_glyph *) *glyphs; /* by id; NULL until asked for */
};

/* A record that is not encoded yet. */
typedef struct record {
    nb_string bytes;
    bool is_composite;
} record;

static uint32_t number_at(nb_string table, size_t offset, unsigned size)
{
    uint32_t number = 0;
    if (offset > table.length || table.length - offset < size)
        return 0;
    for (unsigned i = 0; i < size; i++)
        number = number << 8 | (unsigned char)table.data[offset + i];
    return number;
}

nb_string nb_glyph_store_table(const nb_glyph_store *store, hb_tag_t tag)
{
    unsigned length = 0;
    for (int i = 0; i < KEPT_TABLES; i++) {
        if (kept_tables[i] != tag)
            continue;
        const char *data = hb_blob_get_data(store->tables[i], &length);
        return (nb_string){ data, length };
    }
    return (nb_string){ 0 };
}

static record draw_charstring(const nb_glyph_store *store, uint32_t glyph, nb_arena *arena)
{
    nb_outline outline = nb_glyph_outline(store->face, glyph, arena);
    nb_charstring_width width = { nb_face_advance(store->face, glyph),
                                  nb_face_describe(store->face)->upem };
    return (record){ .bytes = nb_charstring_write(&outline, width, arena) };
}

/* A glyph's entry in the glyf table: ISO/IEC 14496-22, 5.3.3 and 5.3.4. Empty for a blank. */
static nb_string glyf_entry(const nb_glyph_store *store, uint32_t glyph)
{
    nb_string loca = nb_glyph_store_table(store, HB_TAG('l', 'o', 'c', 'a'));
    nb_string glyf = nb_glyph_store_table(store, HB_TAG('g', 'l', 'y', 'f'));
    nb_string head = nb_glyph_store_table(store, HB_TAG('h', 'e', 'a', 'd'));
    bool is_long = number_at(head, 50, 2) != 0;
    unsigned size = is_long ? 4 : 2, unit = is_long ? 1 : 2;
    size_t start = (size_t)number_at(loca, (size_t)glyph * size, size) * unit;
    size_t end = (size_t)number_at(loca, ((size_t)glyph + 1) * size, size) * unit;
    if (start >= end || end > glyf.length || end - start < HEAD_BYTES)
        return (nb_string){ 0 };
    return (nb_string){ glyf.data + start, end - start };
}

/*
 * The instructions stand between the contours' ends and the points. Padding that the file has
 * after the points stays.
 */
static record copy_entry(const nb_glyph_store *store, uint32_t glyph, nb_arena *arena)
{
    nb_string entry = glyf_entry(store, glyph);
    int contours = (int16_t)number_at(entry, 0, 2);
    size_t before = entry.length, skipped = 0;
    if (entry.length && contours >= 0) {
        size_t ends = HEAD_BYTES + 2 * (size_t)contours;
        skipped = number_at(entry, ends, 2);
        before = ends;
        if (entry.length < ends + 2 + skipped)
            before = entry.length = skipped = 0; /* a damaged glyph draws nothing */
    }
    bool is_simple = before < entry.length;
    size_t length = (entry.length - skipped + 3) / 4 * 4;
    char *bytes = nb_arena_alloc(arena, length);
    if (before)
        memcpy(bytes, entry.data, before);
    if (is_simple) /* a length of no instructions, which is zero already, and what follows them */
        memcpy(bytes + before + 2, entry.data + before + 2 + skipped,
               entry.length - before - 2 - skipped);
    return (record){ { bytes, length }, entry.length && contours < 0 };
}

static record make_record(const nb_glyph_store *store, uint32_t glyph, nb_arena *arena)
{
    return store->is_cff ? draw_charstring(store, glyph, arena) : copy_entry(store, glyph, arena);
}

/* The left side bearing: ISO/IEC 14496-22, 5.2.4. */
static int32_t bearing(const nb_glyph_store *store, uint32_t glyph)
{
    nb_string hmtx = nb_glyph_store_table(store, HB_TAG('h', 'm', 't', 'x'));
    uint32_t metrics = number_at(nb_glyph_store_table(store, HB_TAG('h', 'h', 'e', 'a')), 34, 2);
    size_t at = glyph < metrics ? 4 * (size_t)glyph + 2 : 2 * ((size_t)metrics + glyph);
    return (int16_t)number_at(hmtx, at, 2);
}

static nb_stored_glyph *encode(const nb_glyph_store *store, uint32_t glyph, nb_arena *scratch)
{
    record raw = make_record(store, glyph, scratch);
    size_t words = nb_piece_word_count(&store->code, raw.bytes);
    nb_stored_glyph *stored = malloc(sizeof *stored + words * sizeof(uint64_t));
    if (!stored)
        nb_arena_fail(scratch);
    *stored = (nb_stored_glyph){
        .piece = nb_piece_encode(&store->code, raw.bytes, (uint64_t *)(stored + 1)),
        .advance = nb_face_advance(store->face, glyph),
        .is_composite = raw.is_composite,
    };
    if (!store->is_cff) {
        stored->bearing = bearing(store, glyph);
        for (size_t at = 0; at < raw.bytes.length; at += 4)
            stored->checksum += number_at(raw.bytes, at, 4);
    }
    return stored;
}

const nb_stored_glyph *nb_glyph_store_lookup(nb_glyph_store *store, uint32_t glyph,
                                             nb_arena *scratch)
{
    assert(glyph < store->glyph_count);
    nb_stored_glyph *there = atomic_load_explicit(&store->glyphs[glyph], memory_order_acquire);
    if (there)
        return there;
    nb_stored_glyph *mine = encode(store, glyph, scratch);
    if (atomic_compare_exchange_strong_explicit(&store->glyphs[glyph], &there, mine,
                                                memory_order_acq_rel, memory_order_acquire))
        return mine;
    free(mine);
    return there;
}

/* Letters, and hanzi from all over the first block. A face may lack some, or all. */
static uint32_t sampled_character(int index)
{
    if (index < SAMPLED_LETTERS)
        return (index % 2 ? 'a' : 'A') + (uint32_t)index;
    uint32_t step = (LAST_HANZI - FIRST_HANZI) / SAMPLED_HANZI;
    return FIRST_HANZI + (uint32_t)(index - SAMPLED_LETTERS) * step;
}

/* How much smaller compressing the whole may be before pieces no longer pay, in percent. */
enum { WORTH_PERCENT = 15, DENSE_LEVEL = 6, LARGEST_SAMPLE = 1 << 24 };

static void prepare(nb_glyph_store *store, nb_arena *scratch)
{
    nb_buffer *sample = nb_buffer_new(scratch, LARGEST_SAMPLE);
    uint32_t frequencies[256] = { 0 };
    for (int i = 0; i < SAMPLED_LETTERS + SAMPLED_HANZI; i++) {
        hb_codepoint_t glyph;
        if (!hb_font_get_nominal_glyph(nb_face_font(store->face), sampled_character(i), &glyph))
            continue;
        record raw = make_record(store, glyph, scratch);
        nb_buffer_add(sample, raw.bytes.data, raw.bytes.length);
    }
    for (size_t i = 0; i < sample->length; i++)
        frequencies[sample->data[i]]++;
    nb_piece_code_make(frequencies, &store->code);
    store->pays = true;
    if (store->is_cff)
        return;
    nb_string bytes = { (const char *)sample->data, sample->length };
    size_t pieces = nb_piece_word_count(&store->code, bytes) * sizeof(uint64_t);
    size_t whole = nb_deflater_raw(nb_deflater_new(DENSE_LEVEL, NULL, scratch), bytes).length;
    store->pays = pieces * 100 <= whole * (100 + WORTH_PERCENT);
}

typedef struct making {
    nb_glyph_store *store;
    const nb_face *face;
    nb_arena *scratch;
} making;

static nb_status make(void *context)
{
    making *m = context;
    nb_glyph_store *store = m->store;
    hb_face_t *source = hb_font_get_face(nb_face_font(m->face));
    store->face = m->face;
    store->is_cff = nb_face_describe(m->face)->outlines == NB_OUTLINES_CFF;
    store->glyph_count = hb_face_get_glyph_count(source);
    store->glyphs = calloc((size_t)store->glyph_count + 1, sizeof *store->glyphs);
    if (!store->glyphs)
        return NB_E_MEMORY;
    for (int i = 0; i < KEPT_TABLES && !store->is_cff; i++)
        store->tables[i] = hb_face_reference_table(source, kept_tables[i]);
    prepare(store, m->scratch);
    return NB_OK;
}

nb_glyph_store *nb_glyph_store_new(const nb_face *face, nb_arena *scratch)
{
    making m = { calloc(1, sizeof *m.store), face, scratch };
    if (m.store && nb_arena_run(scratch, make, &m) == NB_OK)
        return m.store;
    nb_glyph_store_drop(m.store);
    nb_arena_fail(scratch);
}

void nb_glyph_store_drop(nb_glyph_store *store)
{
    if (!store)
        return;
    for (uint32_t i = 0; store->glyphs && i < store->glyph_count; i++)
        free(store->glyphs[i]);
    for (int i = 0; i < KEPT_TABLES; i++)
        hb_blob_destroy(store->tables[i]);
    free(store->glyphs);
    free(store);
}

const nb_piece_code *nb_glyph_store_code(const nb_glyph_store *store)
{
    return &store->code;
}

uint32_t nb_glyph_store_count(const nb_glyph_store *store)
{
    return store->glyph_count;
}

bool nb_glyph_store_pays(const nb_glyph_store *store)
{
    return store->pays;
}
