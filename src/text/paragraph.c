#include "text/paragraph.h"

#include "text/characters.h"
#include "text/script.h"

typedef struct preparing {
    nb_paragraph *paragraph;
    const nb_source *sources;
    int source_count;
    nb_setting setting;
    const nb_fallback_listener *listener;
    nb_arena *arena;
    int portion_capacity;
} preparing;

static void join_sources(preparing *p)
{
    size_t length = 0;
    for (int i = 0; i < p->source_count; i++)
        length += p->sources[i].text.length;
    char *text = nb_arena_alloc(p->arena, length + 1);
    p->paragraph->text = (nb_string){ text, length };
    for (int i = 0; i < p->source_count; i++)
        if (p->sources[i].text.length) {
            memcpy(text, p->sources[i].text.data, p->sources[i].text.length);
            text += p->sources[i].text.length;
        }
}

static bool is_selector(uint32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Characters that draw nothing by themselves and take no face. */
static bool is_control(uint32_t c)
{
    return c == '\n' || c == 0x2060 || c == 0x200B;
}

static const nb_face *face_for(preparing *p, const nb_source *source, const nb_character *character,
                               int index)
{
    const nb_font_role *role = character->takes_latin_role ? source->latin_role : source->role;
    const nb_face *face = nb_font_role_face(role, character->code_point);
    if (face != role->faces[0] && p->listener)
        p->listener->told(p->listener->context, character->code_point, index, role, face);
    return face;
}

/*
 * Breaking around dashes and the like goes by UAX #14, whose classes keep pairs together and marks
 * off the line's start.
 */
static bool breaks_by_unicode(const nb_character *character, nb_script script)
{
    return script == NB_SCRIPT_LATIN || nb_is_connector(character->code_point);
}

static bool continues(const nb_portion *a, const nb_portion *b)
{
    return a->script == b->script && a->rules == b->rules && a->source == b->source &&
           a->face == b->face && a->face;
}

static void add_character(preparing *p, nb_character character, nb_portion wanted)
{
    nb_paragraph *paragraph = p->paragraph;
    nb_portion *last =
        paragraph->portion_count ? &paragraph->portions[paragraph->portion_count - 1] : NULL;
    bool same_role = last && paragraph->characters[paragraph->count - 1].takes_latin_role ==
                                 character.takes_latin_role;
    if (!last || !same_role || !continues(last, &wanted)) {
        wanted.first = paragraph->count;
        NB_GROW(p->arena, paragraph->portions, paragraph->portion_count, &p->portion_capacity);
        paragraph->portions[paragraph->portion_count++] = wanted;
        last = &paragraph->portions[paragraph->portion_count - 1];
    }
    character.portion = paragraph->portion_count - 1;
    character.tracking = paragraph->tracking_twips;
    paragraph->characters[paragraph->count++] = character;
    last->end = paragraph->count;
}

/* The character at an offset of the text, 0 at its end. */
static uint32_t character_at(nb_string text, const char *at)
{
    const char *end = text.data + text.length;
    return at < end ? nb_utf8_next(&at, end) : 0;
}

/* How many characters there can be with the joiners that some bring along. */
static size_t most_characters(nb_string text)
{
    size_t count = 0;
    const char *end = text.data + text.length;
    for (const char *at = text.data; at < end;)
        count += nb_takes_joiner(' ', nb_utf8_next(&at, end), ' ') ? 2 : 1;
    return count;
}

static void split_into_portions(preparing *p)
{
    nb_paragraph *paragraph = p->paragraph;
    paragraph->characters =
        nb_arena_room(p->arena, most_characters(paragraph->text) * sizeof(nb_character));
    const char *at = paragraph->text.data;
    nb_script script = NB_SCRIPT_LATIN;
    uint32_t before = 0;
    int index = 0;
    const nb_face *face = NULL;
    for (int i = 0; i < p->source_count; i++) {
        const char *end = at + p->sources[i].text.length;
        while (at < end) {
            nb_character character = { .offset = (uint32_t)(at - paragraph->text.data),
                                       .glyph = -1 };
            uint32_t c = character.code_point = nb_utf8_next(&at, end);
            script = nb_script_after(c, script);
            character.takes_latin_role = nb_is_latin_run(c);
            if (!is_selector(c) || !face)
                face = is_control(c) ? NULL : face_for(p, &p->sources[i], &character, index);
            nb_portion portion = { .script = script, .source = i, .face = face };
            portion.rules =
                breaks_by_unicode(&character, script) ? NB_BREAK_UNICODE : NB_BREAK_CHINESE;
            if (nb_takes_joiner(before, c, character_at(paragraph->text, at))) {
                nb_portion joiner = portion;
                joiner.face = NULL;
                add_character(p,
                              (nb_character){ .code_point = 0x2060,
                                              .offset = character.offset,
                                              .glyph = -1,
                                              .is_joiner = true },
                              joiner);
            }
            add_character(p, character, portion);
            before = c;
            index++;
        }
    }
}

/* By which the advances of a face become units. */
typedef struct unit_scale {
    int64_t size; /* of the paragraph's characters, in units */
    int64_t upem;
} unit_scale;

static unit_scale scale_for(const nb_paragraph *paragraph, const nb_face *face)
{
    return (unit_scale){ (int64_t)paragraph->size * NB_UNITS_PER_TWIP / NB_TWIP * paragraph->scale /
                             100,
                         nb_face_describe(face)->upem };
}

/* Units of a glyph's advance, as the reference device rounds it. */
static int32_t units_of(unit_scale scale, int32_t advance)
{
    return (int32_t)((advance * scale.size * 2 + scale.upem) / (scale.upem * 2));
}

static uint32_t end_offset(const nb_paragraph *paragraph, int end)
{
    return end < paragraph->count ? paragraph->characters[end].offset
                                  : (uint32_t)paragraph->text.length;
}

/* Give the characters of one portion their glyphs and widths. */
static void assign_glyphs(nb_paragraph *paragraph, const nb_portion *portion,
                          const nb_glyph *glyphs, int first_glyph, int count)
{
    int character = portion->first;
    unit_scale scale = scale_for(paragraph, portion->face);
    for (int i = 0; i < count;) {
        uint32_t cluster = glyphs[i].cluster;
        int same = 1;
        int32_t units = units_of(scale, glyphs[i].advance);
        for (; i + same < count && glyphs[i + same].cluster == cluster; same++)
            units += units_of(scale, glyphs[i + same].advance);
        uint32_t cluster_end =
            i + same < count ? glyphs[i + same].cluster : end_offset(paragraph, portion->end);
        int end = character;
        while (end < portion->end && paragraph->characters[end].offset < cluster_end)
            end++;
        for (int k = character; k < end; k++) {
            int32_t share = (k - character + 1) * units / (end - character) -
                            (k - character) * units / (end - character);
            paragraph->characters[k].units = share;
        }
        if (end > character) {
            paragraph->characters[character].glyph = first_glyph + i;
            paragraph->characters[character].glyph_count = same;
        }
        character = end;
        i += same;
    }
}

static void shape_portions(preparing *p)
{
    nb_paragraph *paragraph = p->paragraph;
    int count = 0, capacity = paragraph->count;
    paragraph->glyphs = nb_arena_room(p->arena, (size_t)capacity * sizeof(nb_glyph));
    for (int i = 0; i < paragraph->portion_count; i++) {
        nb_portion *portion = &paragraph->portions[i];
        if (!portion->face)
            continue;
        uint32_t from = paragraph->characters[portion->first].offset;
        uint32_t to = end_offset(paragraph, portion->end);
        nb_glyph *glyphs;
        int added;
        nb_shape(portion->face, (nb_string){ paragraph->text.data + from, to - from },
                 p->setting.vertical, p->arena, &glyphs, &added);
        if (count + added > capacity) {
            capacity = (count + added) * 2;
            nb_glyph *grown = NB_NEW_ARRAY(p->arena, nb_glyph, (size_t)capacity);
            memcpy(grown, paragraph->glyphs, (size_t)count * sizeof *grown);
            paragraph->glyphs = grown;
        }
        for (int k = 0; k < added; k++) {
            glyphs[k].cluster += from;
            paragraph->glyphs[count + k] = glyphs[k];
        }
        assign_glyphs(paragraph, portion, glyphs, count, added);
        count += added;
    }
}

static void find_gaps(nb_paragraph *paragraph)
{
    for (int i = 1; i < paragraph->portion_count; i++) {
        nb_portion *portion = &paragraph->portions[i];
        const nb_portion *before = portion - 1;
        uint32_t left = paragraph->characters[before->end - 1].code_point;
        uint32_t right = paragraph->characters[portion->first].code_point;
        /*
         * Word processors ask this of UTF-16 units, so a character beyond the BMP is no letter on
         * its right side.
         */
        portion->gap_before = before->script != portion->script && left <= 0xFFFF &&
                              nb_is_letter_or_number(left) && nb_is_letter_or_number(right);
    }
}

nb_paragraph *nb_paragraph_new(const nb_source *sources, int source_count, nb_setting setting,
                               const nb_fallback_listener *listener, nb_arena *arena)
{
    preparing p = {
        NB_NEW(arena, nb_paragraph), sources, source_count, setting, listener, arena, 0
    };
    p.paragraph->size = setting.size;
    p.paragraph->scale = setting.scale;
    p.paragraph->tracking_twips = nb_twips(setting.tracking);
    p.paragraph->gap_twips =
        nb_twips((nb_length)((int64_t)setting.size * setting.gap_per_mille / 1000));
    join_sources(&p);
    split_into_portions(&p);
    shape_portions(&p);
    find_gaps(p.paragraph);
    return p.paragraph;
}

int nb_piece_end(const nb_paragraph *paragraph, int at, int end)
{
    const nb_character *characters = paragraph->characters;
    int stop = at + 1;
    while (stop < end && characters[stop].portion == characters[at].portion &&
           characters[stop].tracking == characters[at].tracking)
        stop++;
    return stop;
}

int nb_piece_width(const nb_paragraph *paragraph, int first, int end, int tracking)
{
    int32_t units = 0;
    int spaced = -1; /* the last character gets no tracking */
    for (int i = first; i < end; i++) {
        units += paragraph->characters[i].units;
        spaced += paragraph->characters[i].units != 0;
    }
    int width = (units + NB_UNITS_PER_TWIP / 2) / NB_UNITS_PER_TWIP;
    return spaced > 0 ? width + spaced * tracking : width;
}
