/*
 * A text becomes runs (17.3.2), each of one face:
 *
 *   全年公开信息 | 25 | 条，其中“政策解读” | 8 | 条
 *     Chinese   Latin       Chinese
 *
 * A Latin run names no font: the paragraph's style does. A Chinese run names its font for every
 * kind of character, since word processors disagree on whether “” ‘’ — … are Latin. A character
 * that the role's own face lacks gets a run that names the fallback face, so that no word processor
 * looks for one of its own.
 *
 * Word processors break Chinese lines before — and between the halves of —— and ……. Where the run's
 * East Asian language is English they do not, but for a single — or ／, which a word joiner holds.
 * Layout breaks its lines by the same rules, so both must agree on where they apply.
 */
#include "docx/parts.h"

#include "text/characters.h"
#include "text/script.h"

typedef enum run_script {
    CHINESE,
    CONNECTOR, /* a dash or the like between Chinese characters */
    LATIN
} run_script;

/* Neighbours of one kind share a run. */
typedef struct run_kind {
    run_script script;
    const nb_face *fallback;          /* NULL: the role's own face */
    const nb_tracking_note *tracking; /* NULL: the style's */
} run_kind;

/* The properties of a kind of run, as they were written the first time. */
typedef struct run_properties {
    run_kind kind;
    int scale;
    bool differs; /* as in run_cursor */
    nb_string elements;
    struct run_properties *next;
} run_properties;

/* The roles that the characters of a span take. */
typedef struct nb_docx_roles {
    const char *chinese, *latin;
    const char *chinese_font, *latin_font;         /* as offices know them */
    const nb_font_role *chinese_role, *latin_role; /* NULL: not in the font manifest */
    run_properties *properties;                    /* of runs in them */
    struct nb_docx_roles *next;
} span_roles;

enum { ZERO_WIDTH_SPACE = 0x200B };
#define JOINER "\xE2\x81\xA0"

/* Where the writer stands in a text. */
typedef struct run_cursor {
    nb_arena *arena; /* of the document */
    const nb_text *text;
    int scale;
    bool holds_connectors; /* the text may take more than one line */
    int span;
    size_t span_start; /* offset of the span in the text, its spans joined */
    span_roles *roles; /* of the span */
    bool differs;      /* they are not those of the paragraph's style */
    nb_script script;  /* of the character before */
} run_cursor;

static run_kind kind_of(const run_cursor *cursor, uint32_t code_point, nb_script script)
{
    bool is_latin = nb_is_latin_run(code_point);
    const nb_font_role *role = is_latin ? cursor->roles->latin_role : cursor->roles->chinese_role;
    run_kind kind = { .script = is_latin ? LATIN : CHINESE };
    /* After letters and digits a dash goes by their language, which is English anyway. */
    if (cursor->holds_connectors && script == NB_SCRIPT_ASIAN && nb_is_connector(code_point))
        kind.script = CONNECTOR;
    if (role && !cursor->text->needs_no_fallback && code_point >= ' ' &&
        code_point != NB_UTF8_INVALID) {
        const nb_face *face = nb_font_role_face(role, code_point, cursor->arena);
        if (face != role->faces[0])
            kind.fallback = face;
    }
    return kind;
}

static bool is_same_kind(run_kind a, run_kind b)
{
    return a.script == b.script && a.fallback == b.fallback && a.tracking == b.tracking;
}

static bool is_break(uint32_t code_point)
{
    return code_point == '\n' || code_point == '\t';
}

