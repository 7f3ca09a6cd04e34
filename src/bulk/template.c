/* Reading a template, and finding its columns in a sheet. */
#include "bulk/template_parts.h"

#include <limits.h>

enum { MOST_NAMED = 8 /* columns that a finding lists */ };

typedef struct compiling {
    nb_template *template;
    const nb_form *form;
    nb_arena *arena;
    nb_findings *findings;
    bool failed;
} compiling;

static nb_finding *fault(compiling *c, const nb_json *node, const char *message)
{
    c->failed = true;
    return nb_findings_add(c->findings, NB_ERROR, "T1",
                           nb_json_place(node, c->template->name, c->arena), "%s", message);
}

/* The column of that name, made when it is new. */
static int column_of(compiling *c, const nb_json *node, nb_string name, bool is_needed)
{
    nb_template *template = c->template;
    int at = 0;
    while (at < template->column_count && !nb_string_equal(template->columns[at].name, name))
        at++;
    if (at == template->column_count) {
        NB_GROW(c->arena, template->columns, template->column_count, &template->column_capacity);
        template->columns[template->column_count++] =
            (nb_template_column){ name, false, node->line, node->column, -1 };
    }
    template->columns[at].is_needed = template->columns[at].is_needed || is_needed;
    return at;
}

static void add_piece(compiling *c, nb_template_node *node, int *capacity, nb_template_piece piece)
{
    NB_GROW(c->arena, node->pieces, node->piece_count, capacity);
    node->pieces[node->piece_count++] = piece;
}

/* A part of a reference up to one of the marks, its backslashes taken away. */
static nb_string take_part(compiling *c, const char **at, const char *end, const char *marks)
{
    nb_buffer *out = nb_buffer_new(c->arena, (size_t)(end - *at) + 1);
    while (*at < end && !strchr(marks, **at)) {
        if (**at == '\\' && *at + 1 < end)
            (*at)++;
        nb_buffer_byte(out, (unsigned char)*(*at)++);
    }
    return (nb_string){ nb_arena_copy(c->arena, out->data, out->length), out->length };
}

static bool take_style(compiling *c, const nb_json *json, nb_string word, nb_number_style *out)
{
    static const char *const names[] = { "grouped", "chinese" };
    for (int i = 0; i < 2; i++)
        if (nb_string_is(word, names[i])) {
            *out = (nb_number_style)(i + 1);
            return true;
        }
    nb_finding *finding =
        fault(c, json,
              nb_arena_print(c->arena,
                             NB_SAY(c->findings, "没有“%.*s”这种写法", "there is no style “%.*s”"),
                             (int)word.length, word.data));
    nb_finding_hint(c->findings, finding, "%s",
                    NB_SAY(c->findings, "可以写 :grouped（1,258）或 :chinese（一千二百五十八）",
                           "write :grouped (1,258) or :chinese (一千二百五十八)"));
    return false;
}

/* What stands between ${ and }; *at is left behind the brace. */
static bool take_reference(compiling *c, const nb_json *json, const char **at, const char *end,
                           nb_template_piece *out)
{
    nb_string name = take_part(c, at, end, "|:}");
    bool is_good = name.length > 0;
    *out = (nb_template_piece){ .text = NB_STRING("") };
    while (is_good && *at < end && **at != '}') {
        char mark = *(*at)++;
        nb_string part = take_part(c, at, end, "|:}");
        if (mark == ':' && !take_style(c, json, part, &out->style))
            return false;
        if (mark == '|') {
            out->has_default = true;
            out->text = part;
        }
    }
    if (!is_good || *at == end) {
        fault(c, json,
              NB_SAY(c->findings, "“${”要写成“${列名}”", "“${” must be written like “${COLUMN}”"));
        return false;
    }
    (*at)++;
    out->column = column_of(c, json, name, !out->has_default);
    return true;
}

/* Break a string into pieces; one without references keeps none. */
static void compile_string(compiling *c, const nb_json *json, nb_template_node *node)
{
    const char *at = json->text.data, *end = at + json->text.length, *from = at;
    int capacity = 0;
    bool has_marks = false;
    while (at < end) {
        bool is_escape = end - at >= 3 && memcmp(at, "$${", 3) == 0;
        bool is_reference = !is_escape && end - at >= 2 && memcmp(at, "${", 2) == 0;
        if (!is_escape && !is_reference) {
            at++;
            continue;
        }
        has_marks = true;
        if (at > from || is_escape)
            add_piece(c, node, &capacity,
                      (nb_template_piece){ .column = -1,
                                           .text = { from, (size_t)(at - from) + is_escape } });
        at += is_escape ? 3 : 2;
        from = at - is_escape; /* the brace of an escape */
        if (is_escape)
            continue;
        nb_template_piece piece;
        if (!take_reference(c, json, &at, end, &piece))
            return;
        add_piece(c, node, &capacity, piece);
        from = at;
    }
    if (has_marks && at > from)
        add_piece(c, node, &capacity,
                  (nb_template_piece){ .column = -1, .text = { from, (size_t)(at - from) } });
}

static bool is_list(const nb_field *field)
{
    return field && (field->kind == NB_FIELD_PROSE || field->kind == NB_FIELD_LINES);
}

/* The field that the value at a pointer belongs to; an entry of a row has the row's. */
static const nb_field *field_at(const compiling *c, const char *pointer)
{
    const nb_field *field = nb_form_field(c->form, nb_string_of(pointer));
    if (field)
        return field;
    int slot = nb_form_slot(c->form, nb_string_of(pointer));
    return slot >= 0 ? c->form->slots[slot].field : NULL;
}

