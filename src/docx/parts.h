/*
 * What the parts of a DOCX share: the state of one package being written, and the small habits of
 * its XML.
 */
#ifndef NB_DOCX_PARTS_H
#define NB_DOCX_PARTS_H

#include "docx/docx.h"
#include "pack/xml.h"

/* A font name that the package uses, for the font table. */
typedef struct nb_docx_font {
    const char *name;
    bool is_chinese;
    struct nb_docx_font *next;
} nb_docx_font;

/* What of an editable report stands in a content control. */
typedef enum nb_docx_control_kind {
    NB_DOCX_VALUE,
    NB_DOCX_TEXT,
    NB_DOCX_SECTION, /* the paragraphs of one list */
    NB_DOCX_CONTROL_KINDS
} nb_docx_control_kind;

typedef struct nb_docx_control {
    nb_docx_control_kind kind;
    const char *key;
    const char *pointer; /* of what it holds in the report */
    nb_string text;      /* of a value, as shown */
    struct nb_docx_control *next;
} nb_docx_control;

typedef struct nb_docx {
    const nb_document *document;
    const nb_fonts *fonts;
    nb_arena *arena;
    nb_docx_font *fonts_used;                  /* in the order of their first use */
    int drawing_count;                         /* so far: each has its number */
    int change_count;                          /* the same of marked changes */
    nb_docx_control *controls, *last_control;  /* of an editable report, in the text's order */
    int control_count;                         /* of all kinds: each has its number … */
    int control_counts[NB_DOCX_CONTROL_KINDS]; /* … and one among its kind */
    const char *section;         /* pointer of the list whose control is open; "": none */
    struct nb_docx_roles *roles; /* that spans are set in; for runs.c only */
    const nb_text *failed_text;  /* the first that holds a character XML forbids */
} nb_docx;

/* The part that carries the report's own data is there only when there is data. */
bool nb_docx_has_data(const nb_docx *docx);
#define NB_DOCX_DATA_NAMESPACE "urn:nianbao:report:1"

/* Values stand in content controls, bound to a part that is there only then. */
bool nb_docx_is_editable(const nb_docx *docx);
#define NB_DOCX_VALUES_NAMESPACE "urn:nianbao:values:1"
#define NB_DOCX_VALUES_ID "{6E69616E-6261-4F31-8000-76616C756573}"

/* The style of a row label that stands again where its table goes on on a new page. */
#define NB_DOCX_REPEATED_STYLE "TableLabelRepeated"
/* The style it is based on. */
const nb_paragraph_style *nb_docx_group_style(const nb_docx *docx);

/* Relationships of the document part that are named in it. */
#define NB_DOCX_ODD_FOOTER "rId4"
#define NB_DOCX_EVEN_FOOTER "rId5"
#define NB_DOCX_ODD_HEADER "rId8"
#define NB_DOCX_EVEN_HEADER "rId9"

/* One writer for each part. */
void nb_docx_write_document(nb_docx *docx, nb_xml *xml);
void nb_docx_write_styles(nb_docx *docx, nb_xml *xml);
void nb_docx_write_settings(nb_docx *docx, nb_xml *xml);
void nb_docx_write_odd_footer(nb_docx *docx, nb_xml *xml);
void nb_docx_write_even_footer(nb_docx *docx, nb_xml *xml);
void nb_docx_write_odd_header(nb_docx *docx, nb_xml *xml);
void nb_docx_write_even_header(nb_docx *docx, nb_xml *xml);
void nb_docx_write_font_table(nb_docx *docx, nb_xml *xml);
void nb_docx_write_data(nb_docx *docx, nb_xml *xml);
void nb_docx_write_data_properties(nb_docx *docx, nb_xml *xml);
void nb_docx_write_values(nb_docx *docx, nb_xml *xml);
void nb_docx_write_values_properties(nb_docx *docx, nb_xml *xml);
void nb_docx_write_core_properties(nb_docx *docx, nb_xml *xml);
void nb_docx_write_app_properties(nb_docx *docx, nb_xml *xml);
void nb_docx_write_custom_properties(nb_docx *docx, nb_xml *xml);

/* Pieces of a part. */
void nb_docx_write_table(nb_docx *docx, nb_xml *xml, const nb_block *block);
/* The paragraph that holds a picture; its caption is another. */
void nb_docx_write_picture(nb_docx *docx, nb_xml *xml, const nb_block *block);

/*
 * Content controls of an editable report, with what stands in them: a text, which pointer names; a
 * value of a table; each line of a text, which is its only span, as the entries of a list. One that
 * is kept cannot be deleted with what it holds.
 */
void nb_docx_write_text_control(nb_docx *docx, nb_xml *xml, const nb_text *text,
                                const char *pointer, bool is_kept);
void nb_docx_write_value(nb_docx *docx, nb_xml *xml, const nb_cell *cell);
void nb_docx_write_line_controls(nb_docx *docx, nb_xml *xml, const nb_text *text,
                                 const char *pointer);
/* End the control of a section and begin that of the block's, where they differ; NULL at the end. */
void nb_docx_enter_section(nb_docx *docx, nb_xml *xml, const nb_block *block);

/* Around runs that were inserted or deleted; nothing around those that were kept. */
void nb_docx_open_change(nb_docx *docx, nb_xml *xml, nb_change change);
void nb_docx_close_change(nb_xml *xml, nb_change change);
/* That a paragraph's end or a table's row was inserted or deleted: an element of its properties. */
void nb_docx_write_change(nb_docx *docx, nb_xml *xml, nb_change change);
/* w:rPr of a paragraph's end that was inserted or deleted. */
void nb_docx_write_end_change(nb_docx *docx, nb_xml *xml, nb_change change);
/* Open w:pPrChange, which holds the properties that a paragraph had before. */
void nb_docx_open_properties_change(nb_docx *docx, nb_xml *xml);

/* The part of one of the document's images, below word/, and the relationship that leads to it. */
const char *nb_docx_picture_name(const nb_docx *docx, int index);
const char *nb_docx_picture_relationship(const nb_docx *docx, int index);

/*
 * The runs of a text in a paragraph of the style text->style; scale is the width of its characters
 * in percent.
 */
void nb_docx_write_runs(nb_docx *docx, nb_xml *xml, const nb_text *text, int scale);
/*
 * The same for a text that never takes more than a line, and need not be kept from breaking badly.
 */
void nb_docx_write_short_text(nb_docx *docx, nb_xml *xml, const nb_text *text);

/* The name by which offices know the font of a role; it is noted as used. */
const char *nb_docx_font_name(nb_docx *docx, const char *role, bool is_chinese);
void nb_docx_note_font(nb_docx *docx, const char *name, bool is_chinese);

/* Open the root element of a WordprocessingML part, with the namespaces of w: and r:. */
void nb_docx_open_root(nb_xml *xml, const char *name);
/* <name w:val="value"/>, or without a value a switch that is on. */
void nb_docx_value(nb_xml *xml, const char *name, const char *value);
void nb_docx_number(nb_xml *xml, const char *name, int64_t value);
void nb_docx_switch(nb_xml *xml, const char *name, bool on);
/* <name w:w="twips" w:type="dxa"/> */
void nb_docx_width(nb_xml *xml, const char *name, nb_length width);
/*
 * w:rFonts with one face for all four kinds of character; hint says that in doubt they are Chinese.
 */
void nb_docx_one_face(nb_xml *xml, const char *name, bool is_chinese);

/* Font sizes are half points. */
int64_t nb_docx_half_points(nb_length length);

#endif
