#include "revise/json_tree.h"

#include "revise/json_number.h"

#include <assert.h>

enum { DEEPEST = 64, MOST_NODES = 4000000 };
static const int64_t most_steps = 200000000;

bool nb_is_json_pointer(nb_string text)
{
    if (text.length && text.data[0] != '/')
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '~' &&
            (i + 1 == text.length || (text.data[i + 1] != '0' && text.data[i + 1] != '1')))
            return false;
    return true;
}

bool nb_is_below(nb_string pointer, nb_string above)
{
    return pointer.length > above.length && pointer.data[above.length] == '/' &&
           memcmp(pointer.data, above.data, above.length) == 0;
}

static bool spend(nb_json_tree *tree, int64_t steps)
{
    tree->steps += steps;
    return tree->steps <= most_steps;
}

static nb_tree_node *new_node(nb_json_tree *tree, nb_json_kind kind, nb_string text, int count)
{
    if (++tree->nodes > MOST_NODES)
        return NULL;
    nb_tree_node *node = NB_NEW(tree->arena, nb_tree_node);
    *node = (nb_tree_node){ .kind = kind, .text = text, .count = count, .capacity = count };
    if (count)
        node->items = NB_NEW_ARRAY(tree->arena, nb_tree_node *, (size_t)count);
    if (count && kind == NB_JSON_OBJECT)
        node->keys = NB_NEW_ARRAY(tree->arena, nb_string, (size_t)count);
    return node;
}

nb_tree_status nb_tree_take(nb_json_tree *tree, const nb_json *value, nb_tree_node **out)
{
    nb_tree_node *node = *out = new_node(tree, value->kind, value->text, value->count);
    if (!node)
        return NB_TREE_TOO_LARGE;
    for (const nb_json *child = value->first; child; child = child->next) {
        assert(node->items);
        if (node->keys)
            node->keys[child->index] = child->key;
        nb_tree_status status = nb_tree_take(tree, child, &node->items[child->index]);
        if (status != NB_TREE_DONE)
            return status;
    }
    return NB_TREE_DONE;
}

nb_tree_status nb_tree_copy(nb_json_tree *tree, const nb_tree_node *value, nb_tree_node **out)
{
    nb_tree_node *node = *out = new_node(tree, value->kind, value->text, value->count);
    if (!node)
        return NB_TREE_TOO_LARGE;
    for (int i = 0; i < value->count; i++) {
        if (node->keys)
            node->keys[i] = value->keys[i];
        nb_tree_status status = nb_tree_copy(tree, value->items[i], &node->items[i]);
        if (status != NB_TREE_DONE)
            return status;
    }
    return NB_TREE_DONE;
}

/* Whether a member's name is a part of a pointer, where ~1 stands for / and ~0 for ~. */
static bool is_named(nb_string key, nb_string part)
{
    size_t at = 0;
    for (size_t i = 0; i < part.length; i++, at++) {
        char c = part.data[i];
        if (c == '~')
            c = part.data[++i] == '1' ? '/' : '~';
        if (at == key.length || key.data[at] != c)
            return false;
    }
    return at == key.length;
}

static nb_string unescaped(nb_arena *arena, nb_string part)
{
    char *key = nb_arena_alloc(arena, part.length + 1), *to = key;
    for (size_t i = 0; i < part.length; i++) {
        char c = part.data[i];
        if (c == '~')
            c = part.data[++i] == '1' ? '/' : '~';
        *to++ = c;
    }
    return (nb_string){ key, (size_t)(to - key) };
}

/* The number that a part of a pointer is, without leading zeros and below 2^31, or -1. */
static int index_of(nb_string part)
{
    int64_t index = 0;
    if (!part.length || part.length > 10 || (part.length > 1 && part.data[0] == '0'))
        return -1;
    for (size_t i = 0; i < part.length; i++) {
        if (part.data[i] < '0' || part.data[i] > '9')
            return -1;
        index = index * 10 + (part.data[i] - '0');
    }
    return index <= INT32_MAX ? (int)index : -1;
}