static bool is_condition(const nb_json *member)
{
    return nb_string_is(member->key, "when") || nb_string_is(member->key, "unless");
}

static void compile_condition(compiling *c, const nb_json *json, nb_template_node *node)
{
    for (const nb_json *at = json->first; at && json->kind == NB_JSON_OBJECT; at = at->next) {
        if (!is_condition(at))
            continue;
        if (at->kind != NB_JSON_STRING || !at->text.length || node->condition >= 0) {
            fault(c, at,
                  NB_SAY(c->findings, "when 或 unless 要写一个列名，只写一次",
                         "when or unless names one column, and stands once"));
            return;
        }
        node->condition = column_of(c, at, at->text, false);
        node->is_unless = nb_string_is(at->key, "unless");
    }
}

static void compile(compiling *c, const nb_json *json, const nb_template_node *parent,
                    nb_template_node *node)
{
    *node = (nb_template_node){ .json = json, .condition = -1 };
    node->pointer = nb_json_pointer(json, c->arena);
    node->field = field_at(c, node->pointer);
    if (!node->field && parent && is_list(parent->field)) {
        node->field = parent->field;
        node->is_item = parent->is_item || parent->json->kind == NB_JSON_ARRAY;
    }
    if (json->kind == NB_JSON_STRING)
        compile_string(c, json, node);
    compile_condition(c, json, node);
    node->children = NB_NEW_ARRAY(c->arena, nb_template_node, (size_t)json->count + 1);
    for (const nb_json *at = json->first; at; at = at->next)
        if (json->kind != NB_JSON_OBJECT || !is_condition(at))
            compile(c, at, node, &node->children[node->child_count++]);
}

nb_string nb_template_form_id(const nb_json *root)
{
    const nb_json *form = nb_json_member(root, "form");
    return form && form->kind == NB_JSON_STRING ? form->text : NB_STRING("");
}

nb_status nb_template_new(const nb_json *root, const char *name, const nb_form *form,
                          nb_arena *arena, nb_findings *findings, nb_template **out)
{
    nb_template *template = *out = NB_NEW(arena, nb_template);
    compiling c = { template, form, arena, findings, false };
    template->name = name;
    if (root->kind != NB_JSON_OBJECT)
        fault(&c, root, NB_SAY(findings, "模板要是一个对象", "a template is an object"));
    else
        compile(&c, root, NULL, &template->root);
    return c.failed ? NB_E_NOT_A_REPORT : NB_OK;
}

static int find_column(const nb_row_source *source, nb_string name)
{
    for (int i = 0; i < source->column_count; i++)
        if (nb_string_equal(source->columns[i], name))
            return i;
    return -1;
}

static void tell_missing(const nb_template *template, const nb_template_column *column,
                         const nb_row_source *source, nb_arena *arena, nb_findings *findings)
{
    const char **names = NB_NEW_ARRAY(arena, const char *, (size_t)source->column_count + 1);
    for (int i = 0; i < source->column_count; i++)
        names[i] = source->columns[i].data;
    const char *nearest = nb_nearest_name(column->name, names, (size_t)source->column_count);
    nb_finding *finding = nb_findings_add(
        findings, column->is_needed ? NB_ERROR : NB_WARNING, "T2",
        (nb_place){ .file = template->name, .line = column->line, .column = column->place },
        NB_SAY(findings, "%s 里没有“%.*s”这一列", "%s has no column “%.*s”"), source->name,
        (int)column->name.length, column->name.data);
    if (nearest)
        nb_finding_hint(findings, finding, NB_SAY(findings, "是否要写“%s”？", "did you mean “%s”?"),
                        nearest);
}

static void tell_left_over(const nb_template *template, const nb_row_source *source,
                           nb_arena *arena, nb_findings *findings)
{
    bool *used = NB_NEW_ARRAY(arena, bool, (size_t)source->column_count + 1);
    const char *names = "";
    int count = 0;
    for (int i = 0; i < template->column_count; i++)
        if (template->columns[i].source >= 0)
            used[template->columns[i].source] = true;
    for (int i = 0; i < source->column_count; i++) {
        if (used[i])
            continue;
        if (count < MOST_NAMED)
            names =
                nb_arena_print(arena, "%s%s%s", names, count ? NB_SAY(findings, "、", ", ") : "",
                               source->columns[i].data);
        count++;
    }
    if (count)
        nb_findings_add(findings, NB_INFO, "T3", (nb_place){ .file = source->name },
                        NB_SAY(findings, "有 %d 列模板没有用到：%s%s",
                               "the template does not use %d columns: %s%s"),
                        count, names, count > MOST_NAMED ? "…" : "");
}

nb_status nb_template_bind(nb_template *bound, const nb_row_source *source, nb_arena *arena,
                           nb_findings *findings)
{
    nb_status status = NB_OK;
    bound->source_count = source->column_count;
    if (!source->columns)
        return NB_OK;
    for (int i = 0; i < bound->column_count; i++) {
        nb_template_column *column = &bound->columns[i];
        column->source = find_column(source, column->name);
        if (column->source >= 0)
            continue;
        tell_missing(bound, column, source, arena, findings);
        if (column->is_needed)
            status = NB_E_NOT_A_REPORT;
    }
    tell_left_over(bound, source, arena, findings);
    return status;
}
