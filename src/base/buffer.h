/*
 * A growing run of bytes with a maximum. Past it nothing is added and overflowed stays set: writers
 * ask once, at the end.
 */
#ifndef NB_BASE_BUFFER_H
#define NB_BASE_BUFFER_H

#include "base/arena.h"
#include <string.h>

typedef struct nb_buffer {
    nb_arena *arena; /* where data is */
    unsigned char *data;
    size_t length;
    size_t capacity; /* at most the maximum, and no more than length once it overflowed */
    size_t maximum;
    bool overflowed;
} nb_buffer;

nb_buffer *nb_buffer_new(nb_arena *arena, size_t maximum);
/* Room for so many bytes more: adding them asks for no memory. False when there cannot be. */
bool nb_buffer_reserve(nb_buffer *buffer, size_t length);
static inline void nb_buffer_add(nb_buffer *buffer, const void *bytes, size_t length)
{
    if (length == 0 ||
        (buffer->capacity - buffer->length < length && !nb_buffer_reserve(buffer, length)))
        return;
    memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
}
static inline void nb_buffer_text(nb_buffer *buffer, const char *text)
{
    nb_buffer_add(buffer, text, strlen(text));
}
static inline void nb_buffer_byte(nb_buffer *buffer, unsigned char byte)
{
    if (buffer->capacity > buffer->length || nb_buffer_reserve(buffer, 1))
        buffer->data[buffer->length++] = byte;
}
void nb_buffer_integer(nb_buffer *buffer, int64_t value);
/*
 * value / 10^decimals in fixed point without trailing zeros; never an exponent, never a locale's
 * comma.
 */
void nb_buffer_decimal(nb_buffer *buffer, int64_t value, int decimals);
void nb_buffer_hex(nb_buffer *buffer, uint32_t value, int digits); /* upper case */

#endif
