#include "revise/json_patch.h"

#include "revise/json_tree.h"

typedef enum operation_kind {
    OPERATION_ADD,
    OPERATION_REMOVE,
    OPERATION_REPLACE,
    OPERATION_MOVE,
    OPERATION_COPY,
    OPERATION_TEST,
    OPERATION_COUNT
} operation_kind;

static const char *const operation_names[] = { "add", "remove", "replace", "move", "copy", "test" };

typedef struct operation {
    operation_kind kind;
    const nb_json *node;
    nb_string path;
    nb_string from;       /* of move and copy */
    const nb_json *value; /* of add, replace and test */
} operation;

typedef struct patching {
    nb_json_tree tree;
    const char *name;
    nb_arena *arena;
    nb_findings *findings;
} patching;

enum { MOST_OPERATIONS = 100000, LONGEST_SHOWN = 60 };

static nb_status tell_malformed(const patching *p, const nb_json *node, const char *chinese,
                                const char *english)
{
    nb_finding *finding =
        nb_findings_add(p->findings, NB_ERROR, "J1", nb_json_place(node, p->name, p->arena),
                        NB_SAY(p->findings, "不是 JSON Patch：%s", "this is no JSON Patch: %s"),
                        NB_SAY(p->findings, chinese, english));
    nb_finding_clause(p->findings, finding, "RFC 6902");
    return NB_E_NOT_A_REPORT;
}

static nb_status read_operation(const patching *p, const nb_json *node, operation *out)
{
    const nb_json *path = nb_json_member(node, "path"), *from = nb_json_member(node, "from");
    nb_string name = nb_json_member_text(node, "op");
    int kind = 0;
    while (kind < OPERATION_COUNT && !nb_string_is(name, operation_names[kind]))
        kind++;
    *out = (operation){ .kind = (operation_kind)kind,
                        .node = node,
                        .value = nb_json_member(node, "value") };
    if (node->kind != NB_JSON_OBJECT || kind == OPERATION_COUNT)
        return tell_malformed(p, node, "“op”要是 add、remove、replace、move、copy 或 test",
                              "its “op” must be add, remove, replace, move, copy or test");
    if (!path || path->kind != NB_JSON_STRING || !nb_is_json_pointer(path->text))
        return tell_malformed(p, path ? path : node, "“path”要是一个 JSON Pointer，如 \"/year\"",
                              "its “path” must be a JSON Pointer such as \"/year\"");
    out->path = path->text;
    bool needs_from = kind == OPERATION_MOVE || kind == OPERATION_COPY;
    if (needs_from && (!from || from->kind != NB_JSON_STRING || !nb_is_json_pointer(from->text)))
        return tell_malformed(p, from ? from : node, "“from”要是一个 JSON Pointer",
                              "its “from” must be a JSON Pointer");
    if (needs_from)
        out->from = from->text;
    bool needs_value = kind == OPERATION_ADD || kind == OPERATION_REPLACE || kind == OPERATION_TEST;
    if (needs_value && !out->value)
        return tell_malformed(p, node, "缺少“value”", "its “value” is missing");
    return NB_OK;
}

static nb_finding *tell_failed(const patching *p, const operation *o, const char *rule,
                               const char *message, nb_string pointer)
{
    nb_string shown = nb_utf8_prefix(pointer, (size_t)LONGEST_SHOWN * 2);
    return nb_findings_add(p->findings, NB_ERROR, rule, nb_json_place(o->node, p->name, p->arena),
                           "%s “%.*s”%s%s", operation_names[o->kind], (int)shown.length, shown.data,
                           NB_SAY(p->findings, "：", ": "), message);
}

static nb_status tell_step(const patching *p, const operation *o, nb_tree_status status,
                           nb_string pointer)
{
    static const char *const words[][2] = {
        [NB_TREE_NO_PLACE] = { "没有这个位置", "there is no such place" },
        [NB_TREE_INTO_ITSELF] = { "不能移到自己里面", "a value cannot move into itself" },
        [NB_TREE_TOO_LARGE] = { "结果太大或嵌套太深",
                                "the result is too large or nested too deeply" },
    };
    nb_finding *finding =
        tell_failed(p, o, "J2", words[status][nb_findings_language(p->findings)], pointer);
    nb_finding_hint(p->findings, finding, "%s",
                    NB_SAY(p->findings, "补丁可能是为另一份报告做的；什么都没有写出",
                           "the patch may be made for another report; nothing was written"));
    nb_finding_clause(p->findings, finding, "RFC 6902");
    return NB_E_FINDINGS;
}

