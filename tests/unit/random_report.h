/* Random reports of a form as JSON text, from a seed: the same seed gives the same report. */
#ifndef RANDOM_REPORT_H
#define RANDOM_REPORT_H

#include "report_fixture.h"

typedef struct random_source {
    uint64_t state;
} random_source;

/* xorshift64* (Vigna 2016). */
static inline uint64_t random_next(random_source *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(2685821657736338717);
}

static inline int random_below(random_source *random, int count)
{
    return (int)(random_next(random) % (uint64_t)count);
}

static inline const char *random_of(random_source *random, const char *const *words, int count)
{
    return words[random_below(random, count)];
}

#define RANDOM_OF(random, ...)                                                                     \
    random_of(random, (const char *const[]){ __VA_ARGS__ },                                        \
              (int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)))

static inline void random_sentences(random_source *random, nb_buffer *out)
{
    for (int i = random_below(random, 4); i >= 0; i--) {
        nb_buffer_text(out,
                       RANDOM_OF(random, "本年度收到申请", "共办结", "全年主动公开信息",
                                 "{requests.received.total:grouped}", "a/b~c {{附}} \\\"引\\\""));
        nb_buffer_integer(out, random_below(random, 30));
        nb_buffer_text(out, RANDOM_OF(random, "件。", "条；", "件，同比增长5.6%。", "𠮷！"));
    }
}

static inline void random_item(random_source *random, bool is_prose, nb_buffer *out)
{
    int kind = is_prose ? random_below(random, 10) : 9;
    if (kind == 0)
        nb_buffer_text(out,
                       RANDOM_OF(random, "{\"picture\": \"a.png\", \"alt\": \"图\"}",
                                 "{\"picture\": \"b.png\", \"alt\": \"图\", \"width\": \"80mm\"}"));
    else if (kind == 1)
        nb_buffer_text(out, RANDOM_OF(random, "{\"style\": \"body\", \"text\": \"正文。\"}",
                                      "{\"style\": \"heading1\", \"text\": \"一、标题\"}"));
    else {
        nb_buffer_byte(out, '"');
        random_sentences(random, out);
        nb_buffer_byte(out, '"');
    }
}

static inline void random_list(random_source *random, bool is_prose, nb_buffer *out)
{
    nb_buffer_byte(out, '[');
    for (int i = random_below(random, 5), first = i; i >= 0; i--) {
        if (i != first)
            nb_buffer_byte(out, ',');
        random_item(random, is_prose, out);
    }
    nb_buffer_byte(out, ']');
}

static inline void random_number(random_source *random, nb_buffer *out)
{
    int kind = random_below(random, 40);
    if (kind == 0)
        nb_buffer_text(out, RANDOM_OF(random, "null", "\"/\"", "\"12\"", "-1", "1e2"));
    else
        nb_buffer_integer(out, random_below(random, kind < 30 ? 3 : 3000));
}

static inline void random_leaf(random_source *random, const nb_field *field, nb_buffer *out)
{
    int count;
    switch (field->kind) {
    case NB_FIELD_TEXT:
        nb_buffer_text(out, RANDOM_OF(random, "\"甲县\"", "\"乙局\""));
        break;
    case NB_FIELD_YEAR:
        nb_buffer_integer(out, 2020 + random_below(random, 3));
        break;
    case NB_FIELD_DATE:
        nb_buffer_text(out, RANDOM_OF(random, "\"2024-01-20\"", "\"2025-01-08\""));
        break;
    case NB_FIELD_FLAG:
        nb_buffer_text(out, RANDOM_OF(random, "true", "false"));
        break;
    case NB_FIELD_LINES:
    case NB_FIELD_PROSE:
        random_list(random, field->kind == NB_FIELD_PROSE, out);
        break;
    case NB_FIELD_AMOUNT:
        nb_buffer_text(out, RANDOM_OF(random, "0", "1.5", "1.50", "1200"));
        break;
    case NB_FIELD_VECTOR:
        count = field->vector->count - random_below(random, 2);
        nb_buffer_byte(out, '[');
        for (int i = 0; i < count; i++) {
            if (i)
                nb_buffer_byte(out, ',');
            random_number(random, out);
        }
        nb_buffer_byte(out, ']');
        break;
    default:
        random_number(random, out);
    }
}

static inline void random_group(random_source *random, const nb_form *form, const nb_field *group,
                                nb_buffer *out)
{
    bool first = group->parent != NULL;
    nb_buffer_byte(out, '{');
    if (!group->parent) {
        nb_buffer_text(out, "\"form\":");
        nb_json_write_string(out, nb_string_of(form->id));
    }
    for (int i = 0; i < group->child_count; i++) {
        const nb_field *child = &group->children[i];
        if (!child->required && random_below(random, 2))
            continue;
        if (!first)
            nb_buffer_byte(out, ',');
        first = false;
        nb_json_write_string(out, child->key);
        nb_buffer_byte(out, ':');
        if (child->kind == NB_FIELD_GROUP)
            random_group(random, form, child, out);
        else
            random_leaf(random, child, out);
    }
    nb_buffer_byte(out, '}');
}

/* Values of every kind, right and wrong; what the form does not demand is there half the time. */
static inline const char *random_report(report_test *t, const nb_form *form, uint64_t seed)
{
    random_source random = { seed * UINT64_C(0x9E3779B97F4A7C15) + 1 };
    nb_buffer *out = nb_buffer_new(t->arena, 1 << 20);
    random_group(&random, form, form->root, out);
    return nb_arena_copy(t->arena, out->data, out->length);
}

#endif
