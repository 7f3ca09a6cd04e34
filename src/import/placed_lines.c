/* Characters into lines, and the words that a line says. */
#include "import/placed.h"

#include <stdlib.h>

static int by_middle(const void *a, const void *b)
{
    const nb_placed_character *left = *(nb_placed_character *const *)a;
    const nb_placed_character *right = *(nb_placed_character *const *)b;
    int order = nb_box_middle(left->box) - nb_box_middle(right->box);
    return order ? order : left < right ? -1 : left > right;
}

static int by_left(const void *a, const void *b)
{
    const nb_placed_character *left = *(nb_placed_character *const *)a;
    const nb_placed_character *right = *(nb_placed_character *const *)b;
    int order = left->box.left - right->box.left;
    return order ? order : left < right ? -1 : left > right;
}

static int by_number(const void *a, const void *b)
{
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

static uint32_t code_of(const nb_placed_character *character)
{
    const char *at = character->text.data;
    return nb_utf8_next(&at, at + character->text.length);
}

/* What most of its ideographs measure; other letters when it has none. */
static void measure(nb_placed_line *line, nb_arena *arena)
{
    int *widths = NB_NEW_ARRAY(arena, int, (size_t)line->count), wide = 0;
    int *heights = NB_NEW_ARRAY(arena, int, (size_t)line->count);
    for (int i = 0; i < line->count; i++) {
        const nb_box *box = &line->characters[i]->box;
        if (code_of(line->characters[i]) < 0x2E80)
            continue;
        heights[wide] = box->bottom - box->top;
        widths[wide++] = box->right - box->left;
    }
    const nb_box *first = &line->characters[0]->box;
    line->size = first->bottom - first->top;
    line->em = line->size * 4 / 5;
    if (wide) {
        qsort(widths, (size_t)wide, sizeof *widths, by_number);
        qsort(heights, (size_t)wide, sizeof *heights, by_number);
        line->em = widths[wide / 2];
        line->size = heights[wide / 2];
    }
}

static bool is_letter(uint32_t c)
{
    return c > ' ' && c < 0x2E80;
}

/* A blank stands where letters do, or where more than a character would have room. */
static bool has_blank(const nb_placed_line *line, int i)
{
    const nb_placed_character *before = line->characters[i - 1], *after = line->characters[i];
    int gap = after->box.left - before->box.right;
    return gap > line->em || (gap > line->em / 6 && is_letter(code_of(before)) &&
                              is_letter(code_of(after)) && code_of(before) < 0x80);
}

static void finish_line(nb_placed_line *line, nb_arena *arena)
{
    size_t length = 0;
    qsort(line->characters, (size_t)line->count, sizeof *line->characters, by_left);
    line->box = line->characters[0]->box;
    for (int i = 0; i < line->count; i++) {
        const nb_box *box = &line->characters[i]->box;
        line->box.top = box->top < line->box.top ? box->top : line->box.top;
        line->box.bottom = box->bottom > line->box.bottom ? box->bottom : line->box.bottom;
        line->box.right = box->right > line->box.right ? box->right : line->box.right;
        length += line->characters[i]->text.length + 1;
    }
    measure(line, arena);
    char *text = nb_arena_alloc(arena, length + 1), *to = text;
    for (int i = 0; i < line->count; i++) {
        if (i && has_blank(line, i))
            *to++ = ' ';
        memcpy(to, line->characters[i]->text.data, line->characters[i]->text.length);
        to += line->characters[i]->text.length;
    }
    line->text = (nb_string){ text, (size_t)(to - text) };
}

nb_placed_lines nb_placed_lines_of(nb_placed_character **characters, int count, nb_arena *arena)
{
    nb_placed_lines lines = { NULL, 0 };
    nb_placed_character **sorted = NB_NEW_ARRAY(arena, nb_placed_character *, (size_t)count);
    int capacity = 0, left = 0;
    for (int i = 0; i < count; i++)
        if (!characters[i]->is_taken)
            sorted[left++] = characters[i];
    if (left)
        qsort(sorted, (size_t)left, sizeof *sorted, by_middle);
    for (int i = 0; i < left;) {
        int first = i, middle = nb_box_middle(sorted[i]->box);
        for (; i < left; i++) {
            const nb_box *box = &sorted[i]->box;
            if (nb_box_middle(*box) - middle > (box->bottom - box->top) * 2 / 5)
                break;
        }
        NB_GROW(arena, lines.list, lines.count, &capacity);
        nb_placed_line *line = &lines.list[lines.count++];
        line->characters = sorted + first;
        line->count = i - first;
        finish_line(line, arena);
    }
    return lines;
}
