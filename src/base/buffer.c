#include "base/buffer.h"

#include <assert.h>
#include <string.h>

nb_buffer *nb_buffer_new(nb_arena *arena, size_t maximum)
{
    nb_buffer *buffer = NB_NEW(arena, nb_buffer);
    buffer->arena = arena;
    buffer->maximum = maximum;
    return buffer;
}

bool nb_buffer_reserve(nb_buffer *buffer, size_t length)
{
    if (buffer->overflowed || length > buffer->maximum - buffer->length) {
        buffer->overflowed = true;
        buffer->capacity = buffer->length;
        return false;
    }
    if (buffer->capacity - buffer->length >= length)
        return true;
    enum { SMALLEST = 256 };
    size_t capacity = buffer->capacity ? 2 * buffer->capacity : SMALLEST;
    if (capacity < buffer->length + length)
        capacity = buffer->length + length;
    if (capacity > buffer->maximum)
        capacity = buffer->maximum;
    buffer->data = nb_arena_regrow(buffer->arena, buffer->data, buffer->capacity, capacity);
    buffer->capacity = capacity;
    return true;
}

/* How many digits a number has; most have few. */
static int count_digits(uint64_t value)
{
    int count = 1;
    for (; value >= 10000; value /= 10000)
        count += 4;
    return count + (value >= 10) + (value >= 100) + (value >= 1000);
}

static char *write_digits(char *at, uint64_t value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + count;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

/* A sign, 20 digits, a point and a zero before it. */
enum { LONGEST_NUMBER = 23 };

/* Where a number may be written: into the buffer itself, unless that is nearly full. */
static char *number_room(const nb_buffer *buffer, char field[LONGEST_NUMBER])
{
    bool fits = buffer->capacity - buffer->length >= LONGEST_NUMBER;
    return fits ? (char *)buffer->data + buffer->length : field;
}

static void add_number(nb_buffer *buffer, const char *room, const char *end, const char *field)
{
    if (room == field)
        nb_buffer_add(buffer, field, (size_t)(end - room));
    else
        buffer->length += (size_t)(end - room);
}

void nb_buffer_integer(nb_buffer *buffer, int64_t value)
{
    char field[LONGEST_NUMBER], *room = number_room(buffer, field), *at = room;
    uint64_t digits = magnitude(value);
    if (value < 0)
        *at++ = '-';
    at = write_digits(at, digits, count_digits(digits));
    add_number(buffer, room, at, field);
}

void nb_buffer_decimal(nb_buffer *buffer, int64_t value, int decimals)
{
    static const uint32_t powers[] = { 1,      10,      100,      1000,      10000,
                                       100000, 1000000, 10000000, 100000000, 1000000000 };
    char field[LONGEST_NUMBER], *room = number_room(buffer, field), *at = room;
    assert(decimals < (int)(sizeof powers / sizeof *powers));
    uint64_t digits = magnitude(value);
    uint64_t whole =
        digits <= UINT32_MAX ? (uint32_t)digits / powers[decimals] : digits / powers[decimals];
    uint32_t part = (uint32_t)(digits - whole * powers[decimals]);
    if (value < 0)
        *at++ = '-';
    at = write_digits(at, whole, count_digits(whole));
    if (part) {
        for (; part % 10 == 0; part /= 10)
            decimals--;
        *at++ = '.';
        at = write_digits(at, part, decimals);
    }
    add_number(buffer, room, at, field);
}

void nb_buffer_hex(nb_buffer *buffer, uint32_t value, int digits)
{
    char field[8];
    assert(digits <= 8);
    for (int i = digits - 1; i >= 0; i--, value >>= 4)
        field[i] = "0123456789ABCDEF"[value & 15];
    nb_buffer_add(buffer, field, (size_t)digits);
}
