/*
 * Tables with rules. Rules that touch belong to one table. Their places make a grid; fields of it
 * with no rule between them are one cell, whatever it spans, and a character belongs to the cell
 * that its middle is in.
 */
#include "import/placed.h"

#include <stdlib.h>

enum {
    NEAR = 150,     /* rules less apart are in line */
    TOUCH = 250,    /* rules less apart touch */
    SHORTEST = 300, /* rule */
    SMALLEST = 300, /* side of a cell */
    MOST_EDGES = 400,
    MOST_RULES = 8000, /* on a page */
    MOST_TABLES = 100
};

typedef struct line_list {
    int *list;
    int count;
} line_list;

typedef struct grid {
    line_list x, y;
    int *cells; /* per field, by row: a field of the same cell with a lower number, or itself */
} grid;

typedef struct ruling {
    nb_arena *arena;
    nb_placed_page *page;
    int *component; /* per rule: another of its component with a lower number, or itself */
} ruling;

static int root_of(int *parents, int i)
{
    while (parents[i] != i) {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    return i;
}

static void join(int *parents, int a, int b)
{
    a = root_of(parents, a);
    b = root_of(parents, b);
    parents[a > b ? a : b] = a > b ? b : a;
}

static bool is_level(const nb_box *rule)
{
    return rule->right - rule->left > rule->bottom - rule->top;
}

static int length_of(const nb_box *rule)
{
    return is_level(rule) ? rule->right - rule->left : rule->bottom - rule->top;
}

static bool touch(const nb_box *a, const nb_box *b)
{
    return a->left <= b->right + TOUCH && b->left <= a->right + TOUCH &&
           a->top <= b->bottom + TOUCH && b->top <= a->bottom + TOUCH;
}

static int by_number(const void *a, const void *b)
{
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

/* Sort the places, and make those that are near each other one. */
static void merge_near(line_list *places)
{
    int kept = 0;
    if (places->count)
        qsort(places->list, (size_t)places->count, sizeof *places->list, by_number);
    for (int i = 0; i < places->count; i++)
        if (!kept || places->list[i] - places->list[kept - 1] > NEAR)
            places->list[kept++] = places->list[i];
    places->count = kept;
}

/* The place nearest to where a rule is. */
static int nearest(const line_list *places, int at)
{
    int best = 0;
    for (int i = 1; i < places->count; i++)
        if (abs(places->list[i] - at) < abs(places->list[best] - at))
            best = i;
    return best;
}

/* The interval of the places that a length is in, or -1. */
static int interval_of(const line_list *places, int at)
{
    int low = 0, high = places->count - 1;
    if (at < places->list[low] || at >= places->list[high])
        return -1;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        *(at < places->list[middle] ? &high : &low) = middle;
    }
    return low;
}

static int overlap(int a_from, int a_to, int b_from, int b_to)
{
    int from = a_from > b_from ? a_from : b_from, to = a_to < b_to ? a_to : b_to;
    return to > from ? to - from : 0;
}

/* Mark for each field on whose left, or top, a rule of the component stands along most of it. */
static void mark_walls(const ruling *r, int component, const grid *g, int *on_left, int *on_top)
{
    int columns = g->x.count - 1, rows = g->y.count - 1;
    for (int i = 0; i < r->page->rule_count; i++) {
        const nb_box *rule = &r->page->rules[i];
        if (length_of(rule) < SHORTEST || root_of(r->component, i) != component)
            continue;
        if (is_level(rule)) {
            int y = nearest(&g->y, nb_box_middle(*rule));
            for (int x = 0; x < columns && y < rows; x++)
                on_top[y * columns + x] +=
                    overlap(rule->left, rule->right, g->x.list[x], g->x.list[x + 1]);
        } else {
            int x = nearest(&g->x, rule->left + (rule->right - rule->left) / 2);
            for (int y = 0; y < rows && x < columns; y++)
                on_left[y * columns + x] +=
                    overlap(rule->top, rule->bottom, g->y.list[y], g->y.list[y + 1]);
        }
    }
}

static void join_fields(const ruling *r, int component, grid *g)
{
    int columns = g->x.count - 1, rows = g->y.count - 1;
    size_t fields = (size_t)columns * (size_t)rows;
    int *on_left = NB_NEW_ARRAY(r->arena, int, fields);
    int *on_top = NB_NEW_ARRAY(r->arena, int, fields);
    g->cells = NB_NEW_ARRAY(r->arena, int, fields);
    mark_walls(r, component, g, on_left, on_top);
    for (int i = 0; i < (int)fields; i++)
        g->cells[i] = i;
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++) {
            int field = y * columns + x;
            if (x && 2 * on_left[field] < g->y.list[y + 1] - g->y.list[y])
                join(g->cells, field, field - 1);
            if (y && 2 * on_top[field] < g->x.list[x + 1] - g->x.list[x])
                join(g->cells, field, field - columns);
        }
}

