/* What the readers of DOCX and HTML share. Private to the folder. */
#ifndef NB_IMPORT_READER_H
#define NB_IMPORT_READER_H

#include "base/buffer.h"
#include "import/extract.h"
#include <libxml/tree.h>

typedef struct nb_event {
    nb_event_kind kind;
    nb_string text; /* of a paragraph or a line of a cell */
    int line;
    int block;         /* in which it stands; index into the extract's blocks */
    nb_string control; /* as nb_item has it */
} nb_event;

struct nb_extract {
    nb_arena *arena;
    nb_findings *findings;
    const char *name;
    nb_string carried;
    nb_extract_values values;
    nb_string carried_digest; /* as the file states it; empty when it states none */
    bool is_draft;
    bool is_docx;
    bool is_text;
    nb_string text; /* UTF-8, when is_text */
    nb_event *events;
    int event_count;
    int event_capacity;
    int *blocks; /* per block the one around it; the first, which is all, is its own */
    int block_count;
    int block_capacity;
    nb_string title_hints[2];
};

enum {
    NB_LARGEST_EXTRACT = 256 << 20, /* bytes, unpacked */
    NB_DEEPEST_ELEMENT = 256        /* as libxml2 has it */
};

/* extract */

void nb_extract_add(nb_extract *extract, nb_event_kind kind, nb_string text, int line, int block);
int nb_extract_block(nb_extract *extract, int around);
/* A failure: an error finding, rule IO. */
nb_status nb_extract_refuse(nb_extract *extract, const char *chinese, const char *english);
void nb_extract_tell(nb_extract *extract, nb_severity severity, int line, const char *chinese,
                     const char *english);
/* Take JSON that the file carries, unless it is damaged, and the SHA-256 stated for it, if any. */
void nb_extract_carry(nb_extract *extract, nb_string json, nb_string digest);

/* lines: the text of a paragraph, broken into lines, gathered piece by piece */

typedef struct nb_lines {
    nb_extract *extract;
    nb_buffer *line;
    int number; /* where the line begins */
    int block;
    bool is_cell;
    nb_string control;      /* in which what is added stands */
    nb_string line_control; /* in which the line began */
    bool has_text; /* since the buffer was last emptied a character that is not blank was added */
} nb_lines;

void nb_lines_begin(nb_lines *lines, nb_extract *extract);
/* Soft hyphens and word joiners are left out. */
void nb_lines_add(nb_lines *lines, nb_string text, int number);
/* Hand the line over, when there is anything in it. */
void nb_lines_end(nb_lines *lines);

/* encoding */

/*
 * The text in UTF-8 without a byte order mark. Without a mark and a hint it is UTF-8 when it can
 * be, else GB18030. hint names a charset or is empty; what it says is not believed when it cannot
 * be so. False when no charset fits.
 */
bool nb_to_utf8(nb_string bytes, nb_string hint, nb_arena *arena, nb_string *out);

/* xml: reading without entities from outside, network, or words on stderr */

/*
 * The document, which the arena frees, or NULL when it is not well formed. bytes must outlive it.
 */
xmlDoc *nb_xml_read(nb_string bytes, nb_arena *arena);
xmlDoc *nb_html_read(nb_string utf8, nb_arena *arena);
bool nb_element_is(const xmlNode *node, const char *name);
/* names ends with NULL. */
bool nb_element_is_one_of(const xmlNode *node, const char *const *names);
/*
 * Whether a table only lays out the page: the tables in it have more cells than it has itself. What
 * tables and cells are called is the format's; both lists end with NULL.
 */
bool nb_is_layout_table(const xmlNode *table, const char *const *tables, const char *const *cells);
/*
 * The value of the attribute of that local name, or an empty string. It lives as the document does.
 */
nb_string nb_attribute(const xmlNode *node, const char *name, nb_arena *arena);
const xmlNode *nb_child(const xmlNode *node, const char *name);
/* Whether a property of a word processor, such as w:vanish, is on. */
bool nb_is_on(const xmlNode *properties, const char *name, nb_arena *arena);
/* All text in the node, in the arena. */
nb_string nb_text_content(const xmlNode *node, nb_arena *arena);
nb_string nb_node_text(const xmlNode *text);

/* package: a zip with limits */

typedef struct nb_package nb_package;

/* NULL, with a finding, when it cannot be opened or is larger than a report can be. */
nb_package *nb_package_open(nb_extract *extract, nb_string bytes);
int nb_package_count(const nb_package *package);
nb_string nb_package_name(const nb_package *package, int index);
/* The bytes of an entry, or false when there is none of that name or it is damaged. */
bool nb_package_read(nb_package *package, nb_string name, nb_string *out);

/* numbering: what a word processor counts */

typedef struct nb_numbering nb_numbering;

/* Either document may be NULL. */
nb_numbering *nb_numbering_new(xmlDoc *numbering, xmlDoc *styles, nb_arena *arena);
/* Count a paragraph with these w:pPr, which may be NULL: its number's text, or an empty string. */
nb_string nb_numbering_next(nb_numbering *numbering, const xmlNode *properties);

/* One reader for each kind of file. */
nb_status nb_docx_read(nb_extract *extract, nb_string bytes);
nb_status nb_html_page_read(nb_extract *extract, nb_string bytes);
nb_status nb_pdf_read(nb_extract *extract, nb_string bytes);

#endif
