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

/* What the runs of one span have in common. */
typedef struct nb_docx_span_faces {
    const char *chinese;
    const char *latin;
    const nb_font_role *chinese_role; /* NULL: not in the font manifest */
    const nb_font_role *latin_role;
    bool differs;          /* from the faces of the paragraph's style */
    bool holds_connectors; /* the text may take more than one line */
} span_faces;

enum { ZERO_WIDTH_SPACE = 0x200B };
#define JOINER "\xE2\x81\xA0"

/* Where the writer stands in a text. */
typedef struct run_cursor {
    const nb_text *text;
    int span;
    size_t span_start; /* offset of the span in the text, its spans joined */
    nb_script script;  /* of the character before */
    uint32_t before;   /* that character; 0 at the start */
} run_cursor;

/* Neighbours of one kind share a run. */
typedef struct run_kind {
    bool is_latin;
    bool is_connector;                /* a dash or the like between Chinese characters */
    const nb_face *fallback;          /* NULL: the role's own face */
    const nb_tracking_note *tracking; /* NULL: the style's */
} run_kind;

static run_kind kind_of(const span_faces *faces, uint32_t code_point, nb_script script)
{
    run_kind kind = { .is_latin = nb_is_latin_run(code_point) };
    /* After letters and digits a dash goes by their language, which is English anyway. */
    kind.is_connector =
        faces->holds_connectors && script == NB_SCRIPT_ASIAN && nb_is_connector(code_point);
    const nb_font_role *role = kind.is_latin ? faces->latin_role : faces->chinese_role;
    if (role && code_point >= ' ' && code_point != NB_UTF8_INVALID) {
        const nb_face *face = nb_font_role_face(role, code_point);
        if (face != role->faces[0])
            kind.fallback = face;
    }
    return kind;
}

