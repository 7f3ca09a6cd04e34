/*
 * The style element: rules that every page has, and for print the page style's own measures (CSS
 * Paged Media 3), so that the printed page has the form of the PDF, though not its line breaks.
 */
#include "html/parts.h"

typedef struct face_families {
    const char *role;
    const char *families
        [9]; /* the office's first, then free ones; each ends its list with a generic family */
    const char *generic;
    int weight; /* of the free faces; the office's have only one */
} face_families;

/*
 * A page is read on other machines than the one that wrote it, so the names do not come from the
 * fonts that were found here.
 */
static const face_families FACES[] = {
    { "title",
      { "方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05",
        "STZhongsong", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC" },
      "serif",
      600 },
    { "body",
      { "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang",
        "Noto Serif CJK SC", "Songti SC" },
      "serif",
      400 },
    { "kai",
      { "楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "Kaiti SC", "FandolKai",
        "LXGW WenKai" },
      "serif",
      400 },
    { "hei",
      { "黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC" },
      "sans-serif",
      500 },
    { "song",
      { "宋体", "SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC" },
      "serif",
      400 },
    { "latin", { "Times New Roman", "Liberation Serif", "Tinos", "Times" }, "serif", 400 },
};
static const face_families OTHER_FACE = { "", { NULL }, "serif", 400 };

/*
 * The characters that take a style's Latin role, as in text/script.h: “ ” — … · are not among them,
 * which Chinese type has at full width.
 */
#define LATIN_RANGE                                                                                \
    "U+20-7E, U+AA, U+B5, U+BA, U+C0-D6, U+D8-F6, U+F8-2AF, U+300-37D, U+37F-386, U+388-52F, "     \
    "U+1E00-1FFF"

static const face_families *families_of(const char *role)
{
    for (size_t i = 0; i < sizeof FACES / sizeof FACES[0]; i++)
        if (strcmp(FACES[i].role, role) == 0)
            return &FACES[i];
    return &OTHER_FACE;
}

/* A CSS string (CSS Syntax 3, 4.3.5) that holds nothing an HTML parser would look at. */
static void add_string(nb_buffer *css, const char *text)
{
    nb_buffer_byte(css, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < ' ' || strchr("\"\\<", byte)) {
            nb_buffer_byte(css, '\\');
            nb_buffer_hex(css, byte, 2);
            nb_buffer_byte(css, ' ');
        } else {
            nb_buffer_byte(css, byte);
        }
    }
    nb_buffer_byte(css, '"');
}

/* Lengths are whole twips, each 0.05 pt. */
static void add_length(nb_buffer *css, const char *before, nb_length length, const char *after)
{
    nb_buffer_text(css, before);
    nb_buffer_decimal(css, (int64_t)length * 100 / NB_PT, 2);
    nb_buffer_text(css, "pt");
    nb_buffer_text(css, after);
}

static void add_number(nb_buffer *css, const char *before, int64_t number, const char *after)
{
    nb_buffer_text(css, before);
    nb_buffer_integer(css, number);
    nb_buffer_text(css, after);
}

/* Call add for each role that the page style names, once. */
static void for_each_role(nb_buffer *css, const nb_page_style *style, bool latin,
                          void (*add)(nb_buffer *css, const char *role))
{
    for (int i = 0; i < style->style_count; i++) {
        const nb_paragraph_style *each = &style->styles[i];
        const char *role = latin ? each->latin_role : each->role;
        bool is_known = latin && strcmp(role, each->role) == 0;
        for (int j = 0; j < i && !is_known; j++) {
            const nb_paragraph_style *other = &style->styles[j];
            is_known = latin ? strcmp(other->latin_role, role) == 0 &&
                                   strcmp(other->latin_role, other->role) != 0
                             : strcmp(other->role, role) == 0;
        }
        if (!is_known)
            add(css, role);
    }
}

/* A face of the reader's own machine, for letters and digits. */
static void add_latin_face(nb_buffer *css, const char *role)
{
    const face_families *faces = families_of(role);
    if (!faces->families[0])
        return;
    nb_buffer_text(css, "@font-face { font-family: ");
    add_string(css, nb_html_name(css->arena, "latin-", role));
    nb_buffer_text(css, "; src: ");
    for (int i = 0; faces->families[i]; i++) {
        nb_buffer_text(css, i ? ", local(" : "local(");
        add_string(css, faces->families[i]);
        nb_buffer_byte(css, ')');
    }
    nb_buffer_text(css, "; unicode-range: " LATIN_RANGE "; }\n");
}