/* Characters without a shape of their own stay with the one before them. */
static bool joins_run_before(uint32_t code_point)
{
    return is_break(code_point) || code_point == ZERO_WIDTH_SPACE ||
           (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
           (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

/* The note that raises the tracking at an offset of the text, or NULL. */
static const nb_tracking_note *note_at(const nb_text *text, size_t offset)
{
    for (int i = 0; i < text->tracking_count; i++)
        if (offset >= text->tracking[i].first && offset < text->tracking[i].end)
            return &text->tracking[i];
    return NULL;
}

/* The character at an offset of a span, or the first of the spans after it; 0 at the text's end. */
static uint32_t character_at(const nb_text *text, int span, size_t offset)
{
    while (span < text->span_count && offset >= text->spans[span].text.length) {
        span++;
        offset = 0;
    }
    if (span == text->span_count)
        return 0;
    const nb_string *words = &text->spans[span].text;
    const char *at = words->data + offset;
    return nb_utf8_next(&at, words->data + words->length);
}

/* The one before an offset of a span, or the last of the spans before it; 0 at the text's start. */
static uint32_t character_before(const nb_text *text, int span, size_t offset)
{
    while (offset == 0) {
        if (span == 0)
            return 0;
        offset = text->spans[--span].text.length;
    }
    const char *words = text->spans[span].text.data;
    const char *at = words + offset - 1;
    while (at > words && ((unsigned char)*at & 0xC0) == 0x80)
        at--;
    return nb_utf8_next(&at, words + offset);
}

static bool takes_joiner(const run_cursor *cursor, size_t offset, uint32_t code_point, size_t next)
{
    return cursor->holds_connectors && nb_takes_joiner(' ', code_point, ' ') &&
           nb_takes_joiner(character_before(cursor->text, cursor->span, offset), code_point,
                           character_at(cursor->text, cursor->span, next));
}

/* What makes one run, from an offset of the cursor's span to another. */
typedef struct run_piece {
    size_t first, end;
    run_kind kind;
    bool is_as_written; /* nothing in it is written in another way than the span has it */
} run_piece;

/* Go on over hanzi after one of theirs: nearly all text. */
static const char *skip_hanzi(run_cursor *cursor, const char *at, const char *end)
{
    while (at < end) {
        const char *next = at;
        if (!nb_is_hanzi(nb_utf8_next(&next, end)))
            break;
        cursor->script = NB_SCRIPT_ASIAN;
        at = next;
    }
    return at;
}

/* The longest piece from an offset on; the cursor's script becomes that of its last character. */
static run_piece find_piece(run_cursor *cursor, size_t first)
{
    nb_string words = cursor->text->spans[cursor->span].text;
    const char *end = words.data + words.length;
    const char *at = words.data + first;
    run_piece piece = { .first = first, .is_as_written = true };
    bool is_uniform = cursor->text->needs_no_fallback && cursor->text->tracking_count == 0;
    bool is_known = false;
    while (at < end) {
        const char *next = at;
        uint32_t code_point = nb_utf8_next(&next, end);
        nb_script script = nb_script_after(code_point, cursor->script);
        size_t offset = (size_t)(at - words.data);
        if (!joins_run_before(code_point)) {
            run_kind kind = kind_of(cursor, code_point, script);
            kind.tracking = note_at(cursor->text, cursor->span_start + offset);
            if (is_known && !is_same_kind(kind, piece.kind))
                break;
            piece.kind = kind;
            is_known = true;
        }
        if (!nb_xml_stands_for_itself(code_point) ||
            takes_joiner(cursor, offset, code_point, (size_t)(next - words.data)))
            piece.is_as_written = false;
        cursor->script = script;
        at = next;
        if (is_uniform && is_known && piece.kind.script == CHINESE)
            at = skip_hanzi(cursor, at, end);
    }
    piece.end = (size_t)(at - words.data);
    return piece;
}

static void write_text_piece(nb_xml *xml, nb_string piece, nb_change change, bool is_as_written)
{
    const char *name = change == NB_DELETED ? "w:delText" : "w:t";
    if (piece.length == 0)
        return;
    nb_xml_open(xml, name);
    /* Without this a reader may drop blanks at either end. */
    if (piece.data[0] == ' ' || piece.data[piece.length - 1] == ' ')
        nb_xml_attribute(xml, "xml:space", "preserve");
    if (is_as_written)
        nb_xml_as_is(xml, piece);
    else
        nb_xml_text(xml, piece);
    nb_xml_close(xml, name);
}

/* Breaks as elements, and a word joiner before each character that takes one. */
static void write_characters(nb_docx *docx, nb_xml *xml, const run_cursor *cursor,
                             const run_piece *piece)
{
    nb_string words = cursor->text->spans[cursor->span].text;
    nb_change change = cursor->text->spans[cursor->span].change;
    nb_buffer *part = nb_buffer_new(docx->arena, 4 * (piece->end - piece->first) + sizeof JOINER);
    for (const char *at = words.data + piece->first; at < words.data + piece->end;) {
        const char *here = at;
        uint32_t code_point = nb_utf8_next(&at, words.data + words.length);
        if (is_break(code_point)) {
            write_text_piece(xml, (nb_string){ (const char *)part->data, part->length }, change,
                             false);
            part->length = 0;
            nb_xml_empty(xml, code_point == '\n' ? "w:br" : "w:tab");
            continue;
        }
        if (takes_joiner(cursor, (size_t)(here - words.data), code_point,
                         (size_t)(at - words.data)))
            nb_buffer_text(part, JOINER);
        nb_buffer_add(part, here, (size_t)(at - here));
    }
    write_text_piece(xml, (nb_string){ (const char *)part->data, part->length }, change, false);
}

static void write_words(nb_docx *docx, nb_xml *xml, const run_cursor *cursor,
                        const run_piece *piece)
{
    const nb_span *span = &cursor->text->spans[cursor->span];
    nb_string words = { span->text.data + piece->first, piece->end - piece->first };
    if (piece->is_as_written)
        write_text_piece(xml, words, span->change, true);
    else
        write_characters(docx, xml, cursor, piece);
}

static void write_fonts(nb_docx *docx, nb_xml *xml, const run_cursor *cursor, run_kind kind)
{
    const span_roles *roles = cursor->roles;
    if (kind.fallback) {
        const char *family = nb_face_describe(kind.fallback)->family;
        nb_docx_note_font(docx, family, kind.script != LATIN);
        nb_docx_one_face(xml, family, kind.script != LATIN);
    } else if (kind.script != LATIN) {
        nb_docx_one_face(xml, roles->chinese_font, true);
    } else if (cursor->differs) {
        nb_xml_open(xml, "w:rFonts");
        nb_xml_attribute(xml, "w:ascii", roles->latin_font);
        nb_xml_attribute(xml, "w:hAnsi", roles->latin_font);
        nb_xml_attribute(xml, "w:eastAsia", roles->chinese_font);
        nb_xml_close(xml, "w:rFonts");
    }
}

/* The properties of a run, in the order of 17.3.2.28. */
static void write_new_properties(nb_docx *docx, nb_xml *xml, const run_cursor *cursor,
                                 run_kind kind)
{
    if (!kind.fallback && kind.script == LATIN && !cursor->differs && cursor->scale == 100 &&
        !kind.tracking)
        return;
    nb_xml_open(xml, "w:rPr");
    write_fonts(docx, xml, cursor, kind);
    if (kind.tracking)
        nb_docx_number(xml, "w:spacing", nb_twips(kind.tracking->tracking));
    if (cursor->scale != 100)
        nb_docx_number(xml, "w:w", cursor->scale);
    if (kind.script == CONNECTOR) {
        nb_xml_open(xml, "w:lang");
        nb_xml_attribute(xml, "w:eastAsia", "en-US");
        nb_xml_close(xml, "w:lang");
    }
    nb_xml_close(xml, "w:rPr");
}

/* Runs are of a few kinds, and most of what is written of them is their properties. */
static void write_properties(nb_docx *docx, nb_xml *xml, const run_cursor *cursor, run_kind kind)
{
    run_properties **end = &cursor->roles->properties;
    for (; *end; end = &(*end)->next)
        if (is_same_kind((*end)->kind, kind) && (*end)->scale == cursor->scale &&
            (*end)->differs == cursor->differs) {
            nb_xml_as_is(xml, (*end)->elements);
            return;
        }
    size_t place = nb_xml_place(xml);
    write_new_properties(docx, xml, cursor, kind);
    if (kind.tracking) /* of one line only */
        return;
    *end = NB_NEW(docx->arena, run_properties);
    **end = (run_properties){ kind, cursor->scale, cursor->differs,
                              nb_xml_since(xml, place, docx->arena), NULL };
}

static void write_span(nb_docx *docx, nb_xml *xml, run_cursor *cursor)
{
    size_t length = cursor->text->spans[cursor->span].text.length;
    for (size_t at = 0; at < length;) {
        run_piece piece = find_piece(cursor, at);
        nb_xml_open(xml, "w:r");
        write_properties(docx, xml, cursor, piece.kind);
        write_words(docx, xml, cursor, &piece);
        nb_xml_close(xml, "w:r");
        at = piece.end;
    }
}

static span_roles *roles_of(nb_docx *docx, const char *chinese, const char *latin)
{
    span_roles **end = &docx->roles;
    for (; *end; end = &(*end)->next)
        if ((*end)->chinese == chinese && (*end)->latin == latin)
            return *end;
    *end = NB_NEW(docx->arena, span_roles);
    **end = (span_roles){
        .chinese = chinese,
        .latin = latin,
        .chinese_font = nb_docx_font_name(docx, chinese, true),
        .latin_font = nb_docx_font_name(docx, latin, false),
        .chinese_role = nb_fonts_role(docx->fonts, chinese),
        .latin_role = nb_fonts_role(docx->fonts, latin),
    };
    return *end;
}

static void write_spans(nb_docx *docx, nb_xml *xml, const nb_text *text, int scale,
                        bool holds_connectors)
{
    /* as layout begins a paragraph */
    run_cursor cursor = { .arena = docx->arena,
                          .text = text,
                          .scale = scale,
                          .holds_connectors = holds_connectors,
                          .script = NB_SCRIPT_LATIN };
    for (; cursor.span < text->span_count; cursor.span++) {
        const nb_span *span = &text->spans[cursor.span];
        nb_docx_open_change(docx, xml, span->change);
        cursor.roles = roles_of(docx, span->role, text->style->latin_role);
        cursor.differs = strcmp(span->role, text->style->role) != 0;
        write_span(docx, xml, &cursor);
        nb_docx_close_change(xml, span->change);
        cursor.span_start += span->text.length;
    }
    if (xml->failed && !docx->failed_text)
        docx->failed_text = text;
}

void nb_docx_write_runs(nb_docx *docx, nb_xml *xml, const nb_text *text, int scale)
{
    /* Neighbours differ before and after a change, so its text cannot hold what they ask for. */
    write_spans(docx, xml, text, scale, !docx->document->markup);
}

void nb_docx_write_short_text(nb_docx *docx, nb_xml *xml, const nb_text *text)
{
    write_spans(docx, xml, text, 100, false);
}
