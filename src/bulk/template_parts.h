/* A template as it is kept. Private to the files of templates. */
#ifndef NB_BULK_TEMPLATE_PARTS_H
#define NB_BULK_TEMPLATE_PARTS_H

#include "bulk/template.h"

typedef enum nb_number_style { NB_AS_WRITTEN, NB_GROUPED, NB_CHINESE_NUMBER } nb_number_style;

/* A piece of a string: a literal text, or a reference to a column. */
typedef struct nb_template_piece {
    int column;     /* index into the template's columns; -1: a literal */
    nb_string text; /* of a literal; or of a reference its default */
    bool has_default;
    nb_number_style style;
} nb_template_piece;

typedef struct nb_template_node {
    const nb_json *json;
    const char *pointer;       /* in the report, as far as items of lists before it stay */
    const nb_field *field;     /* that the node is a value of, or an item of; NULL: none is known */
    bool is_item;              /* of a list of texts */
    nb_template_piece *pieces; /* of a string that names columns */
    int piece_count;
    int condition; /* column of when or unless; -1: none */
    bool is_unless;
    struct nb_template_node *children; /* of an array or object, without when and unless */
    int child_count;
} nb_template_node;

typedef struct nb_template_column {
    nb_string name;
    bool is_needed;  /* a reference to it has no default */
    int line, place; /* of the first reference, in the template */
    int source;      /* index into the source's columns; -1: missing */
} nb_template_column;

struct nb_template {
    const char *name;
    nb_template_node root;
    nb_template_column *columns;
    int column_count, column_capacity;
    int source_count; /* columns of the source; 0: rows name their own */
};

/* template_cells: what a cell says */

/* Something other than nothing, no, false and 0. */
bool nb_cell_says_yes(const nb_cell *cell);
/* Write the cell as the value of a field. kind NB_FIELD_GROUP: no field is known. */
void nb_cell_write_value(const nb_cell *cell, nb_field_kind kind, nb_arena *arena, nb_buffer *out);
/* The cell as a number in plain digits, or an empty string. */
nb_string nb_cell_number(const nb_cell *cell, nb_arena *arena);

#endif
