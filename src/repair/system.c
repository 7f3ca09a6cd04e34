#include "repair/system.h"

static bool is_in(const nb_equation *equation, const bool *slots)
{
    for (int i = 0; i < equation->part_count; i++)
        if (slots[equation->parts[i]])
            return true;
    for (int i = 0; i < equation->total_count; i++)
        if (slots[equation->totals[i]])
            return true;
    return false;
}

static void mark(const nb_equation *equation, bool *slots)
{
    for (int i = 0; i < equation->part_count; i++)
        slots[equation->parts[i]] = true;
    for (int i = 0; i < equation->total_count; i++)
        slots[equation->totals[i]] = true;
}

static void take_equation(nb_system *system, const nb_form *form, int index, bool *taken,
                          bool *slots)
{
    taken[index] = true;
    system->equations[system->row_count++] = index;
    mark(&form->equations[index], slots);
}

const nb_system *nb_system_next(const nb_report *report, bool *taken, nb_arena *arena)
{
    const nb_form *form = report->form;
    nb_system *system = NB_NEW(arena, nb_system);
    bool *slots = NB_NEW_ARRAY(arena, bool, (size_t)form->slot_count), grows = true;
    system->equations = NB_NEW_ARRAY(arena, int, (size_t)form->equation_count + 1);
    for (int i = 0; i < form->equation_count && !system->row_count; i++)
        if (!taken[i])
            take_equation(system, form, i, taken, slots);
    while (grows) {
        grows = false;
        for (int i = 0; i < form->equation_count; i++)
            if (!taken[i] && is_in(&form->equations[i], slots)) {
                take_equation(system, form, i, taken, slots);
                grows = true;
            }
    }
    if (!system->row_count)
        return NULL;
    system->slots = NB_NEW_ARRAY(arena, int, (size_t)form->slot_count);
    system->values = NB_NEW_ARRAY(arena, int64_t, (size_t)form->slot_count);
    system->is_stated = NB_NEW_ARRAY(arena, bool, (size_t)form->slot_count);
    for (int slot = 0; slot < form->slot_count; slot++) {
        if (!slots[slot])
            continue;
        int column = system->column_count++;
        system->slots[column] = slot;
        system->is_stated[column] = report->values[slot].state == NB_VALUE_STATED;
        system->values[column] = system->is_stated[column] ? report->values[slot].number : 0;
    }
    return system;
}

static size_t cells_of(const nb_system *system)
{
    return (size_t)system->row_count * (size_t)system->column_count;
}

nb_elimination nb_elimination_new(const nb_system *system, nb_arena *arena)
{
    return (nb_elimination){ NB_NEW_ARRAY(arena, int16_t, cells_of(system)),
                             NB_NEW_ARRAY(arena, int64_t, (size_t)system->row_count),
                             NB_NEW_ARRAY(arena, int, (size_t)system->row_count) };
}

void nb_elimination_copy(const nb_system *system, const nb_elimination *from, nb_elimination *to)
{
    size_t rows = (size_t)system->row_count;
    memcpy(to->coefficients, from->coefficients, cells_of(system) * sizeof *to->coefficients);
    memcpy(to->residuals, from->residuals, rows * sizeof *to->residuals);
    memcpy(to->freed, from->freed, rows * sizeof *to->freed);
}

static int column_of(const nb_system *system, int slot)
{
    int low = 0, high = system->column_count - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (system->slots[middle] < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool add_terms(const nb_system *system, nb_elimination *out, int row, const int *slots,
                      int count, int sign)
{
    for (int i = 0; i < count; i++) {
        int column = column_of(system, slots[i]);
        int16_t *coefficient = &out->coefficients[row * system->column_count + column];
        if (*coefficient >= 1000 || *coefficient <= -1000)
            return false;
        *coefficient = (int16_t)(*coefficient + sign);
        if (__builtin_sub_overflow(out->residuals[row], sign * system->values[column],
                                   &out->residuals[row]))
            return false;
    }
    return true;
}

bool nb_elimination_begin(const nb_system *system, const nb_form *form, nb_elimination *out)
{
    memset(out->coefficients, 0, cells_of(system) * sizeof *out->coefficients);
    for (int row = 0; row < system->row_count; row++) {
        const nb_equation *equation = &form->equations[system->equations[row]];
        out->residuals[row] = 0;
        out->freed[row] = -1;
        if (!add_terms(system, out, row, equation->parts, equation->part_count, 1) ||
            !add_terms(system, out, row, equation->totals, equation->total_count, -1))
            return false;
    }
    return true;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* row := pivot × row − factor × other, without common divisors. */
static bool subtract(const nb_system *system, nb_elimination *e, int row, int other, int pivot,
                     int factor)
{
    enum { LARGEST = 1000 };
    int16_t *to = &e->coefficients[(ptrdiff_t)row * system->column_count];
    const int16_t *from = &e->coefficients[(ptrdiff_t)other * system->column_count];
    int64_t kept, taken, divisor = 0;
    if (pivot == 1 || pivot == -1) { /* by far the most: nothing need be divided */
        factor *= pivot;
        pivot = 1;
        divisor = 1;
    }
    for (int i = 0; i < system->column_count; i++) {
        int value = pivot * to[i] - factor * from[i];
        if (value > LARGEST || value < -LARGEST)
            return false;
        to[i] = (int16_t)value;
        if (divisor != 1)
            divisor = common_divisor(divisor, value);
    }
    if (__builtin_mul_overflow(e->residuals[row], (int64_t)pivot, &kept) ||
        __builtin_mul_overflow(e->residuals[other], (int64_t)factor, &taken) ||
        __builtin_sub_overflow(kept, taken, &e->residuals[row]))
        return false;
    if (divisor > 1 && e->residuals[row] % divisor == 0) {
        for (int i = 0; i < system->column_count; i++)
            to[i] = (int16_t)(to[i] / divisor);
        e->residuals[row] /= divisor;
    }
    return true;
}

bool nb_elimination_free(const nb_system *system, nb_elimination *e, int row, int column)
{
    int pivot = nb_coefficient(system, e, row, column);
    for (int i = 0; i < system->row_count; i++) {
        int factor = nb_coefficient(system, e, i, column);
        if (i != row && factor && !subtract(system, e, i, row, pivot, factor))
            return false;
    }
    e->freed[row] = column;
    return true;
}
