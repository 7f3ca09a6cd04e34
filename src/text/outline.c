#include "text/outline.h"

#include "text/face.h"
#include <stdlib.h>

/*
 * HarfBuzz calls back from its own frames, which an allocation that fails must not jump over: the
 * segments are collected in memory of the C library, which the arena frees.
 */
typedef struct collector {
    nb_segment *segments;
    int count, capacity;
    bool failed;
    nb_segment thrown_away; /* what there was no memory for */
} collector;

static int fixed(float units)
{
    double scaled = units * (double)NB_OUTLINE_UNIT;
    return (int)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

static nb_segment *add(collector *to, nb_segment_kind kind)
{
    if (to->count == to->capacity) {
        int capacity = to->capacity ? to->capacity * 2 : 64;
        nb_segment *larger = realloc(to->segments, (size_t)capacity * sizeof *larger);
        if (!larger) {
            to->failed = true;
            return &to->thrown_away;
        }
        to->segments = larger;
        to->capacity = capacity;
    }
    nb_segment *segment = &to->segments[to->count++];
    *segment = (nb_segment){ .kind = kind };
    return segment;
}

static void set_point(nb_segment *segment, int index, float x, float y)
{
    segment->x[index] = fixed(x);
    segment->y[index] = fixed(y);
}

static void move_to(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x,
                    float y, void *user)
{
    (void)functions, (void)state, (void)user;
    set_point(add(data, NB_SEGMENT_MOVE), 0, x, y);
}

static void line_to(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float x,
                    float y, void *user)
{
    (void)functions, (void)state, (void)user;
    set_point(add(data, NB_SEGMENT_LINE), 0, x, y);
}

static void quadratic_to(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state,
                         float control_x, float control_y, float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    nb_segment *segment = add(data, NB_SEGMENT_QUAD);
    set_point(segment, 0, control_x, control_y);
    set_point(segment, 1, x, y);
}

static void cubic_to(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, float first_x,
                     float first_y, float second_x, float second_y, float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    nb_segment *segment = add(data, NB_SEGMENT_CUBIC);
    set_point(segment, 0, first_x, first_y);
    set_point(segment, 1, second_x, second_y);
    set_point(segment, 2, x, y);
}

static void close_path(hb_draw_funcs_t *functions, void *data, hb_draw_state_t *state, void *user)
{
    (void)functions, (void)state, (void)user;
    add(data, NB_SEGMENT_CLOSE);
}

static void drop_collected(void *object)
{
    collector *collected = object;
    free(collected->segments);
}

nb_outline nb_glyph_outline(const nb_face *face, uint32_t glyph, nb_arena *arena)
{
    hb_font_t *font = nb_face_font(face);
    collector *collected = NB_NEW(arena, collector);
    nb_arena_defer(arena, drop_collected, collected);
    hb_draw_funcs_t *functions = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(functions, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(functions, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(functions, quadratic_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(functions, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(functions, close_path, NULL, NULL);
    if (font)
        hb_font_get_glyph_shape(font, glyph, functions, collected);
    hb_draw_funcs_destroy(functions);
    if (collected->failed)
        nb_arena_fail(arena);
    return (nb_outline){ collected->segments, collected->count };
}