/* The place of a part in a value, or -1; *status says when looking took too long. */
static int place_of(nb_json_tree *tree, const nb_tree_node *node, nb_string part,
                    nb_tree_status *status)
{
    int index = -1;
    if (node->kind == NB_JSON_ARRAY)
        index = index_of(part);
    else if (node->kind == NB_JSON_OBJECT && spend(tree, node->count))
        for (int i = 0; i < node->count && index < 0; i++)
            index = is_named(node->keys[i], part) ? i : -1;
    *status = tree->steps > most_steps ? NB_TREE_TOO_LARGE : NB_TREE_DONE;
    return index < node->count ? index : -1;
}

nb_tree_status nb_tree_find(nb_json_tree *tree, nb_string pointer, nb_tree_node **out)
{
    nb_tree_node *node = tree->root;
    nb_tree_status status = node ? NB_TREE_DONE : NB_TREE_NO_PLACE;
    const char *at = pointer.data, *end = at + pointer.length;
    while (at < end && status == NB_TREE_DONE) {
        const char *stop = memchr(at + 1, '/', (size_t)(end - at - 1));
        stop = stop ? stop : end;
        int index = place_of(tree, node, (nb_string){ at + 1, (size_t)(stop - at) - 1 }, &status);
        if (status == NB_TREE_DONE && index < 0)
            status = NB_TREE_NO_PLACE;
        else if (status == NB_TREE_DONE)
            node = node->items[index];
        at = stop;
    }
    *out = node;
    return status;
}

/* The value that a pointer's last part is in, and that part. The pointer is not "". */
static nb_tree_status find_holder(nb_json_tree *tree, nb_string pointer, nb_tree_node **holder,
                                  nb_string *part)
{
    size_t slash = pointer.length;
    while (pointer.data[slash - 1] != '/')
        slash--;
    *part = (nb_string){ pointer.data + slash, pointer.length - slash };
    return nb_tree_find(tree, (nb_string){ pointer.data, slash - 1 }, holder);
}

