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

/* The digits of value at the end of a field of 20, at least `least` of them; returns the first. */
static char *write_digits(uint64_t value, int least, char field[20])
{
    char *at = field + 20;
    do {
        *--at = (char)('0' + value % 10);
        value /= 10;
        least--;
    } while (value || least > 0);
    return at;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

void nb_buffer_integer(nb_buffer *buffer, int64_t value)
{
    char field[20];
    char *digits = write_digits(magnitude(value), 1, field);
    if (value < 0)
        nb_buffer_byte(buffer, '-');
    nb_buffer_add(buffer, digits, (size_t)(field + 20 - digits));
}

void nb_buffer_decimal(nb_buffer *buffer, int64_t value, int decimals)
{
    char field[20];
    char *digits = write_digits(magnitude(value), decimals + 1, field);
    char *point = field + 20 - decimals;
    char *end = field + 20;
    while (end > point && end[-1] == '0')
        end--;
    if (value < 0)
        nb_buffer_byte(buffer, '-');
    nb_buffer_add(buffer, digits, (size_t)(point - digits));
    if (end > point) {
        nb_buffer_byte(buffer, '.');
        nb_buffer_add(buffer, point, (size_t)(end - point));
    }
}

void nb_buffer_hex(nb_buffer *buffer, uint32_t value, int digits)
{
    char field[8];
    assert(digits <= 8);
    for (int i = digits - 1; i >= 0; i--, value >>= 4)
        field[i] = "0123456789ABCDEF"[value & 15];
    nb_buffer_add(buffer, field, (size_t)digits);
}
