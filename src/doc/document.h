/*
 * The document: what the report says, in reading order, each node knowing which value it came
 * from. DOCX is written from it, and layout sets it into pages. Layout leaves notes on it where a
 * word processor must be told what was decided; nothing else is changed after compose.
 */
#ifndef NB_DOC_DOCUMENT_H
#define NB_DOC_DOCUMENT_H

#include "base/sha256.h"
#include "form/form.h"
#include "form/style.h"
#include "image/image.h"
#include "report/report.h"

/* What a document with changes marked on it says of its parts; in any other all is kept. */
typedef enum nb_change { NB_KEPT, NB_INSERTED, NB_DELETED } nb_change;

/* Text in one face. "\n" in it is a forced line break. */
typedef struct nb_span {
    nb_string text;
    const char *role; /* font role of its Chinese characters */
    nb_change change;
} nb_span;

/*
 * Note by layout: characters set with more tracking than their style has, so that their line ends
 * where it should.
 */
typedef struct nb_tracking_note {
    uint32_t first, end; /* offsets in the text, its spans joined */
    nb_length tracking;
} nb_tracking_note;

typedef struct nb_text {
    const nb_paragraph_style *style;
    nb_span *spans;
    int span_count;
    const char *pointer;   /* JSON Pointer of the value it shows; "" for the form's own words */
    int line, column;      /* where that was written, for findings; 0 for the form's own words */
    nb_length left_indent; /* of every line; layout may change both … */
    /* … this of the first line beyond it, negative for a hanging one */
    nb_length first_line_indent;
    nb_tracking_note *tracking; /* in text order */
    int tracking_count;
    bool needs_no_fallback; /* note by layout: its roles' first faces draw each character */
} nb_text;

typedef struct nb_cell {
    nb_text text;
    int row, column, row_span, column_span; /* in the table's grid */
    bool is_value;
    bool vertical;    /* the text runs downwards */
    const char *role; /* as nb_form_cell.role */
    /* note by layout: character width in percent, 100 unless a number had to be set narrower */
    int scale;
} nb_cell;

typedef struct nb_table {
    const nb_form_table *form;
    nb_length *columns; /* widths in use */
    int column_count;
    int row_count;
    int head_rows;
    nb_cell *cells; /* by row, then column */
    int cell_count;
    /* note by layout, per row: first row on its page, the table's first row excepted */
    bool *starts_page;
    bool *keeps_with_next;  /* note by layout, per row: held on the page of the row after it */
    nb_change *row_changes; /* per row; NULL: none */
} nb_table;

/* Word processors need a paragraph between two tables: the height that layout leaves for it. */
enum { NB_BETWEEN_TABLES = NB_PT };

typedef struct nb_picture {
    nb_string source; /* as nb_item.picture */
    nb_string alt;
    nb_length stated_width;  /* 0: its natural one */
    const nb_image *image;   /* one of the document's; NULL until the pictures are loaded */
    nb_length width, height; /* notes by layout: its size on the page … */
    nb_length box_height;    /* … and of the room that it takes in the text's height */
} nb_picture;

typedef enum nb_block_kind {
    NB_BLOCK_TITLE,
    NB_BLOCK_HEADING,
    NB_BLOCK_PARAGRAPH,
    NB_BLOCK_TABLE,
    NB_BLOCK_PICTURE
} nb_block_kind;

/* What a paragraph is at the report's end, where layout finds its indents by arithmetic. */
typedef enum nb_closing {
    NB_CLOSING_NONE,
    NB_CLOSING_ATTACHMENT,    /* 附件说明 */
    NB_CLOSING_SIGNATURE,     /* 署名 */
    NB_CLOSING_SIGNATURE_DATE /* 成文日期, the block after the signature */
} nb_closing;

typedef struct nb_block {
    nb_block_kind kind;
    int level; /* of a heading, from 1 */
    /* of all but tables; of a picture its caption, without spans when it has none */
    nb_text text;
    nb_table *table;     /* of tables */
    nb_picture *picture; /* of pictures */
    nb_closing closing;
    int label_bytes, number_bytes; /* of an attachment: the beginnings of its text, 附件： and 1. */
    bool page_break_before;        /* note by layout */
    nb_change change;              /* of all of it */
    /*
     * of its last paragraph's end, which parts it from the next: where that was inserted, rejecting
     * it makes one paragraph of the two
     */
    nb_change end_change;
    const nb_text *before; /* whose style and indents it had before; NULL: its own */
} nb_block;

/* Who made the changes that are marked, and when. */
typedef struct nb_markup_origin {
    nb_string author;
    nb_string date; /* YYYY-MM-DD or empty */
} nb_markup_origin;

typedef struct nb_document {
    const char *name; /* of the input, for findings */
    const nb_form *form;
    const nb_page_style *style;
    nb_block *blocks;
    int block_count;
    const nb_image **images; /* each once, however often it is shown */
    int image_count;
    nb_string title;   /* on one line, for metadata */
    nb_string author;  /* the agency */
    nb_string subject; /* the form's name */
    nb_string date;    /* YYYY-MM-DD or empty */
    int year;
    nb_string report_json;              /* canonical; empty in a document with changes marked */
    char report_digest[NB_DIGEST_SIZE]; /* SHA-256 of that */
    const nb_markup_origin *markup;     /* NULL: no changes are marked */
    bool is_editable; /* a DOCX of it is a form, in which values and paragraphs can be edited */
    bool is_draft;    /* each page is marked as a draft's, and so is the title beside the pages */
} nb_document;

/* The place of an image among the document's. */
int nb_document_image_index(const nb_document *document, const nb_image *image);

/* The text of a node without its forced breaks, in the arena. */
nb_string nb_text_plain(const nb_text *text, nb_arena *arena);
/* The caption of a picture is there. */
static inline bool nb_block_has_caption(const nb_block *block)
{
    return block->text.span_count > 0;
}

#endif