/* A value in short, for a message. */
static const char *in_short(const patching *p, const nb_buffer *written)
{
    nb_string text = { (const char *)written->data, written->length };
    nb_string shown = nb_utf8_prefix(text, LONGEST_SHOWN);
    return nb_arena_print(p->arena, "%.*s%s", (int)shown.length, shown.data,
                          shown.length < text.length ? "…" : "");
}

static nb_status tell_difference(const patching *p, const operation *o, const nb_tree_node *found)
{
    nb_buffer *wanted = nb_buffer_new(p->arena, SIZE_MAX / 4);
    nb_buffer *there = nb_buffer_new(p->arena, SIZE_MAX / 4);
    nb_json_write(wanted, o->value);
    nb_tree_write_short(there, found);
    nb_finding *finding = tell_failed(
        p, o, "J3",
        nb_arena_print(p->arena,
                       NB_SAY(p->findings, "应是 %s，现在是 %s", "%s is expected, %s is there"),
                       in_short(p, wanted), in_short(p, there)),
        o->path);
    nb_finding_hint(p->findings, finding, "%s",
                    NB_SAY(p->findings, "报告已不是做补丁时的样子；什么都没有写出",
                           "the report is not what the patch was made from; nothing was written"));
    nb_finding_clause(p->findings, finding, "RFC 6902 §4.6");
    return NB_E_FINDINGS;
}

static nb_status apply_test(patching *p, const operation *o)
{
    nb_tree_node *found;
    bool same = false;
    nb_tree_status status = nb_tree_find(&p->tree, o->path, &found);
    if (status == NB_TREE_DONE)
        status = nb_tree_equals(&p->tree, found, o->value, &same);
    if (status != NB_TREE_DONE)
        return tell_step(p, o, status, o->path);
    return same ? NB_OK : tell_difference(p, o, found);
}

/* Take a value from one place to another. */
static nb_status apply_transfer(patching *p, const operation *o)
{
    nb_tree_node *value;
    nb_tree_status status = nb_tree_find(&p->tree, o->from, &value);
    if (status == NB_TREE_DONE && o->kind == OPERATION_COPY)
        status = nb_tree_copy(&p->tree, value, &value);
    else if (status == NB_TREE_DONE && nb_is_below(o->path, o->from))
        status = NB_TREE_INTO_ITSELF;
    else if (status == NB_TREE_DONE)
        status = nb_tree_remove(&p->tree, o->from);
    if (status != NB_TREE_DONE)
        return tell_step(p, o, status, o->from);
    status = nb_tree_add(&p->tree, o->path, value);
    return status == NB_TREE_DONE ? NB_OK : tell_step(p, o, status, o->path);
}

static nb_status apply_operation(patching *p, const operation *o)
{
    nb_tree_node *value;
    nb_tree_status status = NB_TREE_DONE;
    switch (o->kind) {
    case OPERATION_TEST:
        return apply_test(p, o);
    case OPERATION_MOVE:
    case OPERATION_COPY:
        return apply_transfer(p, o);
    case OPERATION_REMOVE:
        status = nb_tree_remove(&p->tree, o->path);
        break;
    case OPERATION_ADD:
    case OPERATION_REPLACE:
        status = nb_tree_take(&p->tree, o->value, &value);
        if (status == NB_TREE_DONE)
            status = (o->kind == OPERATION_ADD ? nb_tree_add : nb_tree_replace)(&p->tree, o->path,
                                                                                value);
        break;
    case OPERATION_COUNT:
        break;
    }
    return status == NB_TREE_DONE ? NB_OK : tell_step(p, o, status, o->path);
}

nb_status nb_json_patch(const nb_json *document, const nb_json *patch, const char *name,
                        nb_arena *arena, nb_findings *findings, nb_buffer *out)
{
    patching p = { .tree = { .arena = arena }, .name = name, .arena = arena, .findings = findings };
    nb_status status = NB_OK;
    if (patch->kind != NB_JSON_ARRAY)
        return tell_malformed(&p, patch, "要一个数组，每项一个操作",
                              "it must be an array of operations");
    if (patch->count > MOST_OPERATIONS)
        return tell_malformed(&p, patch, "操作超过 100000 个",
                              "it has more than 100,000 operations");
    if (nb_tree_take(&p.tree, document, &p.tree.root) != NB_TREE_DONE)
        return NB_E_MEMORY;
    for (const nb_json *node = patch->first; node && status == NB_OK; node = node->next) {
        operation o;
        status = read_operation(&p, node, &o);
        if (status == NB_OK)
            status = apply_operation(&p, &o);
    }
    if (status == NB_OK && !p.tree.root) {
        status = tell_malformed(&p, patch, "它删去了整份报告", "it removes the whole report");
    }
    if (status == NB_OK)
        nb_tree_write(out, p.tree.root);
    return status;
}
