#include "text/paragraph.h"

#include "text/characters.h"
#include "text/face.h"
#include "text/paragraph_glyphs.h"
#include "text/script.h"

typedef struct preparing {
    nb_paragraph *paragraph;
    const nb_source *sources;
    int source_count;
    nb_setting setting;
    const nb_fallback_listener *listener;
    nb_arena *arena;
    int capacity, portion_capacity;
    int marks;                 /* combining ones in a row, to the last character */
    nb_table_character *found; /* per character of the paragraph */
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
                               int index, nb_table_character *found)
{
    const nb_font_role *role = character->takes_latin_role ? source->latin_role : source->role;
    nb_character_table *table = nb_face_characters(role->faces[0]);
    const nb_face *face = role->faces[0];
    if (table)
        *found = nb_character_table_lookup(table, character->code_point);
    if (table && found->draws)
        return face;
    face = nb_font_role_face(role, character->code_point, p->arena);
    *found = (nb_table_character){ 0 };
    if (face)
        *found = nb_character_table_lookup(nb_face_characters(face), character->code_point);
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

enum { MOST_MARKS = 64 /* on one character, in one go; shapers take time by their square */ };

/* For that many characters. */
static void make_room(preparing *p, int capacity)
{
    nb_paragraph *paragraph = p->paragraph;
    size_t used = (size_t)paragraph->count, most = (size_t)capacity;
    paragraph->characters = nb_arena_regrow(
        p->arena, paragraph->characters, used * sizeof(nb_character), most * sizeof(nb_character));
    p->found = nb_arena_regrow(p->arena, p->found, used * sizeof(nb_table_character),
                               most * sizeof(nb_table_character));
    p->capacity = capacity;
}

static void begin_portion(preparing *p, nb_portion wanted)
{
    nb_paragraph *paragraph = p->paragraph;
    wanted.first = paragraph->count;
    wanted.is_plain = true;
    NB_GROW(p->arena, paragraph->portions, paragraph->portion_count, &p->portion_capacity);
    paragraph->portions[paragraph->portion_count++] = wanted;
}

/* Whether the next character goes on the last portion. */
static bool goes_on(const preparing *p, const nb_character *next, const nb_portion *wanted)
{
    const nb_paragraph *paragraph = p->paragraph;
    if (paragraph->portion_count == 0 || (p->marks && p->marks % MOST_MARKS == 0))
        return false;
    return paragraph->characters[paragraph->count - 1].takes_latin_role == next->takes_latin_role &&
           continues(&paragraph->portions[paragraph->portion_count - 1], wanted);
}

static void add_character(preparing *p, const nb_character *character, const nb_portion *wanted,
                          nb_table_character found)
{
    nb_paragraph *paragraph = p->paragraph;
    if (!goes_on(p, character, wanted))
        begin_portion(p, *wanted);
    if (paragraph->count == p->capacity)
        make_room(p, p->capacity * 2);
    p->found[paragraph->count] = found;
    nb_character *added = &paragraph->characters[paragraph->count++];
    *added = *character;
    added->portion = paragraph->portion_count - 1;
    added->tracking = paragraph->tracking_twips;
    nb_portion *portion = &paragraph->portions[added->portion];
    portion->is_plain = portion->is_plain && found.is_plain;
    portion->end = paragraph->count;
}

/* The character at an offset of the text, 0 at its end. */
static uint32_t character_at(nb_string text, const char *at)
{
    const char *end = text.data + text.length;
    return at < end ? nb_utf8_next(&at, end) : 0;
}

/* Of a character by itself: its script, rules and roles. */
static nb_portion portion_of(nb_character *character, nb_script before)
{
    uint32_t c = character->code_point;
    if (nb_is_hanzi(c))
        return (nb_portion){ .script = NB_SCRIPT_ASIAN, .rules = NB_BREAK_CHINESE };
    nb_portion portion = { .script = nb_script_after(c, before) };
    portion.rules =
        breaks_by_unicode(character, portion.script) ? NB_BREAK_UNICODE : NB_BREAK_CHINESE;
    character->takes_latin_role = nb_is_latin_run(c);
    return portion;
}

static void add_joiner(preparing *p, uint32_t offset, nb_portion portion)
{
    portion.face = NULL;
    add_character(
        p,
        &(nb_character){ .code_point = 0x2060, .offset = offset, .glyph = -1, .is_joiner = true },
        &portion, (nb_table_character){ 0 });
}

static void split_into_portions(preparing *p)
{
    nb_paragraph *paragraph = p->paragraph;
    const char *at = paragraph->text.data;
    nb_script script = NB_SCRIPT_LATIN;
    uint32_t before = 0;
    int index = 0;
    const nb_face *face = NULL;
    make_room(p, (int)(paragraph->text.length / 3) + 8); /* enough for hanzi and some joiners */
    for (int i = 0; i < p->source_count; i++) {
        const char *end = at + p->sources[i].text.length;
        while (at < end) {
            nb_character character = { .offset = (uint32_t)(at - paragraph->text.data),
                                       .glyph = -1 };
            uint32_t c = character.code_point = nb_utf8_next(&at, end);
            nb_portion portion = portion_of(&character, script);
            nb_table_character found = { 0 };
            script = portion.script;
            if (!is_selector(c) || !face)
                face =
                    is_control(c) ? NULL : face_for(p, &p->sources[i], &character, index, &found);
            portion.source = i;
            portion.face = face;
            if (nb_takes_joiner(before, c, character_at(paragraph->text, at)))
                add_joiner(p, character.offset, portion);
            p->marks = nb_is_combining(c) ? p->marks + 1 : 0;
            add_character(p, &character, &portion, found);
            before = c;
            index++;
        }
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
    preparing p = { .paragraph = NB_NEW(arena, nb_paragraph),
                    .sources = sources,
                    .source_count = source_count,
                    .setting = setting,
                    .listener = listener,
                    .arena = arena };
    p.paragraph->size = setting.size;
    p.paragraph->scale = setting.scale;
    p.paragraph->tracking_twips = nb_twips(setting.tracking);
    p.paragraph->gap_twips =
        nb_twips((nb_length)((int64_t)setting.size * setting.gap_per_mille / 1000));
    join_sources(&p);
    split_into_portions(&p);
    nb_paragraph_shape(p.paragraph, p.found, setting.vertical, arena);
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
    int64_t units = 0;
    int spaced = -1; /* the last character gets no tracking */
    for (int i = first; i < end; i++) {
        units += paragraph->characters[i].units;
        spaced += paragraph->characters[i].units != 0;
    }
    int64_t width = (units + NB_UNITS_PER_TWIP / 2) / NB_UNITS_PER_TWIP;
    return nb_capped(spaced > 0 ? width + (int64_t)spaced * tracking : width);
}
