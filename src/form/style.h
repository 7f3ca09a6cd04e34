/*
 * A page style, loaded from layouts/: paper, block, paragraph styles, table measures, breaking
 * rules. Not changed after loading.
 */
#ifndef NB_FORM_STYLE_H
#define NB_FORM_STYLE_H

#include "base/arena.h"
#include "base/findings.h"
#include "base/length.h"
#include "base/utf8.h"

typedef enum nb_align { NB_ALIGN_LEFT, NB_ALIGN_CENTER, NB_ALIGN_RIGHT, NB_ALIGN_JUSTIFY } nb_align;

/* All lengths are whole twips, in EMU, so that every format can hold them exactly. */
typedef struct nb_paragraph_style {
    const char *name;       /* "body", "heading1", "table_value" … */
    const char *docx_id;    /* style id in a DOCX: "Heading1" */
    const char *docx_name;  /* and its name there: "heading 1" */
    const char *role;       /* font role of Chinese text */
    const char *latin_role; /* of letters and digits */
    nb_length size;
    nb_length pitch;    /* from baseline to baseline */
    nb_length tracking; /* added to each advance; negative closes up */
    uint32_t colour;    /* of the text, 0xRRGGBB */
    nb_length first_line_indent;
    int first_line_characters; /* the same indent as word processors count it */
    nb_length space_before;    /* not at the top of a page */
    nb_length space_after;
    nb_align align;
    int outline_level; /* 1 … for headings, 0 for text */
    bool keep_next;    /* on the page of the paragraph or table after it */
    bool hanging;      /* a closing mark may hang past the right edge */
} nb_paragraph_style;

enum { NB_HEADING_LEVELS_MOST = 9 }; /* as word processors have */

/*
 * How a heading's number looks, and the style it gives: "{chinese}、" "（{chinese}）" "{digit}."
 * "（{digit}）"
 */
typedef struct nb_heading_pattern {
    const char *before;
    bool chinese; /* else Arabic digits */
    const char *after;
    const nb_paragraph_style *style;
} nb_heading_pattern;

/*
 * A line in the margin of each page. One that its style sets flush right stands at the paper's outer
 * edge: on the right of odd pages, on the left of even ones.
 */
typedef struct nb_margin_line {
    const nb_paragraph_style *style;
    const char *before, *after; /* the page's number; without one before is the whole line */
    bool has_number;
    nb_length inset;      /* from the outer edge of the block */
    int inset_characters; /* the same as word processors count it */
    nb_length distance;   /* from the paper's head or foot to that of the line */
} nb_margin_line;

typedef struct nb_page_style {
    const char *id;
    const char *source;
    nb_length paper_width, paper_height;
    nb_length left, top; /* of the text block (版心) */
    nb_length text_width, text_height;
    nb_paragraph_style *styles;
    int style_count;
    nb_heading_pattern *patterns;
    int pattern_count;
    int heading_characters;   /* the longest text that a number makes a heading … */
    nb_string sentence_marks; /* … when it has none of these */
    /* section: the headings of the form's parts */
    const nb_paragraph_style *title, *section, *body;
    /* note: text below a table; caption: below a picture */
    const nb_paragraph_style *note, *caption, *attachment, *signature, *signature_date;
    nb_margin_line page_number;    /* at the foot: "— 3 —" */
    nb_margin_line draft_mark;     /* at the head of a draft: that it is one */
    const char *draft_title_after; /* the same, after the title where only that is shown */
    nb_length table_rule;          /* line width */
    nb_length table_cell_left, table_cell_right; /* inner margins */
    bool compact;         /* lines by the compact profile of 中文排版需求; else on the grid */
    nb_string held_units; /* characters that stay on the line of the number before them */
    nb_string held_prefixes;  /* characters that stay on the line of the number after them */
    int script_gap_per_mille; /* space between Han and letters or digits, in 1/1000 of the size */
} nb_page_style;

/* The name of the style that a style file is based on, or "": that one must be loaded first. */
const char *nb_page_style_base(nb_string json, nb_arena *arena);
/*
 * Load a style from JSON text. What the file leaves out is as in base, which is borrowed, and NULL
 * when the file is based on none. Errors in the file are findings (rule "F") and NB_E_RESOURCE.
 */
nb_status nb_page_style_load(nb_string json, const char *name, const nb_page_style *base,
                             nb_arena *arena, nb_findings *findings, const nb_page_style **out);
/*
 * Whether a document uses a style of its page style: all but that of the draft mark, which only
 * drafts have.
 */
bool nb_page_style_uses(const nb_page_style *style, const nb_paragraph_style *paragraph,
                        bool is_draft);
/* The style of that name, or NULL. */
const nb_paragraph_style *nb_page_style_lookup(const nb_page_style *style, nb_string name);

#endif