static int depth_of(const nb_tree_node *node)
{
    int deepest = 0;
    for (int i = 0; i < node->count; i++) {
        int depth = depth_of(node->items[i]);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

static int parts_of(nb_string pointer)
{
    int count = 0;
    for (size_t i = 0; i < pointer.length; i++)
        count += pointer.data[i] == '/';
    return count;
}

static void insert(nb_json_tree *tree, nb_tree_node *holder, int index, nb_string key,
                   nb_tree_node *value)
{
    size_t after = (size_t)(holder->count - index);
    if (holder->kind == NB_JSON_OBJECT) {
        int capacity = holder->capacity;
        NB_GROW(tree->arena, holder->keys, holder->count, &capacity);
        holder->keys[holder->count] = key;
    }
    NB_GROW(tree->arena, holder->items, holder->count, &holder->capacity);
    memmove(holder->items + index + 1, holder->items + index, after * sizeof *holder->items);
    holder->items[index] = value;
    holder->count++;
}

nb_tree_status nb_tree_add(nb_json_tree *tree, nb_string pointer, nb_tree_node *value)
{
    nb_tree_node *holder;
    nb_string part, key = { "", 0 };
    if (parts_of(pointer) + depth_of(value) > DEEPEST)
        return NB_TREE_TOO_LARGE;
    if (!pointer.length) {
        tree->root = value;
        return NB_TREE_DONE;
    }
    nb_tree_status status = find_holder(tree, pointer, &holder, &part);
    if (status != NB_TREE_DONE)
        return status;
    int index = place_of(tree, holder, part, &status);
    if (status != NB_TREE_DONE)
        return status;
    if (holder->kind == NB_JSON_OBJECT && index >= 0) {
        holder->items[index] = value;
        return NB_TREE_DONE;
    }
    if (holder->kind == NB_JSON_OBJECT)
        key = unescaped(tree->arena, part);
    else if (holder->kind != NB_JSON_ARRAY)
        return NB_TREE_NO_PLACE;
    if (holder->kind == NB_JSON_OBJECT || nb_string_is(part, "-") ||
        index_of(part) == holder->count)
        index = holder->count;
    if (index < 0)
        return NB_TREE_NO_PLACE;
    if (!spend(tree, holder->count - index))
        return NB_TREE_TOO_LARGE;
    insert(tree, holder, index, key, value);
    return NB_TREE_DONE;
}

nb_tree_status nb_tree_replace(nb_json_tree *tree, nb_string pointer, nb_tree_node *value)
{
    nb_tree_node *there;
    nb_tree_status status = nb_tree_find(tree, pointer, &there);
    if (status != NB_TREE_DONE)
        return status;
    if (parts_of(pointer) + depth_of(value) > DEEPEST)
        return NB_TREE_TOO_LARGE;
    if (there == tree->root)
        tree->root = value;
    else
        *there = *value;
    return NB_TREE_DONE;
}

nb_tree_status nb_tree_remove(nb_json_tree *tree, nb_string pointer)
{
    nb_tree_node *holder;
    nb_string part;
    nb_tree_status status;
    if (!pointer.length) {
        status = tree->root ? NB_TREE_DONE : NB_TREE_NO_PLACE;
        tree->root = NULL;
        return status;
    }
    status = find_holder(tree, pointer, &holder, &part);
    if (status != NB_TREE_DONE)
        return status;
    int index = place_of(tree, holder, part, &status);
    if (status != NB_TREE_DONE || index < 0)
        return status != NB_TREE_DONE ? status : NB_TREE_NO_PLACE;
    if (!spend(tree, holder->count - index))
        return NB_TREE_TOO_LARGE;
    size_t after = (size_t)(holder->count - index - 1);
    memmove(holder->items + index, holder->items + index + 1, after * sizeof *holder->items);
    if (holder->kind == NB_JSON_OBJECT)
        memmove(holder->keys + index, holder->keys + index + 1, after * sizeof *holder->keys);
    holder->count--;
    return NB_TREE_DONE;
}

static nb_tree_status members_equal(nb_json_tree *tree, const nb_tree_node *a, const nb_json *b,
                                    bool *same)
{
    nb_tree_status status = NB_TREE_DONE;
    for (const nb_json *member = b->first; member && *same && status == NB_TREE_DONE;
         member = member->next) {
        int index = member->index;
        if (a->kind == NB_JSON_OBJECT) {
            if (!spend(tree, a->count))
                return NB_TREE_TOO_LARGE;
            for (index = 0; index < a->count; index++)
                if (nb_string_equal(a->keys[index], member->key))
                    break;
        }
        if (index == a->count)
            *same = false;
        else
            status = nb_tree_equals(tree, a->items[index], member, same);
    }
    return status;
}

nb_tree_status nb_tree_equals(nb_json_tree *tree, const nb_tree_node *a, const nb_json *b,
                              bool *same)
{
    if (!spend(tree, 1))
        return NB_TREE_TOO_LARGE;
    *same = a->kind == b->kind && a->count == b->count;
    if (*same && a->kind == NB_JSON_NUMBER)
        *same = nb_is_same_number(a->text, b->text);
    else if (*same && a->kind == NB_JSON_STRING)
        *same = nb_string_equal(a->text, b->text);
    return *same ? members_equal(tree, a, b, same) : NB_TREE_DONE;
}

enum { ON_ONE_LINE = -1, SHORT_BYTES = 400 };

static void begin_item(nb_buffer *out, bool is_first, int depth)
{
    if (!is_first)
        nb_buffer_text(out, depth < 0 ? ", " : ",");
    if (depth < 0)
        return;
    nb_buffer_byte(out, '\n');
    for (int i = 0; i < depth; i++)
        nb_buffer_text(out, "    ");
}

static void write_node(nb_buffer *out, const nb_tree_node *node, int depth)
{
    bool is_object = node->kind == NB_JSON_OBJECT;
    if (!is_object && node->kind != NB_JSON_ARRAY) {
        nb_json leaf = { .kind = node->kind, .text = node->text };
        nb_json_write(out, &leaf);
        return;
    }
    int inner = depth < 0 ? depth : depth + 1;
    nb_buffer_byte(out, is_object ? '{' : '[');
    for (int i = 0; i < node->count && (depth >= 0 || out->length < SHORT_BYTES); i++) {
        begin_item(out, i == 0, inner);
        if (is_object) {
            nb_json_write_string(out, node->keys[i]);
            nb_buffer_text(out, ": ");
        }
        write_node(out, node->items[i], inner);
    }
    if (node->count)
        begin_item(out, true, depth);
    nb_buffer_byte(out, is_object ? '}' : ']');
}

void nb_tree_write(nb_buffer *out, const nb_tree_node *root)
{
    write_node(out, root, 0);
    nb_buffer_byte(out, '\n');
}

void nb_tree_write_short(nb_buffer *out, const nb_tree_node *node)
{
    write_node(out, node, ON_ONE_LINE);
}
