/*
 * A JSON document that can be changed, by JSON Pointer (RFC 6901). Private to src/revise.
 *
 * The work that all calls on one tree may do is bounded, so that no patch takes more time or memory
 * than a large report is worth.
 */
#ifndef NB_REVISE_JSON_TREE_H
#define NB_REVISE_JSON_TREE_H

#include "report/json.h"

typedef struct nb_tree_node {
    nb_json_kind kind;
    nb_string text; /* as nb_json.text */
    struct nb_tree_node **items;
    nb_string *keys; /* of an object's members, beside items */
    int count;
    int capacity;
} nb_tree_node;

typedef struct nb_json_tree {
    nb_tree_node *root; /* NULL after it was removed */
    nb_arena *arena;
    int64_t nodes; /* made so far */
    int64_t steps; /* looked at or moved so far */
} nb_json_tree;

typedef enum nb_tree_status {
    NB_TREE_DONE,
    NB_TREE_NO_PLACE,
    NB_TREE_INTO_ITSELF,
    NB_TREE_TOO_LARGE
} nb_tree_status;

/* "" or parts that each begin with a slash, with ~ only in ~0 and ~1. */
bool nb_is_json_pointer(nb_string text);
/* The pointer names a place inside the value at the other. */
bool nb_is_below(nb_string pointer, nb_string above);

/* The value as part of the tree, not yet in a place. */
nb_tree_status nb_tree_take(nb_json_tree *tree, const nb_json *value, nb_tree_node **out);
nb_tree_status nb_tree_copy(nb_json_tree *tree, const nb_tree_node *value, nb_tree_node **out);

nb_tree_status nb_tree_find(nb_json_tree *tree, nb_string pointer, nb_tree_node **out);
/* Into an object, in place of a member of that name; into an array before an entry, "-" its end. */
nb_tree_status nb_tree_add(nb_json_tree *tree, nb_string pointer, nb_tree_node *value);
nb_tree_status nb_tree_replace(nb_json_tree *tree, nb_string pointer, nb_tree_node *value);
nb_tree_status nb_tree_remove(nb_json_tree *tree, nb_string pointer);

/* Equal as RFC 6902 4.6 has it: numbers by value, objects in any order. */
nb_tree_status nb_tree_equals(nb_json_tree *tree, const nb_tree_node *a, const nb_json *b,
                              bool *same);

void nb_tree_write(nb_buffer *out, const nb_tree_node *root);
/* The first part of a value on one line, long enough for a message. */
void nb_tree_write_short(nb_buffer *out, const nb_tree_node *node);

#endif