static void add_families(nb_buffer *css, const char *role)
{
    const face_families *faces = families_of(role);
    for (int i = 0; faces->families[i]; i++) {
        add_string(css, faces->families[i]);
        nb_buffer_text(css, ", ");
    }
    nb_buffer_text(css, faces->generic);
}

static void add_colour(nb_buffer *css, uint32_t colour)
{
    nb_buffer_text(css, "; color: #");
    nb_buffer_hex(css, colour, 6);
}

static void add_face(nb_buffer *css, const char *role)
{
    nb_buffer_text(css, nb_html_name(css->arena, ":root { --f-", role));
    nb_buffer_text(css, ": ");
    add_families(css, role);
    nb_buffer_text(css, "; }\n");
}

static void use_face(nb_buffer *css, const char *role)
{
    nb_buffer_text(css, nb_html_name(css->arena, "font-family: var(--latin), var(--f-", role));
    add_number(css, "); font-weight: ", families_of(role)->weight, "; ");
}

/* A span that is set in another face than its paragraph keeps the paragraph's face of letters. */
static void add_span_face(nb_buffer *css, const char *role)
{
    nb_buffer_text(css, nb_html_name(css->arena, ".f-", role));
    nb_buffer_text(css, " { ");
    use_face(css, role);
    nb_buffer_text(css, "}\n");
}

static void add_paragraph_style(nb_buffer *css, const nb_paragraph_style *style)
{
    static const char *const aligns[] = { "left", "center", "right", "justify" };
    bool has_latin = strcmp(style->latin_role, style->role) != 0;
    nb_buffer_text(css, nb_html_name(css->arena, ".s-", style->name));
    nb_buffer_text(css, " { --latin: ");
    add_string(css, has_latin ? nb_html_name(css->arena, "latin-", style->latin_role) : "none");
    nb_buffer_text(css, ";\n  ");
    use_face(css, style->role);
    add_length(css, "font-size: ", style->size, "");
    add_length(css, "; line-height: ", style->pitch, ";\n ");
    add_length(css, " letter-spacing: ", style->tracking, "");
    add_length(css, "; text-indent: ", style->first_line_indent, "");
    add_length(css, "; margin: ", style->space_before, " 0 ");
    add_length(css, "", style->space_after, ";\n  text-align: ");
    nb_buffer_text(css, aligns[style->align]);
    if (style->colour)
        add_colour(css, style->colour);
    if (style->hanging)
        nb_buffer_text(css, "; hanging-punctuation: allow-end");
    if (style->keep_next)
        nb_buffer_text(css, "; break-after: avoid");
    nb_buffer_text(css, "; }\n");
    /* The space stands before a run of paragraphs of the style. */
    if (style->space_before > 0) {
        const char *name = nb_html_name(css->arena, ".s-", style->name);
        nb_buffer_text(css, nb_arena_print(css->arena, "%s + %s { margin-top: 0; }\n", name, name));
    }
}

/* box is a margin box of CSS Paged Media 3 at the head or foot; side is where the inset is, or NULL. */
static void add_margin_line(nb_buffer *css, const nb_margin_line *line, const char *box,
                            const char *edge, const char *side)
{
    nb_buffer_text(css, box);
    nb_buffer_text(css, " { content: ");
    add_string(css, line->before);
    if (line->has_number) {
        nb_buffer_text(css, " counter(page) ");
        add_string(css, line->after);
    }
    nb_buffer_text(css, "; font-family: ");
    add_families(css, line->style->role);
    if (line->style->colour)
        add_colour(css, line->style->colour);
    add_length(css, ";\n  font-size: ", line->style->size, "");
    add_length(css, "; line-height: ", line->style->pitch, "; vertical-align: ");
    nb_buffer_text(css, edge);
    nb_buffer_text(css, "; white-space: pre;\n  padding-");
    nb_buffer_text(css, edge);
    add_length(css, ": ", line->distance, "");
    if (side) {
        nb_buffer_text(css, "; padding-");
        nb_buffer_text(css, side);
        add_length(css, ": ", line->inset, "");
    }
    nb_buffer_text(css, "; }");
}