/* The grid of a component's rules, and its bounds; false when they make no table. */
static bool find_grid(const ruling *r, int component, grid *g, nb_box *bounds)
{
    int capacity_x = 0, capacity_y = 0, level = 0, upright = 0;
    *g = (grid){ .cells = NULL };
    for (int i = 0; i < r->page->rule_count; i++) {
        const nb_box *rule = &r->page->rules[i];
        if (length_of(rule) < SHORTEST || root_of(r->component, i) != component)
            continue;
        bool is_first = level + upright == 0;
        bounds->left = is_first || rule->left < bounds->left ? rule->left : bounds->left;
        bounds->right = is_first || rule->right > bounds->right ? rule->right : bounds->right;
        bounds->top = is_first || rule->top < bounds->top ? rule->top : bounds->top;
        bounds->bottom = is_first || rule->bottom > bounds->bottom ? rule->bottom : bounds->bottom;
        if (is_level(rule)) {
            NB_GROW(r->arena, g->y.list, g->y.count, &capacity_y);
            g->y.list[g->y.count++] = nb_box_middle(*rule);
            level++;
        } else {
            NB_GROW(r->arena, g->x.list, g->x.count, &capacity_x);
            g->x.list[g->x.count++] = rule->left + (rule->right - rule->left) / 2;
            upright++;
        }
    }
    if (level < 2 || !upright)
        return false;
    /* A table may be open at its sides, or where the page ends. */
    const int ends[2][2] = { { bounds->left, bounds->right }, { bounds->top, bounds->bottom } };
    for (int i = 0; i < 2; i++) {
        NB_GROW(r->arena, g->x.list, g->x.count, &capacity_x);
        g->x.list[g->x.count++] = ends[0][i];
        NB_GROW(r->arena, g->y.list, g->y.count, &capacity_y);
        g->y.list[g->y.count++] = ends[1][i];
    }
    merge_near(&g->x);
    merge_near(&g->y);
    return g->x.count > 1 && g->y.count > 1 && g->x.count <= MOST_EDGES && g->y.count <= MOST_EDGES;
}

typedef struct cell_text {
    nb_placed_character **characters;
    int count;
    int capacity;
} cell_text;

static void take_characters(const ruling *r, const grid *g, cell_text *texts)
{
    nb_placed_page *page = r->page;
    int columns = g->x.count - 1;
    for (int i = 0; i < page->count; i++) {
        nb_placed_character *character = &page->characters[i];
        const nb_box *box = &character->box;
        int x = interval_of(&g->x, box->left + (box->right - box->left) / 2);
        int y = interval_of(&g->y, nb_box_middle(*box));
        if (character->is_taken || x < 0 || y < 0)
            continue;
        cell_text *text = &texts[root_of(g->cells, y * columns + x)];
        NB_GROW(r->arena, text->characters, text->count, &text->capacity);
        text->characters[text->count++] = character;
    }
}

