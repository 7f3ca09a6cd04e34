#include "revise/json_diff.h"

#include "revise/align.h"

typedef struct diffing {
    nb_buffer *out;
    nb_arena *arena;
    int count; /* of operations */
} diffing;

static void write_operation(diffing *d, const char *name, const char *path, const nb_json *value)
{
    nb_buffer_text(d->out, d->count++ ? ",\n    {\"op\": \"" : "\n    {\"op\": \"");
    nb_buffer_text(d->out, name);
    nb_buffer_text(d->out, "\", \"path\": ");
    nb_json_write_string(d->out, nb_string_of(path));
    if (value) {
        nb_buffer_text(d->out, ", \"value\": ");
        nb_json_write(d->out, value);
    }
    nb_buffer_byte(d->out, '}');
}

static void remove_value(diffing *d, const char *path, const nb_json *value)
{
    write_operation(d, "test", path, value);
    write_operation(d, "remove", path, NULL);
}

static nb_string written(const diffing *d, const nb_json *node)
{
    nb_buffer *out = nb_buffer_new(d->arena, SIZE_MAX / 4);
    nb_json_write(out, node);
    return (nb_string){ (const char *)out->data, out->length };
}

static void diff_values(diffing *d, const char *path, const nb_json *a, const nb_json *b);

static const char *member_path(const diffing *d, const char *path, nb_string key)
{
    nb_json root = { .kind = NB_JSON_OBJECT }, node = { .key = key, .parent = &root };
    return nb_arena_print(d->arena, "%s%s", path, nb_json_pointer(&node, d->arena));
}

static void diff_objects(diffing *d, const char *path, const nb_json *a, const nb_json *b)
{
    for (const nb_json *member = a->first; member; member = member->next) {
        const nb_json *other = nb_json_member(b, member->key.data);
        const char *place = member_path(d, path, member->key);
        if (other)
            diff_values(d, place, member, other);
        else
            remove_value(d, place, member);
    }
    for (const nb_json *member = b->first; member; member = member->next)
        if (!nb_json_member(a, member->key.data))
            write_operation(d, "add", member_path(d, path, member->key), member);
}

/* Entries of a row keep their places: only its end may grow or shrink. */
static bool is_row(const nb_json *array)
{
    for (const nb_json *entry = array->first; entry; entry = entry->next)
        if (entry->kind != NB_JSON_NUMBER && entry->kind != NB_JSON_NULL)
            return false;
    return true;
}

static const char *entry_path(const diffing *d, const char *path, int index)
{
    return nb_arena_print(d->arena, "%s/%d", path, index);
}

static void diff_rows(diffing *d, const char *path, const nb_json *a, const nb_json *b)
{
    const nb_json *old_entry = a->first, *new_entry = b->first;
    int index = 0;
    for (; old_entry && new_entry; index++) {
        diff_values(d, entry_path(d, path, index), old_entry, new_entry);
        old_entry = old_entry->next;
        new_entry = new_entry->next;
    }
    for (; old_entry; old_entry = old_entry->next)
        remove_value(d, entry_path(d, path, index), old_entry);
    for (; new_entry; new_entry = new_entry->next)
        write_operation(d, "add", entry_path(d, path, index++), new_entry);
}

/* The entries of an array, and their nodes in *nodes. */
static nb_entries entries_of(const diffing *d, const nb_json *array, const nb_json ***nodes)
{
    nb_entry *list = NB_NEW_ARRAY(d->arena, nb_entry, (size_t)array->count + 1);
    *nodes = NB_NEW_ARRAY(d->arena, const nb_json *, (size_t)array->count + 1);
    for (const nb_json *entry = array->first; entry; entry = entry->next) {
        nb_string text = nb_json_member_text(entry, "text");
        list[entry->index] = (nb_entry){ text.length ? text : entry->text, written(d, entry) };
        (*nodes)[entry->index] = entry;
    }
    return (nb_entries){ list, array->count };
}

static void diff_lists(diffing *d, const char *path, const nb_json *a, const nb_json *b)
{
    const nb_json **old_nodes, **new_nodes;
    nb_entries old_entries = entries_of(d, a, &old_nodes);
    nb_entries new_entries = entries_of(d, b, &new_nodes);
    nb_alignment alignment = nb_align_entries(old_entries, new_entries, d->arena);
    int at = 0; /* in the array as it is by then */
    for (int i = 0; i < alignment.count; i++) {
        const nb_entry_pair *pair = &alignment.pairs[i];
        const char *place = pair->is_same ? NULL : entry_path(d, path, at);
        if (pair->new_index < 0) {
            remove_value(d, place, old_nodes[pair->old_index]);
            continue;
        }
        if (pair->old_index < 0)
            write_operation(d, "add", place, new_nodes[pair->new_index]);
        else if (!pair->is_same)
            diff_values(d, place, old_nodes[pair->old_index], new_nodes[pair->new_index]);
        at++;
    }
}

static void diff_values(diffing *d, const char *path, const nb_json *a, const nb_json *b)
{
    bool is_one_kind = a->kind == b->kind;
    if (is_one_kind && a->kind == NB_JSON_OBJECT) {
        diff_objects(d, path, a, b);
    } else if (is_one_kind && a->kind == NB_JSON_ARRAY) {
        (is_row(a) && is_row(b) ? diff_rows : diff_lists)(d, path, a, b);
    } else if (!is_one_kind || !nb_string_equal(a->text, b->text)) {
        write_operation(d, "test", path, a);
        write_operation(d, "replace", path, b);
    }
}

void nb_json_diff(nb_buffer *out, const nb_json *old_root, const nb_json *new_root, nb_arena *arena)
{
    diffing d = { out, arena, 0 };
    nb_buffer_byte(out, '[');
    diff_values(&d, "", old_root, new_root);
    nb_buffer_text(out, d.count ? "\n]\n" : "]\n");
}