/* Page numbers stand at the outer side: right on odd pages, left on even ones. */
static void add_page(nb_buffer *css, const nb_document *document)
{
    const nb_page_style *style = document->style;
    nb_length right = style->paper_width - style->left - style->text_width;
    nb_length bottom = style->paper_height - style->top - style->text_height;
    add_length(css, "@page { size: ", style->paper_width, " ");
    add_length(css, "", style->paper_height, "; margin: ");
    add_length(css, "", style->top, " ");
    add_length(css, "", right, " ");
    add_length(css, "", bottom, " ");
    add_length(css, "", style->left, "; ");
    if (document->is_draft)
        add_margin_line(css, &style->draft_mark, "\n  @top-center", "top", NULL);
    nb_buffer_text(css, "}\n");
    if (!style->page_number.style)
        return;
    nb_buffer_text(css, "@page :right { ");
    add_margin_line(css, &style->page_number, "@bottom-right", "bottom", "right");
    nb_buffer_text(css, " }\n@page :left { ");
    add_margin_line(css, &style->page_number, "@bottom-left", "bottom", "left");
    nb_buffer_text(css, " }\n");
}

static const char PRINT_RULES[] =
    "body { margin: 0; color: #000; background: #fff; font-synthesis: none;\n"
    "  line-break: strict; text-spacing-trim: space-all; }\n"
    "nav, .skip, .unseen, .draft-mark { display: none; }\n"
    "h1, h2, h3, h4, h5, h6, strong, th { font-weight: inherit; }\n"
    "a { color: inherit; text-decoration: none; }\n"
    "table { width: 100%; border-collapse: collapse; }\n"
    "thead { display: table-header-group; }\n"
    "td, th:not([rowspan]) { break-inside: avoid; }\n"
    ".keep { break-after: avoid; }\n"
    "figure { margin: 0; break-inside: avoid; text-align: center; }\n"
    "img { display: block; max-width: 100%; height: auto; margin: 0 auto; }\n"
    /* Browsers do not break a page within vertical writing, so its characters are stacked. */
    ".vertical { display: block; width: 1em; margin: 0 auto; line-break: anywhere; }\n"
    "th, td { vertical-align: middle; }\n";

static void add_print_rules(nb_buffer *css, const nb_document *document)
{
    const nb_page_style *style = document->style;
    for_each_role(css, style, true, add_latin_face);
    add_page(css, document);
    nb_buffer_text(css, "@media print {\n");
    nb_buffer_text(css, PRINT_RULES);
    for_each_role(css, style, false, add_face);
    for (int i = 0; i < style->style_count; i++)
        if (nb_page_style_uses(style, &style->styles[i], document->is_draft))
            add_paragraph_style(css, &style->styles[i]);
    for_each_role(css, style, false, add_span_face);
    /* Cells have their margins inside, where paragraphs have them outside. */
    add_length(css, "th, td { margin: 0; padding: 0 ", style->table_cell_right, " 0 ");
    add_length(css, "", style->table_cell_left, "; border: ");
    add_length(css, "", style->table_rule, " solid #000; }\n");
    nb_buffer_text(css, "}\n");
}

static int64_t width_of(const nb_table *table, int first, int end)
{
    int64_t width = 0;
    for (int i = first; i < end; i++)
        width += table->columns[i];
    return width;
}

/*
 * Of screen_rules.c, in hundredths of rem: the size of cells' text, and the margins beside a table
 * on a narrow screen.
 */
enum { CELL_SIZE = 94, BESIDE_TABLE = 200 };

static void add_column_width(nb_buffer *css, int table, int column, int64_t hundredths,
                             const char *unit)
{
    add_number(css, "#table-", table, "");
    add_number(css, " col:nth-child(", column + 1, ") { width: ");
    nb_buffer_decimal(css, hundredths, 2);
    nb_buffer_text(css, unit);
    nb_buffer_text(css, "; }\n");
}

/*
 * Where a table is scrolled, the innermost of its labels stay in sight. A label that begins further
 * left is pinned by its last part, into which its words move; they are not wider than that.
 */