/* How wide and high the cell is that a field is the first of. */
static bool is_large_enough(const grid *g, int field)
{
    int columns = g->x.count - 1, rows = g->y.count - 1;
    int right = field % columns, bottom = field / columns;
    for (int x = right; x < columns && root_of(g->cells, bottom * columns + x) == field; x++)
        right = x;
    for (int y = bottom; y < rows && root_of(g->cells, y * columns + field % columns) == field; y++)
        bottom = y;
    return g->x.list[right + 1] - g->x.list[field % columns] >= SMALLEST &&
           g->y.list[bottom + 1] - g->y.list[field / columns] >= SMALLEST;
}

static void add_table(const ruling *r, const grid *g, nb_box bounds, nb_placed_tables *tables)
{
    int columns = g->x.count - 1, fields = columns * (g->y.count - 1), capacity = 0,
        column_before = -1;
    bool has_columns = false;
    nb_placed_table table = { .box = bounds };
    cell_text *texts = NB_NEW_ARRAY(r->arena, cell_text, (size_t)fields);
    take_characters(r, g, texts);
    for (int i = 0; i < fields; i++) {
        if (g->cells[i] != i || !is_large_enough(g, i))
            continue;
        NB_GROW(r->arena, table.cells, table.cell_count, &capacity);
        nb_placed_cell *cell = &table.cells[table.cell_count++];
        cell->row = i / columns;
        cell->column = i % columns;
        has_columns = has_columns || (column_before >= 0 && cell->column != column_before);
        column_before = cell->column;
    }
    /* A frame, or boxes below each other, hold paragraphs. */
    if (!has_columns)
        return;
    for (int c = 0; c < table.cell_count; c++) {
        const cell_text *text = &texts[table.cells[c].row * columns + table.cells[c].column];
        table.cells[c].lines = nb_placed_lines_of(text->characters, text->count, r->arena);
        for (int i = 0; i < text->count; i++)
            text->characters[i]->is_taken = true;
    }
    table.edges = g->x.list;
    table.edge_count = g->x.count;
    NB_GROW(r->arena, tables->list, tables->count, &tables->capacity);
    tables->list[tables->count++] = table;
}

typedef struct component {
    int root;
    int64_t area;
    nb_box bounds;
    grid grid;
} component;

/* The smallest first, so that a frame around a table takes none of its text. */
static int by_area(const void *a, const void *b)
{
    const component *left = a, *right = b;
    if (left->area != right->area)
        return left->area < right->area ? -1 : 1;
    return left->root - right->root;
}

static int by_top(const void *a, const void *b)
{
    const nb_placed_table *left = a, *right = b;
    int order = left->box.top - right->box.top;
    return order ? order : left->box.left - right->box.left;
}

nb_placed_tables nb_placed_cells_find(nb_placed_page *page, nb_arena *arena)
{
    ruling r = { arena, page, NB_NEW_ARRAY(arena, int, (size_t)page->rule_count) };
    nb_placed_tables tables = { NULL, 0, 0 };
    component *found = NULL;
    int count = 0, capacity = 0;
    if (page->rule_count > MOST_RULES)
        return tables;
    for (int i = 0; i < page->rule_count; i++) {
        r.component[i] = i;
        for (int k = 0; k < i; k++)
            if (touch(&page->rules[i], &page->rules[k]))
                join(r.component, i, k);
    }
    for (int i = 0; i < page->rule_count; i++) {
        component next = { .root = i };
        if (r.component[i] != i || !find_grid(&r, i, &next.grid, &next.bounds))
            continue;
        next.area = (int64_t)(next.bounds.right - next.bounds.left) *
                    (next.bounds.bottom - next.bounds.top);
        NB_GROW(arena, found, count, &capacity);
        found[count++] = next;
    }
    if (count)
        qsort(found, (size_t)count, sizeof *found, by_area);
    for (int i = 0; i < count && i < MOST_TABLES; i++) {
        join_fields(&r, found[i].root, &found[i].grid);
        add_table(&r, &found[i].grid, found[i].bounds, &tables);
    }
    if (tables.count)
        qsort(tables.list, (size_t)tables.count, sizeof *tables.list, by_top);
    return tables;
}