static bool is_same_kind(run_kind a, run_kind b)
{
    return a.is_latin == b.is_latin && a.is_connector == b.is_connector &&
           a.fallback == b.fallback && a.tracking == b.tracking;
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

/* The end of the longest piece from an offset of the span on that makes one run. */
static size_t find_run_end(const span_faces *faces, const run_cursor *cursor, size_t first,
                           run_kind *kind)
{
    nb_string words = cursor->text->spans[cursor->span].text;
    const char *end = words.data + words.length;
    const char *at = words.data + first;
    nb_script script = cursor->script;
    bool is_known = false;
    *kind = (run_kind){ 0 };
    while (at < end) {
        const char *next = at;
        uint32_t code_point = nb_utf8_next(&next, end);
        script = nb_script_after(code_point, script);
        if (!joins_run_before(code_point)) {
            run_kind found = kind_of(faces, code_point, script);
            found.tracking = note_at(cursor->text, cursor->span_start + (size_t)(at - words.data));
            if (is_known && !is_same_kind(found, *kind))
                break;
            *kind = found;
            is_known = true;
        }
        at = next;
    }
    return (size_t)(at - words.data);
}

static void write_fonts(nb_docx *docx, nb_xml *xml, const span_faces *faces, run_kind kind)
{
    if (kind.fallback) {
        const char *family = nb_face_describe(kind.fallback)->family;
        nb_docx_note_font(docx, family, !kind.is_latin);
        nb_docx_one_face(xml, family, !kind.is_latin);
    } else if (!kind.is_latin) {
        nb_docx_one_face(xml, faces->chinese, true);
    } else if (faces->differs) {
        nb_xml_open(xml, "w:rFonts");
        nb_xml_attribute(xml, "w:ascii", faces->latin);
        nb_xml_attribute(xml, "w:hAnsi", faces->latin);
        nb_xml_attribute(xml, "w:eastAsia", faces->chinese);
        nb_xml_close(xml, "w:rFonts");
    }
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

static void write_text_piece(nb_xml *xml, nb_string piece, nb_change change)
{
    const char *name = change == NB_DELETED ? "w:delText" : "w:t";
    if (piece.length == 0)
        return;
    nb_xml_open(xml, name);
    /* Without this a reader may drop blanks at either end. */
    if (piece.data[0] == ' ' || piece.data[piece.length - 1] == ' ')
        nb_xml_attribute(xml, "xml:space", "preserve");
    nb_xml_text(xml, piece);
    nb_xml_close(xml, name);
}

/*
 * Write [first, end) of the cursor's span, breaks as elements, with a word joiner before each
 * character that takes one.
 */
static void write_words(nb_docx *docx, nb_xml *xml, run_cursor *cursor, size_t first, size_t end,
                        bool holds_connectors)
{
    nb_string words = cursor->text->spans[cursor->span].text;
    nb_change change = cursor->text->spans[cursor->span].change;
    nb_buffer *piece = nb_buffer_new(docx->arena, 4 * (end - first) + sizeof JOINER);
    for (const char *at = words.data + first; at < words.data + end;) {
        const char *here = at;
        uint32_t code_point = nb_utf8_next(&at, words.data + words.length);
        uint32_t after = character_at(cursor->text, cursor->span, (size_t)(at - words.data));
        if (is_break(code_point)) {
            write_text_piece(xml, (nb_string){ (const char *)piece->data, piece->length }, change);
            piece->length = 0;
            nb_xml_empty(xml, code_point == '\n' ? "w:br" : "w:tab");
        } else {
            if (holds_connectors && nb_takes_joiner(cursor->before, code_point, after))
                nb_buffer_text(piece, JOINER);
            nb_buffer_add(piece, here, (size_t)(at - here));
        }
        cursor->before = code_point;
        cursor->script = nb_script_after(code_point, cursor->script);
    }
    write_text_piece(xml, (nb_string){ (const char *)piece->data, piece->length }, change);
}

/* The properties of a run, in the order of 17.3.2.28. */
static void write_properties(nb_docx *docx, nb_xml *xml, const span_faces *faces, run_kind kind,
                             int scale)
{
    if (!kind.fallback && kind.is_latin && !faces->differs && scale == 100 && !kind.tracking)
        return;
    nb_xml_open(xml, "w:rPr");
    write_fonts(docx, xml, faces, kind);
    if (kind.tracking)
        nb_docx_number(xml, "w:spacing", nb_twips(kind.tracking->tracking));
    if (scale != 100)
        nb_docx_number(xml, "w:w", scale);
    if (kind.is_connector) {
        nb_xml_open(xml, "w:lang");
        nb_xml_attribute(xml, "w:eastAsia", "en-US");
        nb_xml_close(xml, "w:lang");
    }
    nb_xml_close(xml, "w:rPr");
}

static void write_span(nb_docx *docx, nb_xml *xml, const span_faces *faces, run_cursor *cursor,
                       int scale)
{
    size_t length = cursor->text->spans[cursor->span].text.length;
    for (size_t at = 0; at < length;) {
        run_kind kind;
        size_t end = find_run_end(faces, cursor, at, &kind);
        nb_xml_open(xml, "w:r");
        write_properties(docx, xml, faces, kind, scale);
        write_words(docx, xml, cursor, at, end, faces->holds_connectors);
        nb_xml_close(xml, "w:r");
        at = end;
    }
}

/* Spans of one pair of roles mostly follow each other, as in a table's cells. */
static span_faces faces_of(nb_docx *docx, const char *role, const char *latin_role)
{
    span_faces *last = docx->last_faces;
    if (last && docx->last_role == role && docx->last_latin_role == latin_role)
        return *last;
    if (!last)
        last = docx->last_faces = NB_NEW(docx->arena, span_faces);
    docx->last_role = role;
    docx->last_latin_role = latin_role;
    *last = (span_faces){
        .chinese = nb_docx_font_name(docx, role, true),
        .latin = nb_docx_font_name(docx, latin_role, false),
        .chinese_role = nb_fonts_role(docx->fonts, role),
        .latin_role = nb_fonts_role(docx->fonts, latin_role),
    };
    return *last;
}

static void write_spans(nb_docx *docx, nb_xml *xml, const nb_text *text, int scale,
                        bool holds_connectors)
{
    const char *latin_role = text->style->latin_role;
    /* as layout begins a paragraph */
    run_cursor cursor = { .text = text, .script = NB_SCRIPT_LATIN };
    for (; cursor.span < text->span_count; cursor.span++) {
        const nb_span *span = &text->spans[cursor.span];
        nb_docx_open_change(docx, xml, span->change);
        span_faces faces = faces_of(docx, span->role, latin_role);
        faces.differs = strcmp(span->role, text->style->role) != 0;
        faces.holds_connectors = holds_connectors;
        write_span(docx, xml, &faces, &cursor, scale);
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