static void add_pinned_labels(nb_buffer *css, const nb_table *table, int number, int64_t least)
{
    int columns = nb_html_label_columns(table);
    int64_t total = width_of(table, 0, table->column_count);
    if (columns == 0 || columns == table->column_count)
        return;
    nb_buffer_text(css, "@media (max-width: ");
    nb_buffer_decimal(css, least * CELL_SIZE / 100 + BESIDE_TABLE, 2);
    nb_buffer_text(css, "em) {\n");
    /*
     * As wide as its columns say, and wider only for a long number: pinning must know where labels
     * begin.
     */
    add_number(css, "#table-", number, " { width: max-content; }\n");
    for (int i = 0; i < table->column_count; i++)
        add_column_width(css, number, i, table->columns[i] * least / total, "em");
    for (int i = 0; i < columns; i++) {
        add_number(css, "#table-", number, "");
        add_number(css, " .pin-", i, " { position: sticky; z-index: 1; left: ");
        nb_buffer_decimal(css, -width_of(table, i, columns - 1) * least / total, 2);
        nb_buffer_text(css, "em; }\n");
    }
    add_number(css, "#table-", number,
               " .pin { display: block; position: sticky; left: .5em; max-width: ");
    nb_buffer_decimal(css, table->columns[columns - 1] * least / total - 80, 2);
    nb_buffer_text(css, "em; }\n}\n");
}

/*
 * The columns keep the proportions they have on paper. A narrow screen does not squeeze a table
 * below what it needs: as many characters as it holds on paper, or 4.5 for each column where that
 * is less.
 */
static void add_table(nb_buffer *css, const nb_table *table, int number)
{
    int64_t total = width_of(table, 0, table->column_count);
    if (total <= 0 || table->cell_count == 0)
        return;
    for (int i = 0; i < table->column_count; i++)
        add_column_width(css, number, i, table->columns[i] * (int64_t)10000 / total, "%");
    int64_t on_paper = total * 100 / table->cells[0].text.style->size;
    int64_t needed = 450 * (int64_t)table->column_count;
    int64_t least = needed < on_paper ? needed : on_paper;
    add_number(css, "@media screen {\n#table-", number, " { min-width: ");
    nb_buffer_decimal(css, least, 2);
    nb_buffer_text(css, "em; }\n");
    add_pinned_labels(css, table, number, least);
    nb_buffer_text(css, "}\n");
}

/*
 * Paragraphs at the report's end: on paper where layout put them, on a screen attachments hang
 * below their label.
 */
static void add_closings(nb_html *html, nb_buffer *css)
{
    const nb_document *document = html->document;
    int number = 0;
    int64_t label = 0;
    for (int i = 0; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        if (block->kind == NB_BLOCK_TABLE || block->closing == NB_CLOSING_NONE)
            continue;
        const char *id = nb_html_closing_id(html, ++number);
        nb_buffer_text(css, nb_arena_print(html->arena, "@media print { #%s { ", id));
        add_length(css, "margin-left: ", block->text.left_indent, "; ");
        add_length(css, "text-indent: ", block->text.first_line_indent, "; } }\n");
        if (block->closing != NB_CLOSING_ATTACHMENT)
            continue;
        if (block->label_bytes > 0)
            label = (int64_t)nb_utf8_count(
                (nb_string){ block->text.spans[0].text.data, (size_t)block->label_bytes });
        nb_buffer_text(css, nb_arena_print(html->arena, "@media screen { #%s { ", id));
        add_number(css, "padding-left: ", label + 2, "em; ");
        add_number(css, "text-indent: ", block->label_bytes > 0 ? -label : 0, "em; } }\n");
    }
}

void nb_html_write_stylesheet(nb_html *html)
{
    const nb_document *document = html->document;
    nb_buffer *css = nb_buffer_new(html->arena, 1 << 20);
    nb_buffer_text(css, nb_html_screen_rules);
    if (document->is_draft)
        nb_buffer_text(css, nb_html_draft_rules);
    int tables = 0;
    for (int i = 0; i < document->block_count; i++)
        if (document->blocks[i].kind == NB_BLOCK_TABLE)
            add_table(css, document->blocks[i].table, ++tables);
    add_print_rules(css, document);
    add_closings(html, css);
    nb_xml_open(html->xml, "style");
    nb_html_newline(html->xml);
    nb_html_raw(html->xml, (nb_string){ (const char *)css->data, css->length });
    nb_html_close(html->xml, "style");
    nb_html_newline(html->xml);
}
